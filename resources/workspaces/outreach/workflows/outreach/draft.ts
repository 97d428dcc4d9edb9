import { z } from 'cairn'
import { Tone } from './input.ts'

/** `full` phrases are for readers with time, `plain` ones for everybody. */
export const Wording = z.enum(['full', 'plain'])
export type Wording = z.infer<typeof Wording>

export const Draft = z.object({
  subject: z.string(),
  greeting: z.string(),
  /** What the reviewers read: all between greeting and sign-off. */
  body: z.string(),
  signOff: z.string(),
  /** Who wrote the body. A person's text is corrected, but not written anew. */
  source: z.enum(['template', 'person']),
  tone: Tone,
  wording: Wording,
  /** Whether connectives tie the points together and the end takes up the subject. */
  linked: z.boolean(),
  /** The key points as they are worded now, and where they stand in the body. */
  points: z.array(z.object({ text: z.string(), start: z.int(), end: z.int() })),
  /** What this draft does otherwise than the one before. */
  changes: z.array(z.string()),
  /** Notes of a person that nothing could be made of. */
  open: z.array(z.string()),
})
export type Draft = z.infer<typeof Draft>
