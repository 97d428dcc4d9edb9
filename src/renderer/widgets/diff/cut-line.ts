import { endOf } from '../text/pages.ts'
import type { Part } from './text-lines.ts'

export interface CutLine<P extends Part> {
  readonly parts: readonly P[]
  /** How many characters come after them. */
  readonly rest: number
}

/** The first so many characters of a line. */
export function cutLine<P extends Part>(parts: readonly P[], most: number): CutLine<P> {
  const shown: P[] = []
  let [left, rest] = [most, 0]
  for (const part of parts) {
    const { text } = part
    const end = left > 0 ? endOf(text, left) : 0
    if (end > 0) shown.push({ ...part, text: text.slice(0, end) })
    left -= end
    rest += text.length - end
  }
  return { parts: shown, rest }
}
