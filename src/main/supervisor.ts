/**
 * Keeps the host of the workspace running, from the start of the program to its end.
 *
 * Invariants:
 * 1. One host at a time: the next is started after the last has exited.
 * 2. What runs workflow code ends with the host that asked for it, before the next host is started.
 * 3. A page's port goes to the host that runs. While one is being started it waits; while none is, it is closed. Pages
 *    are told when their host is gone, and ask again.
 * 4. A host that refuses is ended, and none follows it until the person has chosen what to open. Each page that asks
 *    meanwhile is told why.
 * 5. A host that serves and answers no more is ended, and followed as one that died.
 */
import type { FromHost, KeyGiven, ToHost } from '../contract/desktop/host.ts'
import type { Refusal } from '../contract/desktop/refusal.ts'
import { Pulse } from './pulse.ts'
import type { Restarts } from './restarts.ts'

export type Open = Extract<ToHost, { type: 'open' }>

export type Tell<P> = (message: ToHost, ports?: P[]) => void

/** One host, from its start to its end. */
export interface HostProcess<P> {
  /** Never fails: what a dead host is told is lost, and a port closed. */
  readonly tell: Tell<P>
  /** Ends it at once. */
  kill(): void
}

export interface HostHears {
  said(message: FromHost): void
  /** Called once, at the end. */
  exited(code: number): void
}

/** What runs code for one host. */
export interface Hands {
  start(wanted: Extract<FromHost, { type: 'start' }>): void
  kill(process: number): void
  killAll(): void
}

export interface SupervisorParts<P> {
  readonly open: Open
  readonly startHost: (hears: HostHears) => HostProcess<P>
  readonly handsFor: (tell: Tell<P>) => Hands
  readonly restarts: Restarts
  /** Milliseconds that only grow. */
  readonly now: () => number
  /** Calls after so many milliseconds; returns what keeps it from that. */
  readonly after: (millis: number, call: () => void) => () => void
  /** Asks the person whether the folder's code may run. */
  readonly asks: (folder: string) => Promise<boolean>
  /** The key that the system's keychain keeps so; a new one where `kept` is null. */
  readonly key: (kept: string | null) => KeyGiven
  readonly say: (line: string) => void
  /** A host serves pages from now on, until no page has one any more. */
  readonly serves: () => void
  /** No page has a host any more, whatever it holds. */
  readonly lost: () => void
  /** The host will not start, and why; null once another is being started. */
  readonly refused: (why: Refusal | null) => void
}

/** How long a host may take to end in good order, in milliseconds. */
const patience = 10_000

interface Running<P> {
  readonly process: HostProcess<P>
  readonly hands: Hands
  readonly since: number
  readonly pulse: Pulse
  listens: boolean
  serves: boolean
  /** Set once it was told to end: what keeps it from being ended at once. */
  leaves: (() => void) | undefined
}

/** `P` is a port as main has it. */
export class Supervisor<P extends { close(): void }> {
  readonly #parts: SupervisorParts<P>
  #running: Running<P> | undefined
  readonly #waiting: P[] = []
  #open: Open
  #refusal: Refusal | null = null
  #stopped: PromiseWithResolvers<void> | undefined
  #cancelStart: (() => void) | undefined

  constructor(parts: SupervisorParts<P>) {
    this.#parts = parts
    this.#open = parts.open
  }

