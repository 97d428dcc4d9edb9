import { AsyncLocalStorage } from 'node:async_hooks'
import type { Dependency } from '../../../model/breaker.ts'
import type { Call } from '../../../sdk/definition.ts'
import type { SmtpSettings } from '../../smtp/settings.ts'
import type { ExecutorMessage, StartMessage, Work } from '../protocol.ts'
import { Voice } from './voice.ts'

/** The attempt on whose behalf code is running, wherever it is asked: in a callback, a timer, a console. */
export const current = new AsyncLocalStorage<Attempt>()

type Given = Pick<StartMessage, 'ticket' | 'workspace' | 'smtp'>

/** One attempt while it is under way in this process. */
export class Attempt {
  readonly ticket: number
  readonly work: Work
  /** The folder that programs are run in. */
  readonly workspace: string
  readonly smtp: SmtpSettings | null
  readonly voice: Voice
  /** What its code has answered, taken or not, as far as a schema marks it as sensitive: as texts. */
  readonly secrets: string[] = []
  readonly #post: (message: ExecutorMessage) => void
  readonly #controller = new AbortController()
  #leave: PromiseWithResolvers<void> | undefined
  #reach: PromiseWithResolvers<boolean> | undefined

  constructor({ ticket, workspace, smtp }: Given, work: Work, post: (message: ExecutorMessage) => void) {
    this.ticket = ticket
    this.work = work
    this.workspace = workspace
    this.smtp = smtp
    this.voice = new Voice(ticket, post)
    this.#post = post
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** What a handler is given. */
  get call(): Call {
    const { view, attempt, iteration, idempotencyKey, correlation, lastHeartbeat } = this.work
    return {
      ...view,
      attempt,
      iteration,
      idempotencyKey,
      correlationId: correlation,
      signal: this.signal,
      log: this.voice.log,
      progress: this.voice.progress,
      heartbeat: this.voice.heartbeat,
      lastHeartbeat: lastHeartbeat ?? undefined,
    }
  }

  /** Resolves once the host has recorded that the outside world is about to be touched. @throws Error where it does not */
  async beginEffect(): Promise<void> {
    this.signal.throwIfAborted()
    this.#leave = Promise.withResolvers()
    this.#post({ type: 'effect', ticket: this.ticket })
    return this.#leave.promise
  }

  effectAnswered(granted: boolean): void {
    if (granted) this.#leave?.resolve()
    else this.#leave?.reject(new Error('the host did not let the effect begin'))
  }

  /** Resolves with whether it may reach something outside: where it may not, it ends as `held`. */
  async mayReach(dependency: Dependency): Promise<boolean> {
    this.signal.throwIfAborted()
    this.#reach = Promise.withResolvers()
    this.#post({ type: 'reach', ticket: this.ticket, dependency })
    return this.#reach.promise
  }

  reachAnswered(granted: boolean): void {
    this.#reach?.resolve(granted)
  }

  stop(): void {
    this.#controller.abort()
    this.reachAnswered(false)
    this.effectAnswered(false)
  }
}
