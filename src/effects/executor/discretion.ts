/**
 * What a job was given, and what it makes, that its definition marks as sensitive, as texts. Whatever code says then goes through a
 * scrub of these before it is told to anybody: neither journal, signals nor logs ever hold it. Values go on as they are.
 */
import type { Question, TaskResult } from '../../engine/ports.ts'
import type { Failure } from '../../model/failure.ts'
import type { Signal } from '../../model/log.ts'
import { type Marks, schemasAt, sensitiveTexts, textsInView } from '../../model/sensitive/marks.ts'
import { marksAny } from '../../model/sensitive/schema-nodes.ts'
import type { Scrub } from '../../model/sensitive/scrub.ts'
import type { Work } from './protocol.ts'

export function textsOfWork(marks: Marks | null, { step, view, output }: Work): string[] {
  return marks === null ? [] : [...textsInView(marks, view), ...sensitiveTexts(marks.outputs.get(step) ?? [], output)]
}

/** Whether what the work comes to may be sensitive: before that is known, it is not known either what is to be taken out of what it says. */
export function makesSensitive(marks: Marks | null, { step, phase }: Pick<Work, 'step' | 'phase'>): boolean {
  return phase !== 'compensate' && (marks?.outputs.get(step) ?? []).some(marksAny)
}

export function textsOfResult(marks: Marks | null, { step }: Pick<Work, 'step'>, result: TaskResult): string[] {
  return marks !== null && result.type === 'completed' ? sensitiveTexts(marks.outputs.get(step) ?? [], result.output) : []
}

export function textsOfQuestion(marks: Marks | null, question: Question): string[] {
  if (marks === null) return []
  switch (question.type) {
    case 'begin':
      return [...sensitiveTexts(marks.input, question.input), ...sensitiveTexts(marks.context, question.context)]
    case 'vouch':
      return [question.output, question.before].flatMap((value) => sensitiveTexts(question.step === null ? marks.input : (marks.outputs.get(question.step) ?? []), value))
    case 'migrate':
      return question.values.flatMap(({ key, value }) => sensitiveTexts(schemasAt(marks, key), value))
    case 'settle':
    case 'address':
      return textsInView(marks, question.view)
  }
}

/** What an attempt ended as, told without what is known to be sensitive; what it answers goes on as it is. */
export function discreetResult(result: TaskResult, scrub: Scrub | null): TaskResult {
  if (scrub === null) return result
  if (result.type === 'held') return { ...result, dependency: scrub.text(result.dependency) }
  if (result.type === 'checked') return { ...result, note: result.note === null ? null : scrub.text(result.note) }
  return 'failure' in result ? { ...result, failure: discreetFailure(result.failure, scrub) } : result
}

/** A heartbeat goes on as it is: the next attempt reads it. */
export function discreetSignal(signal: Signal, scrub: Scrub): Signal {
  if (signal.type === 'heartbeat') return signal
  if (signal.type === 'log') return { ...signal, message: scrub.text(signal.message), data: scrub.json(signal.data) }
  return { ...signal, note: signal.note === null ? null : scrub.text(signal.note) }
}

/** A failure with nothing in it that is known to be sensitive. */
export function discreetFailure(failure: Failure, scrub: Scrub | null): Failure {
  if (scrub === null) return failure
  const words = Object.entries(failure).flatMap(([name, text]) => (name === 'class' || typeof text !== 'string' ? [] : [[name, scrub.text(text)] as const]))
  return { ...failure, ...Object.fromEntries(words) }
}