  start(): void {
    this.#cancelStart = undefined
    const { startHost, handsFor, now, after } = this.#parts
    const process = startHost({
      said: (message) => this.#hear(running, message),
      exited: (code) => this.#buried(running, code),
    })
    const pulse = new Pulse({ after, ask: () => process.tell({ type: 'ping' }), hangs: (silentFor) => this.#end(running, silentFor) })
    const running: Running<P> = { process, hands: handsFor(process.tell), since: now(), pulse, listens: false, serves: false, leaves: undefined }
    this.#running = running
  }

  /** What is open, or is to be; as it was asked for. */
  get asked(): Open {
    return this.#open
  }

  /** Why nothing is open; null where something is, or is about to be. */
  get refusal(): Refusal | null {
    return this.#refusal
  }

  /** Opens something else than what was refused. Where nothing was, it does nothing. */
  open(open: Open): void {
    if (this.#refusal === null || this.#stopped !== undefined) return
    this.#open = open
    this.#refusal = null
    this.#parts.refused(null)
    if (this.#running === undefined) this.start()
  }

  /** Has the host that serves end in good order, and the next one open this. Where none serves, it does nothing. */
  reopen(open: Open): void {
    const running = this.#running
    if (running?.serves !== true || running.leaves !== undefined || this.#refusal !== null || this.#stopped !== undefined) return
    this.#open = open
    running.leaves = this.#endInOrder(running)
  }

  /** Gives a page its host. */
  connect(page: P): void {
    if (this.#running === undefined || this.#refusal !== null || this.#stopped !== undefined) this.#refuse(page)
    else if (this.#running.listens) this.#running.process.tell({ type: 'page' }, [page])
    else this.#waiting.push(page)
  }

  /** Ends the host in good order, or at least ends it; resolves once it is gone. */
  async stop(): Promise<void> {
    if (this.#stopped !== undefined) return this.#stopped.promise
    this.#stopped = Promise.withResolvers()
    this.#cancelStart?.()
    const running = this.#running
    if (running === undefined) return this.#stopped.resolve()
    running.leaves ??= this.#endInOrder(running)
    await this.#stopped.promise
  }

  /** Returns what keeps it from being ended at once where it takes too long. */
  #endInOrder({ process, pulse, listens }: Running<P>): () => void {
    pulse.end()
    const cancel = this.#parts.after(patience, () => process.kill())
    if (listens && this.#refusal === null) process.tell({ type: 'stop' })
    else process.kill()
    return cancel
  }

  #hear(from: Running<P>, message: FromHost): void {
    switch (message.type) {
      case 'listens':
        return this.#opens(from)
      case 'serves':
        this.#open = { ...this.#open, bringBack: null, encrypts: false, rotates: null }
        from.serves = true
        if (this.#stopped === undefined) from.pulse.begin()
        this.#parts.serves()
        return this.#parts.say(`Cairn is open with ${message.workspace}${message.url === null ? '' : `, and at ${message.url}`}`)
      case 'refuses':
        this.#refusal = message.refusal
        this.#closeWaiting()
        this.#parts.refused(message.refusal)
        return from.process.kill()
      case 'asks':
        return void this.#ask(from, message.folder)
      case 'wants_key':
        return from.process.tell(this.#parts.key(message.kept))
      case 'start':
        return from.hands.start(message)
      case 'kill':
        return from.hands.kill(message.process)
      case 'pong':
        return from.pulse.answered()
    }
  }

  #opens(running: Running<P>): void {
    running.listens = true
    running.process.tell(this.#open)
    for (const page of this.#waiting.splice(0)) running.process.tell({ type: 'page' }, [page])
  }

  /** Asked once: a host that is started again knows the answer. */
  async #ask({ process }: Running<P>, folder: string): Promise<void> {
    const trust = await this.#parts.asks(folder)
    this.#open = { ...this.#open, trust }
    process.tell({ type: 'answers', trust })
  }

  #end({ process }: Running<P>, silentFor: number): void {
    this.#parts.say(`the host has not answered for ${silentFor / 1_000} s: it is ended`)
    process.kill()
  }

  #buried({ hands, since, pulse, leaves }: Running<P>, code: number): void {
    pulse.end()
    leaves?.()
    hands.killAll()
    this.#running = undefined
    this.#closeWaiting()
    this.#parts.lost()
    if (this.#stopped !== undefined) return this.#stopped.resolve()
    if (this.#refusal !== null) return
    if (leaves !== undefined) return this.start()
    const { restarts, now, after, say } = this.#parts
    const pause = restarts.pauseAfter(now() - since)
    say(`the host ended with exit code ${code}; it is started again ${pause === 0 ? 'now' : `in ${pause / 1_000} s`}`)
    if (pause === 0) this.start()
    else this.#cancelStart = after(pause, () => this.start())
  }

  #refuse(page: P): void {
    page.close()
    this.#parts.lost()
    if (this.#refusal !== null) this.#parts.refused(this.#refusal)
  }

  #closeWaiting(): void {
    for (const page of this.#waiting.splice(0)) page.close()
  }
}
