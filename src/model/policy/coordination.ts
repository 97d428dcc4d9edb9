/** How runs share what there is only so much of: said for all alone, for workflows, and for steps. */
import { z } from 'zod'
import { GivenPriority } from '../priority.ts'
import { Capacity, ResourceName } from '../resource.ts'
import { duration } from './spelled.ts'

const bound = z.int().min(1).max(1_000_000)

export const Resources = z
  .record(ResourceName, Capacity)
  .default({})
  .describe('How much there is of what steps use with `uses`, by its name. Of a name that does not stand here there is one. With none of it, nothing that uses it starts.')
export type Resources = z.infer<typeof Resources>

export const Limits = z
  .object({
    runs: bound.default(10_000).describe('How many runs go on at once. Further ones are queued.'),
    attempts: bound.nullable().default(null).describe('How many attempts of steps are under way at once, over all runs.'),
    queued: z.int().min(0).max(1_000_000).default(10_000).describe('How many runs may be queued. A run that is started beyond that is refused, with when to come back.'),
    ageing: duration({ least: '1ms', most: '1h', like: '1m' })
      .default(60_000)
      .describe('How much earlier each point of its priority makes a run count as having come: no run is overtaken by what comes later than that.'),
  })
  .describe('How much goes on at once, and how much waits for it.')
export type Limits = z.infer<typeof Limits>

export const Bulkhead = z
  .object({
    runs: bound.nullable().default(null).describe('How many runs of a workflow go on at once. Further ones are queued.'),
    attempts: bound.nullable().default(null).describe('How many attempts of the steps of a workflow are under way at once.'),
    share: z
      .number()
      .min(0.01)
      .max(1)
      .default(0.75)
      .describe('Which part of `limits.runs` and of `limits.attempts` one workflow may take at most, so that the others have the rest.'),
    priority: GivenPriority.default('normal').describe('What priority its runs have where they are started with none: high is 50, normal 0, low -50.'),
  })
  .describe('What one workflow may take of what all of them share.')
export type Bulkhead = z.infer<typeof Bulkhead>

export const Concurrency = z
  .object({
    attempts: bound.nullable().default(null).describe('How many attempts of a step are under way at once, over all runs of its workflow.'),
  })
  .describe('How much of the same goes on at once.')
export type Concurrency = z.infer<typeof Concurrency>
