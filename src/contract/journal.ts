import { z } from 'zod'
import { JournalEntry } from '../model/entry.ts'
import { hasOneEnd, journalPage, twoEnds } from './journal-page.ts'
import { procedure, stream } from './procedure.ts'
import { after, JournalStreamItem } from './streams.ts'

const tags = ['journal']

export const journal = {
  list: procedure
    .route({ method: 'GET', path: '/journal', tags, summary: 'A page of everything that happened, oldest first' })
    .input(z.strictObject(journalPage).refine(hasOneEnd, twoEnds))
    .output(z.object({ entries: z.array(JournalEntry) })),

  watch: procedure
    .route({ method: 'GET', path: '/journal/watch', tags, summary: 'Everything that happens, as it comes' })
    .input(z.strictObject({ after }))
    .output(stream(JournalStreamItem)),
}
