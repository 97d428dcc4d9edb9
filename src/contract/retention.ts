import { z } from 'zod'
import { Retained, RetentionPlan, RetentionProgress } from '../model/retention.ts'
import { actor } from './act.ts'
import { procedure, stream } from './procedure.ts'

const tags = ['retention']

export const RetentionItem = z.discriminatedUnion('type', [
  RetentionProgress,
  /** Always the last item. A stream that ends without it was cut off: what was begun goes on all the same. */
  z.object({ type: z.literal('finished'), ...Retained.shape }),
])
export type RetentionItem = z.infer<typeof RetentionItem>

export const retention = {
  plan: procedure
    .route({ method: 'GET', path: '/retention', tags, summary: 'What the bounds of the settings would remove now; nothing is changed' })
    .output(RetentionPlan),

  apply: procedure
    .route({ method: 'POST', path: '/retention', tags, summary: 'Remove what is beyond the bounds of the settings' })
    .input(z.strictObject({ actor }))
    .output(stream(RetentionItem)),
}
