import { endOf } from '../text/pages.ts'
import type { Part } from './text-lines.ts'

export interface CutLine {
  readonly parts: readonly Part[]
  /** How many characters come after them. */
  readonly rest: number
}

/** The first so many characters of a line. */
export function cutLine(parts: readonly Part[], most: number): CutLine {
  const shown: Part[] = []
  let [left, rest] = [most, 0]
  for (const { text, changed } of parts) {
    const end = left > 0 ? endOf(text, left) : 0
    if (end > 0) shown.push({ text: text.slice(0, end), changed })
    left -= end
    rest += text.length - end
  }
  return { parts: shown, rest }
}
