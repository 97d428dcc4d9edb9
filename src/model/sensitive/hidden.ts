/**
 * What stands in the place of something sensitive wherever it is shown. It tells neither length nor kind, and is no value:
 * written back, it means what it stands for (`as-it-was.ts`).
 */
import { z } from 'zod'
import type { Json } from '../json.ts'

export const Hidden = z.strictObject({
  /** `unknown`: the store is damaged, so that nobody knows whether it is sensitive. */
  $hidden: z.enum(['sensitive', 'unknown']),
  /** Where the value stands in the whole of which it is part, as a JSON pointer. */
  at: z.string(),
  /** The same for the same value at the same place of a run, so that a change can be seen. It is no hash of the value. */
  is: z.string(),
})
export type Hidden = z.infer<typeof Hidden>

const words: Readonly<Record<Hidden['$hidden'], string>> = {
  sensitive: 'hidden: sensitive',
  unknown: 'hidden: the store is damaged, and what is sensitive is not known',
}

/** What a mark is called where a person reads it. */
export function hiddenWords({ $hidden }: Pick<Hidden, '$hidden'>): string {
  return words[$hidden]
}

/** What stands in a text for a part of it. */
export const hiddenText = `[${words.sensitive}]`

/** What stands for a text of which nobody knows what is sensitive. */
export const unknownText = `[${words.unknown}]`

export function isHidden(value: Json | undefined): value is Hidden {
  return typeof value === 'object' && value !== null && '$hidden' in value && Hidden.safeParse(value).success
}

/** True where a mark stands anywhere in a value. */
export function holdsHidden(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false
  return isHidden(value) || Object.values<Json>(value).some(holdsHidden)
}

/** The value without its marks: a property goes, an item becomes null; undefined where all of it is hidden. */
export function withoutHidden(value: Json): Json | undefined {
  if (typeof value !== 'object' || value === null) return value
  if (isHidden(value)) return undefined
  if (Array.isArray(value)) return value.map((item: Json) => withoutHidden(item) ?? null)
  const kept = Object.entries<Json>(value).flatMap(([name, item]) => {
    const part = withoutHidden(item)
    return part === undefined ? [] : [[name, part] as const]
  })
  return Object.fromEntries(kept)
}

export type Path = readonly string[]

export function pointer(path: Path): string {
  return path.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

export function pathOf(at: string): Path {
  return at.split('/').slice(1).map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
}
