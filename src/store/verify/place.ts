/** Places of a walk through the store. */
import { z } from 'zod'

/** What a store is made of, in the order in which it is walked. */
export const sections = ['schema', 'file', 'keys', 'journal', 'lineages', 'revisions', 'runs', 'removed', 'values', 'signals', 'latencies', 'breakers', 'throttles'] as const

export const Section = z.enum(sections)
export type Section = z.infer<typeof Section>

/** Key columns of a row. Empty before the first. */
export const RowKey = z.array(z.union([z.string(), z.number()]))
export type RowKey = z.infer<typeof RowKey>

/** Everything of its section up to this row has been looked at. */
export const Place = z.object({ section: Section, after: RowKey })
export type Place = z.infer<typeof Place>

export const start: Place = { section: 'schema', after: [] }

/** Whether damage at one of these may hide what is damaged at the other from a look. */
export function isBeside(one: Place, other: Place): boolean {
  if (one.section !== other.section) return false
  switch (one.section) {
    case 'schema':
    case 'file':
      return true
    case 'runs':
      return one.after[0] === other.after[0]
    default:
      return JSON.stringify(one.after) === JSON.stringify(other.after)
  }
}

/** Where the section after it begins; undefined behind the last. */
export function nextSection({ section }: Place): Place | undefined {
  const next = sections[sections.indexOf(section) + 1]
  return next === undefined ? undefined : { section: next, after: [] }
}

/** A key that no row has, between one and whatever comes after it. */
export function justBehind(key: RowKey): RowKey {
  const last = key.at(-1) ?? ''
  return [...key.slice(0, -1), typeof last === 'number' ? last + 0.5 : `${last}\0`]
}

/** Whether a row comes after another, by their keys. */
export function isBehind(key: RowKey, other: RowKey): boolean {
  for (const [index, part] of key.entries()) {
    const its = other[index]
    if (its === undefined || part > its) return true
    if (part < its) return false
  }
  return false
}
