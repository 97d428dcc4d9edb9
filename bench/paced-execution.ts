/**
 * Executors on paper, at a pace: every attempt takes its time and then completes. What is measured is the console over
 * the real engine, store, service and transports; processes that run workflow code are left out, so that the pace is
 * the bench's and not theirs.
 */
import type { Answer, AttemptRef, Execution, ExecutionSink, Question, Task } from '../src/engine/ports.ts'
import type { RevisionHash, StepId } from '../src/model/ids.ts'

export interface Pace {
  /** Milliseconds from the start of an attempt to its end, evenly spread between the two. */
  readonly shortest: number
  readonly longest: number
  /** Where a step sends the run back to; null lets it go on. */
  readonly next: (step: StepId) => StepId | null
}

export class PacedExecution implements Execution {
  readonly #pace: Pace
  #sink: ExecutionSink | undefined
  readonly #underWay = new Map<string, ReturnType<typeof setTimeout>>()

  constructor(pace: Pace) {
    this.#pace = pace
  }

  connect(sink: ExecutionSink): void {
    this.#sink = sink
  }

  start({ ref, attempt }: Task): void {
    const { shortest, longest, next } = this.#pace
    this.#sink?.began(ref)
    const end = (): void => {
      this.#underWay.delete(keyOf(ref))
      this.#sink?.ended(ref, { type: 'completed', output: { attempt, iteration: ref.iteration }, next: next(ref.step) })
    }
    this.#underWay.set(keyOf(ref), setTimeout(end, shortest + Math.random() * (longest - shortest)))
  }

  stop(ref: AttemptRef): void {
    clearTimeout(this.#underWay.get(keyOf(ref)))
    this.#underWay.delete(keyOf(ref))
  }

  ask(_revision: RevisionHash, _correlation: unknown, question: Question): Promise<Answer> {
    if (question.type === 'begin') return Promise.resolve({ type: 'began', input: question.input, context: question.context })
    return Promise.resolve({ type: 'settled', output: null, next: null, edited: null })
  }
}

function keyOf({ run, step, iteration, attempt }: AttemptRef): string {
  return `${run} ${step} ${iteration} ${attempt}`
}
