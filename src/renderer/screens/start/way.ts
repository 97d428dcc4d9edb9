import { z } from 'zod'

/** Where the input comes from. */
export const Way = z.enum(['form', 'json', 'earlier'])
export type Way = z.infer<typeof Way>
