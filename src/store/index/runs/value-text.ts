import type { Json } from '../../../model/json.ts'
import { folded, searchedCharacters } from '../../../model/query/folded.ts'

/**
 * What of a value can be found: its texts, numbers and truths, each on a line of its own, up to a bound. The names of
 * its fields are left out: they are the same in every run.
 */
export function textOf(value: Json): string {
  const lines: string[] = []
  let room = searchedCharacters
  const left: Json[] = [value]
  for (let next = left.pop(); next !== undefined && room > 0; next = left.pop()) {
    if (next === null) continue
    if (typeof next === 'object') {
      left.push(...Object.values(next).toReversed())
      continue
    }
    const text = String(next).slice(0, room)
    room -= text.length
    lines.push(folded(text))
  }
  return lines.join('\n')
}
