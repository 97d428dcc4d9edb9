import type { Answer, Question } from '../../engine/ports.ts'
import type { Failure } from '../../model/failure.ts'
import type { RevisionHash } from '../../model/ids.ts'
import { type Scrub, scrubber } from '../../model/sensitive/scrub.ts'
import { discreetFailure } from './discretion.ts'
import type { Ending } from './endings.ts'
import type { Job, JobMessage } from './job.ts'
import type { ProcessKind } from './placement.ts'
import type { Order } from './protocol.ts'

export interface QuestionJobOptions {
  readonly ticket: number
  readonly kind: ProcessKind
  readonly secrets: readonly string[]
  readonly answer: (answer: Answer) => void
  /** Its process is gone, and it may not have been its doing. */
  readonly again: (() => void) | null
}

/** A question on its way to one answer; where its process is lost it may be asked again, alone. */
export class QuestionJob implements Job {
  readonly ticket: number
  readonly kind: ProcessKind
  readonly allowance = null
  readonly revision: RevisionHash
  readonly message: Order
  readonly secrets: readonly string[]
  readonly #scrub: Scrub | null
  readonly #options: QuestionJobOptions

  constructor(revision: RevisionHash, question: Question, options: QuestionJobOptions) {
    this.ticket = options.ticket
    this.kind = options.kind
    this.revision = revision
    this.secrets = options.secrets
    this.#scrub = scrubber(options.secrets)
    this.message = { type: 'ask', ticket: this.ticket, revision, question }
    this.#options = options
  }

  begun(): void {
    // Its time counts from when it was asked.
  }

  hear(message: JobMessage): void {
    if (message.type !== 'answered') return
    const { answer } = message
    if (answer.type === 'refused') this.#refuse(answer.failures)
    else this.#options.answer(answer)
  }

  failed(failure: Failure): void {
    this.#refuse([failure])
  }

  lost({ failure }: Ending): void {
    if (this.#options.again === null) this.failed(failure)
    else this.#options.again()
  }

  #refuse(failures: readonly Failure[]): void {
    this.#options.answer({ type: 'refused', failures: failures.map((failure) => discreetFailure(failure, this.#scrub)) })
  }
}
