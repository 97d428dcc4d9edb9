import { z } from 'cairn'

/** What goes wrong with a release, and in which step. */
export const Trouble = z.enum([
  'torn-project',
  'hanging-build',
  'slow-build',
  'stale-cache',
  'no-licence',
  'broken-manual',
  'flaky-tests',
  'failing-tests',
  'frozen-place',
  'half-deployed',
  'unwell',
  'no-audience',
])

export const Input = z.object({
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/, 'like 1.4.0')
    .describe('The version that is released'),
  place: z.enum(['staging', 'production']).default('staging').describe('Where it goes'),
  trouble: z.array(Trouble).max(12).default([]).describe('What goes wrong'),
})
export type Input = z.infer<typeof Input>
