import { z } from 'zod'
import { Instant, WorkflowName } from '../model/ids.ts'
import { IntegrityCheck } from '../model/integrity.ts'
import { Metrics, Present } from '../model/metrics.ts'
import { procedure } from './procedure.ts'

const tags = ['metrics']

/** What a chart of at most 120 buckets can still show, with some room for a range of whole days. */
const longest = 31 * 86_400_000

/** Left out, `to` is now and `from` an hour before it. */
const Range = z.strictObject({ from: Instant.optional(), to: Instant.optional(), workflow: WorkflowName.optional() })

const MetricsNow = z.object({
  at: Instant,
  ...Present.shape,
  /** Null until a host has looked at the store for the first time. */
  integrity: IntegrityCheck.nullable(),
})
export type MetricsNow = z.infer<typeof MetricsNow>

export const metrics = {
  get: procedure
    .route({ method: 'GET', path: '/metrics', tags, summary: 'Runs, attempts, errors and commits over time' })
    .input(
      Range.refine(({ from = 0, to }) => to === undefined || from < to, {
        path: ['to'],
        error: 'to is the end of the range: it comes after from',
      }).refine(({ from, to }) => from === undefined || to === undefined || to - from <= longest, {
        path: ['from'],
        error: 'a range is 31 days at most: move from closer to to',
      }),
    )
    .output(Metrics),

  now: procedure
    .route({ method: 'GET', path: '/metrics/now', tags, summary: 'How many runs stand where, and whether the store is whole' })
    .output(MetricsNow),
}
