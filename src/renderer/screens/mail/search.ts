import { z } from 'zod'

/** Which message is read. */
export const MailSearch = z.object({ id: z.string().max(200).optional().catch(undefined) })
export type MailSearch = z.infer<typeof MailSearch>
