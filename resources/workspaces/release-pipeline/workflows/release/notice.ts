import { z } from 'cairn'
import type { Input } from './input.ts'

/** What somebody is to tell the others by hand. */
export const Notice = z.object({ audience: z.string(), text: z.string() })

export function notice({ version, place }: Input): z.infer<typeof Notice> {
  return { audience: 'everybody who waits for it', text: `Release ${version} is in ${place}.` }
}
