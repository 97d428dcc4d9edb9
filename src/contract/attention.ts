import { z } from 'zod'
import { AttentionItem } from '../model/attention.ts'
import { Instant } from '../model/ids.ts'
import { procedure } from './procedure.ts'

const tags = ['attention']

export const attention = {
  list: procedure
    .route({ method: 'GET', path: '/attention', tags, summary: 'What needs a person, most urgent first' })
    .input(
      z.strictObject({
        /** Runs that failed before this are left out; the last 24 hours where nothing is said. */
        since: Instant.optional(),
      }),
    )
    .output(
      z.object({
        items: z.array(AttentionItem),
        /** Pending decisions beyond those that are listed: those of damaged runs are among them. */
        moreDecisions: z.int().nonnegative(),
      }),
    ),
}
