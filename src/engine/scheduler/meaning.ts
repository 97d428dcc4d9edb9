/**
 * What a person means by a value in which something was hidden when it was shown. Whatever was left as it was shown is as it
 * was; a mark is never kept as a value.
 */
import type { DecisionRecord } from '../../model/decision.ts'
import { Refused } from '../../model/control-errors.ts'
import { outputKey } from '../../model/checkpoint.ts'
import type { Json } from '../../model/json.ts'
import { asItWas, type Original } from '../../model/sensitive/as-it-was.ts'
import { marksOf, schemasAt, textsInView } from '../../model/sensitive/marks.ts'
import { scrubber } from '../../model/sensitive/scrub.ts'
import type { RunState } from '../state/run-state.ts'
import { viewOf } from './task.ts'
import type { RunValues } from './values.ts'

/** `original` is what was shown, null where nothing was; `path` is what refusals call the value. @throws Refused */
export function meaning(given: Json, original: Original | null, path: string): Json {
  const meant = asItWas(given, original)
  if ('value' in meant) return meant.value
  const failures = meant.refused.map((at) => {
    const place = [path, ...at].join('.')
    const message = `${place} is a mark of something hidden, and none that can stand there`
    return { class: 'validation' as const, name: 'HiddenMark', message, path: place, wayOut: 'write the value itself, or leave what was hidden as it was' }
  })
  throw new Refused(`what is hidden cannot be written as a value`, failures)
}

/** The edit that comes with an answer to a decision. @throws Refused, CorruptionFound */
export function meantEdit(state: RunState, values: RunValues, { edits, step }: DecisionRecord, edit: Json | null): Json | null {
  if (edit === null) return null
  const marks = edits === null ? null : marksOf([state.graph.manifest])
  if (edits === null || marks === null) return meaning(edit, null, 'edit')
  const { target, of } = edits
  const view = viewOf(state, step, (address) => values.get(state, address))
  const schemas = schemasAt(marks, outputKey(target.step, 1))
  return meaning(edit, { whole: values.get(state, of), path: target.path, schemas, scrub: scrubber(textsInView(marks, view)) }, 'edit')
}
