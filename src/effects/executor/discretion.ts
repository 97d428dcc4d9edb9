/**
 * What a job was given that its definition marks as sensitive, as texts. Whatever code says then goes through a scrub of
 * these before it is told to anybody: neither journal, signals nor logs ever hold it. Values go on as they are.
 */
import type { Question } from '../../engine/ports.ts'
import type { Failure } from '../../model/failure.ts'
import { type Marks, schemasAt, sensitiveTexts, textsInView } from '../../model/sensitive/marks.ts'
import type { Scrub } from '../../model/sensitive/scrub.ts'
import type { Work } from './protocol.ts'

export function textsOfWork(marks: Marks | null, { step, view, output }: Work): string[] {
  return marks === null ? [] : [...textsInView(marks, view), ...sensitiveTexts(marks.outputs.get(step) ?? [], output)]
}

export function textsOfQuestion(marks: Marks | null, question: Question): string[] {
  if (marks === null) return []
  switch (question.type) {
    case 'begin':
      return [...sensitiveTexts(marks.input, question.input), ...sensitiveTexts(marks.context, question.context)]
    case 'vouch':
      return sensitiveTexts(marks.outputs.get(question.step) ?? [], question.output)
    case 'migrate':
      return question.values.flatMap(({ key, value }) => sensitiveTexts(schemasAt(marks, key), value))
    case 'settle':
    case 'address':
      return textsInView(marks, question.view)
  }
}

/** A failure with nothing in it that is known to be sensitive. */
export function discreet(failure: Failure, scrub: Scrub | null): Failure {
  if (scrub === null) return failure
  const words = Object.entries(failure).flatMap(([name, text]) => (name === 'class' || typeof text !== 'string' ? [] : [[name, scrub.text(text)] as const]))
  return { ...failure, ...Object.fromEntries(words) }
}
