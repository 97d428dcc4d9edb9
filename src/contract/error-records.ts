import { z } from 'zod'
import { ErrorGroup, ErrorRecord } from '../model/error-record.ts'
import { Instant, RunId } from '../model/ids.ts'
import { procedure } from './procedure.ts'

const tags = ['errors']

export const errorRecords = {
  groups: procedure
    .route({ method: 'GET', path: '/errors', tags, summary: 'What went wrong over all runs, the same thing once, and what became of it' })
    .input(
      z.strictObject({
        /** Errors that happened last before this are left out; the last 24 hours where nothing is said. */
        since: Instant.optional(),
      }),
    )
    .output(z.object({ groups: z.array(ErrorGroup) })),

  ofRun: procedure
    .route({ method: 'GET', path: '/runs/{run}/errors', tags, summary: 'What went wrong in a run, and what was done about it' })
    .input(z.strictObject({ run: RunId }))
    .output(
      z.object({
        errors: z.array(ErrorRecord),
        /** How often the run has recovered by itself since a person acted on it, and how often it may. */
        recoveries: z.object({ made: z.int().nonnegative(), limit: z.int().nonnegative() }),
      }),
    ),
}
