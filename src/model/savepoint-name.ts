import { z } from 'zod'

/** What an author calls a savepoint; unique within a workflow. */
export const SavepointName = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, 'a letter, then letters, digits, _ or -, 64 in all')
export type SavepointName = z.infer<typeof SavepointName>
