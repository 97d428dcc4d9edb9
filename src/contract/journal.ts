import { z } from 'zod'
import { JournalEntry, Position } from '../model/entry.ts'
import { procedure, stream } from './procedure.ts'
import { after, JournalStreamItem, limit } from './streams.ts'

const tags = ['journal']

export const journal = {
  list: procedure
    .route({ method: 'GET', path: '/journal', tags, summary: 'Everything that happened, oldest first' })
    .input(z.strictObject({ after: Position.default(0), limit }))
    .output(z.object({ entries: z.array(JournalEntry) })),

  watch: procedure
    .route({ method: 'GET', path: '/journal/watch', tags, summary: 'Everything that happens, as it comes' })
    .input(z.strictObject({ after }))
    .output(stream(JournalStreamItem)),
}
