/**
 * Executors on paper, in this process: each step answers as soon as the engine's turn is over, and its answer is held
 * against the schema of its step, as an executor does. What is measured is the engine and the store.
 */
import { z } from 'zod'
import type { Answer, AttemptRef, Execution, ExecutionSink, Question, Task } from '../../src/engine/ports.ts'
import type { CorrelationId, RevisionHash, StepId } from '../../src/model/ids.ts'
import type { Json } from '../../src/model/json.ts'

const Output = z.string().max(2_000)

/** What a step answers, and where it sends the run. */
export interface Hand {
  readonly answer: () => string
  readonly next?: (ref: AttemptRef) => StepId | null
  /** Hears of each step before it answers; false leaves it running. */
  readonly begins?: (ref: AttemptRef) => boolean
}

export class AtOnce implements Execution {
  readonly #hand: Hand
  #sink: ExecutionSink | undefined

  constructor(hand: Hand) {
    this.#hand = hand
  }

  connect(sink: ExecutionSink): void {
    this.#sink = sink
  }

  start({ ref }: Task): void {
    const { answer, next, begins } = this.#hand
    if (begins?.(ref) === false) return
    queueMicrotask(() => {
      this.#sink?.began(ref)
      this.#sink?.ended(ref, { type: 'completed', output: Output.parse(answer()), next: next?.(ref) ?? null })
    })
  }

  stop(_ref: AttemptRef): void {
    // What answers at once is never under way.
  }

  ask(_revision: RevisionHash, _correlation: CorrelationId, question: Question): Promise<Answer> {
    if (question.type !== 'begin') throw new Error(`nobody asks ${question.type} here`)
    return Promise.resolve({ type: 'began', input: given(question.input), context: given(question.context) })
  }
}

const Given = z.record(z.string(), z.never())

function given(value: Json): Json {
  return Given.parse(value)
}
