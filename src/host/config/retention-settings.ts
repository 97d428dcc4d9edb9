import { z } from 'zod'
import { duration, size } from '../../model/policy/spelled.ts'
import type { RetentionBounds, RetentionPolicy } from '../../model/retention.ts'

const count = z.int().nonnegative()

const bounds = {
  max_runs: count.nullable().default(null).describe('So many ended runs of each workflow stay, the newest.'),
  max_age: duration({ least: '1m', like: '90d' }).nullable().default(null).describe('A run stays so long after its end.'),
  max_size: size({ least: '1MB', like: '2GB' })
    .nullable()
    .default(null)
    .describe('The newest ended runs of each workflow stay, as many as take no more room than this.'),
  max_branches: count
    .nullable()
    .default(null)
    .describe('Of a run that stays, so many branches that it left stay, the newest, beside those that have a name.'),
  max_checkpoints: z.int().min(1).nullable().default(null).describe('Of a branch that stays, so many checkpoints stay, the newest.'),
}

const meaning = 'What of the past is kept: all of it, unless a bound is written here. `null` lifts a bound. What a run that has not ended, a decision or a replay may still go back to stays whatever they say, and so does a child run as long as its parent is there.'

export const WorkflowRetention = z.object(bounds).describe(meaning)

export const Retention = z
  .object({
    ...bounds,
    every: duration({ least: '1m', most: '30d', like: '1h' }).default(3_600_000).describe('From the end of one removal to the next.'),
  })
  .describe(`${meaning} Room goes back to the disk as it becomes free; where the first bound is set while a host runs, from its next start on.`)

export function retentionPolicy(
  usual: z.infer<typeof WorkflowRetention>,
  workflows: Readonly<Record<string, z.infer<typeof WorkflowRetention>>>,
): RetentionPolicy {
  return { usual: boundsOf(usual), workflows: Object.fromEntries(Object.entries(workflows).map(([name, own]) => [name, boundsOf(own)])) }
}

function boundsOf(written: z.infer<typeof WorkflowRetention>): RetentionBounds {
  const { max_runs: runs, max_age: age, max_size: bytes, max_branches: branches, max_checkpoints: checkpoints } = written
  return { runs, age, size: bytes, branches, checkpoints }
}
