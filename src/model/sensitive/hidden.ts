/**
 * What stands in the place of something sensitive wherever it is shown. It tells neither length nor kind, and is no value:
 * written back, it means what it stands for (`as-it-was.ts`).
 */
import { z } from 'zod'
import type { Json } from '../json.ts'

export const Hidden = z.strictObject({
  $hidden: z.literal('sensitive'),
  /** Where the value stands in the whole of which it is part, as a JSON pointer. */
  at: z.string(),
  /** The same for the same value at the same place of a run, so that a change can be seen. It is no hash of the value. */
  is: z.string(),
})
export type Hidden = z.infer<typeof Hidden>

/** What stands in a text for a part of it. */
export const hiddenText = '[hidden: sensitive]'

export function isHidden(value: Json | undefined): value is Hidden {
  return typeof value === 'object' && value !== null && '$hidden' in value && Hidden.safeParse(value).success
}

export type Path = readonly string[]

export function pointer(path: Path): string {
  return path.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

export function pathOf(at: string): Path {
  return at.split('/').slice(1).map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
}
