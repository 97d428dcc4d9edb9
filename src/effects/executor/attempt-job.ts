import type { AttemptRef, ExecutionSink, Task, TaskResult } from '../../engine/ports.ts'
import type { Allowance } from '../../model/allowance.ts'
import type { Dependency } from '../../model/breaker.ts'
import type { Failure } from '../../model/failure.ts'
import type { Instant, RevisionHash } from '../../model/ids.ts'
import type { Signal } from '../../model/log.ts'
import type { Marks } from '../../model/sensitive/marks.ts'
import { Scrubber } from '../../model/sensitive/scrub.ts'
import type { SmtpSettings } from '../smtp/settings.ts'
import { discreetResult, discreetSignal, makesSensitive, textsOfResult, textsOfWork } from './discretion.ts'
import type { Ending } from './endings.ts'
import { HeldBack } from './held-back.ts'
import type { Job, JobMessage } from './job.ts'
import type { ProcessKind } from './placement.ts'
import type { Order, Work } from './protocol.ts'

type Said = Extract<JobMessage, { type: 'log' | 'progress' | 'heartbeat' }>

/** How much of what an attempt prints past its console is kept, in characters. */
const longestPrint = 64_000

export interface AttemptJobOptions {
  readonly ticket: number
  readonly kind: ProcessKind
  readonly workspace: string
  readonly smtp: SmtpSettings | null
  /** What the definition marks as sensitive; null where it marks nothing. */
  readonly marks: Marks | null
  readonly sink: ExecutionSink
  readonly now: () => Instant
  /** Tells its process something. */
  readonly post: (message: Order) => void
  /** It has ended, and is about to say so. */
  readonly settled: () => void
}

/** An attempt of the engine's, from its start to the one answer that the engine hears, unless it has stopped it. */
export class AttemptJob implements Job {
  readonly ticket: number
  readonly kind: ProcessKind
  readonly allowance: Allowance | null
  readonly revision: RevisionHash
  readonly message: Order
  readonly secrets: string[]
  /** Resolves once no process has it any more, wanted or not. */
  readonly gone: Promise<void>
  readonly #gone = Promise.withResolvers<void>()
  #scrub: Scrubber | null = null
  readonly #work: Work
  /** What it says until it is known what of that is sensitive; null where that is known before. */
  readonly #held: HeldBack | null
  readonly #ref: AttemptRef
  readonly #task: Task
  readonly #options: AttemptJobOptions
  #wanted = true
  #printed = 0

  constructor(task: Task, options: AttemptJobOptions) {
    this.gone = this.#gone.promise
    this.ticket = options.ticket
    this.kind = options.kind
    this.allowance = task.allowance
    this.revision = task.revision
    this.#ref = task.ref
    this.#task = task
    this.#options = options
    const { ref, phase, attempt, idempotencyKey, correlation, view, lastHeartbeat, output } = task
    const { step, iteration } = ref
    const work: Work = { step, iteration, phase, attempt, idempotencyKey, correlation, view, lastHeartbeat, output }
    this.#work = work
    this.#held = makesSensitive(options.marks, work) ? new HeldBack() : null
    this.secrets = []
    this.#learn(textsOfWork(options.marks, work))
    const alone = options.kind !== 'shared'
    const { workspace, smtp } = options
    this.message = { type: 'start', ticket: this.ticket, revision: task.revision, run: ref.run, work, alone, workspace, smtp }
  }

  /** Nobody wants its answer any more. */
  forget(): void {
    this.#tellHeld()
    this.#wanted = false
  }

  begun(): void {
    if (this.#wanted) this.#options.sink.began(this.#ref)
  }

  hear(message: JobMessage): void {
    if (message.type === 'ended') {
      this.#gone.resolve()
      this.#learn(message.secrets)
    }
    if (!this.#wanted) return
    if (message.type === 'ended') this.#end(message.result)
    else if (message.type === 'effect') void this.#beginEffect()
    else if (message.type === 'reach') this.#reach(message.dependency)
    else if (message.type !== 'answered') this.#signal(message)
  }

  failed(failure: Failure): void {
    this.#gone.resolve()
    this.#end({ type: 'failed', failure })
  }

  lost(ending: Ending): void {
    this.#gone.resolve()
    this.#end({ type: 'cut_off', ...ending })
  }

  /** What it printed past its console: whatever it is, as much of it as a log can bear. */
  print(text: string): void {
    const message = text.slice(0, Math.max(longestPrint - this.#printed, 0))
    this.#printed += text.length
    if (message !== '') this.hear({ type: 'log', ticket: this.ticket, level: 'info', message, data: null })
  }

  #end(result: TaskResult): void {
    if (!this.#wanted) return
    this.#learn(textsOfResult(this.#options.marks, this.#work, result))
    this.#tellHeld()
    this.#wanted = false
    this.#options.settled()
    this.#options.sink.ended(this.#ref, discreetResult(result, this.#scrub))
  }

  #learn(secrets: readonly string[]): void {
    if (secrets.length === 0) return
    // There may be more than a call takes arguments.
    for (const secret of secrets) this.secrets.push(secret)
    const scrub = this.#scrub ?? new Scrubber()
    scrub.add(secrets)
    if (scrub.size > 0) this.#scrub = scrub
  }

  /** A name may be made of what its run hides. */
  #reach(dependency: Dependency): void {
    const { sink, post } = this.#options
    post({ type: 'reach', ticket: this.ticket, granted: sink.reaches(this.#ref, this.#scrub?.text(dependency) ?? dependency) })
  }

  async #beginEffect(): Promise<void> {
    const { sink, post } = this.#options
    const granted = await sink.effectBegins(this.#ref).then(
      () => true,
      () => false,
    )
    post({ type: 'effect', ticket: this.ticket, granted: granted && this.#wanted })
  }

  #signal({ ticket: _, ...said }: Said): void {
    const signal = { ...said, ...this.#ref, correlation: this.#task.correlation, at: this.#options.now() }
    const told = this.#held === null ? signal : this.#held.take(signal)
    if (told !== null) this.#tell(told)
  }

  #tellHeld(): void {
    for (const signal of this.#held?.release() ?? []) this.#tell(signal)
  }

  #tell(signal: Signal): void {
    this.#options.sink.signal(this.#scrub === null ? signal : discreetSignal(signal, this.#scrub))
  }
}
