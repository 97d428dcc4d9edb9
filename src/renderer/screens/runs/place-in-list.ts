/** Where somebody stood in a list, so that they are there again when they come back or load the page anew. */
import { z } from 'zod'
import { RunId } from '../../../model/ids.ts'
import { type Asking, keyOf } from './search.ts'

export const Cursor = z.object({
  /** Null where its row had not been read. */
  run: RunId.nullable(),
  index: z.int().nonnegative(),
})
export type Cursor = z.infer<typeof Cursor>

const Place = z.object({
  /** Pixels that were scrolled. */
  top: z.number().nonnegative(),
  /** What the rows' places counted from, and how many rows there were. */
  upTo: RunId.nullable(),
  count: z.int().nonnegative(),
  cursor: Cursor.nullable(),
})
export type Place = z.infer<typeof Place>

const prefix = 'cairn.runs.place '

export function keepPlace(asking: Asking, place: Place): void {
  sessionStorage.setItem(prefix + keyOf(asking), JSON.stringify(place))
}

export function forgetPlace(asking: Asking): void {
  sessionStorage.removeItem(prefix + keyOf(asking))
}

export function placeIn(asking: Asking): Place | undefined {
  const text = sessionStorage.getItem(prefix + keyOf(asking))
  if (text === null) return undefined
  try {
    return Place.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
