import { z } from 'zod'
import { Finding, IntegrityCheck, Verification, VerifyProgress } from '../model/integrity.ts'
import { procedure, stream } from './procedure.ts'

const tags = ['integrity']

const Standing = z.object({
  /** Null until a host has looked at the store for the first time. */
  check: IntegrityCheck.nullable(),
  /** What is damaged, as far as it was found and not found mended since. */
  findings: z.array(Finding),
})

const progress = z.object({ type: z.literal('progress'), ...VerifyProgress.shape })
const finished = z.object({ type: z.literal('finished'), ...Verification.shape })

export const VerifyItem = z.discriminatedUnion('type', [progress, finished])
export type VerifyItem = z.infer<typeof VerifyItem>

export const integrity = {
  get: procedure
    .route({ method: 'GET', path: '/integrity', tags, summary: 'Whether the store is whole, as far as it was looked at' })
    .output(Standing),

  /** One walk at a time: who asks while it is under way hears the rest of it. To stop listening does not stop it. */
  verify: procedure
    .route({ method: 'POST', path: '/integrity/verify', tags, summary: 'Walk through the whole store, with progress' })
    .output(stream(VerifyItem)),
}
