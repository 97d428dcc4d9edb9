import type { Difference } from '../../model/difference.ts'
import type { Json } from '../../model/json.ts'
import { hiddenWords, isHidden } from '../../model/sensitive/hidden.ts'
import { type Paint, plain } from '../paint.ts'
import { inWords } from './in-words.ts'

/** A place at which two values differ, and what stands there: two cells of a row. */
export function differenceRow(paint: Paint, difference: Difference): string[] {
  const place = plain(difference.path.join('.'))
  switch (difference.kind) {
    case 'added':
      return [paint('success', `+ ${place}`), written(difference.after)]
    case 'removed':
      return [paint('failure', `- ${place}`), written(difference.before)]
    case 'changed':
      return [paint('attention', `~ ${place}`), `${written(difference.before)} → ${written(difference.after)}`]
  }
}

/** How much of a value a line shows; `--json` has all of it. */
const shown = 200

function written(value: Json): string {
  const text = plain(isHidden(value) ? hiddenWords(value) : JSON.stringify(inWords(value)))
  return text.length <= shown ? text : `${text.slice(0, shown)}…`
}
