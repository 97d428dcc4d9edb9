/**
 * Signals between the moment they are said and the moment they are written.
 *
 * Invariants:
 * 1. What waits here is bounded for each attempt, however much it says within the second.
 * 2. A progress or heartbeat takes the place of the one before it; of log lines the newest stay.
 * 3. Heartbeats of an attempt are written as far apart as they were said to be; one that waits for that is known here.
 */
import type { Instant, Millis, StepId } from '../../model/ids.ts'
import type { Heartbeat, Signal } from '../../model/log.ts'
import { bounded, mostLines } from '../format/signal.ts'
import type { Follower } from './group.ts'

type Attempt = Pick<Signal, 'run' | 'branch' | 'step' | 'iteration' | 'attempt'>

/** What one attempt has said since the last writing. */
export interface Said {
  readonly attempt: Attempt
  readonly logs: readonly Signal[]
  readonly latest: readonly Signal[]
}

class Saying {
  readonly attempt: Attempt
  /** Before that, no heartbeat of it is written. */
  readonly #mute: Instant
  #logs: Signal[] = []
  #progress: Signal | undefined
  #apart: Millis = 0
  heartbeat: Heartbeat | undefined

  constructor(attempt: Attempt, mute: Instant) {
    this.attempt = attempt
    this.#mute = mute
  }

  add(signal: Signal, apart: Millis): void {
    if (signal.type === 'heartbeat') [this.heartbeat, this.#apart] = [signal, apart]
    else if (signal.type === 'progress') this.#progress = signal
    else this.#logs.push(signal)
    // Only at twice as many are any dropped, so that dropping costs each line next to nothing.
    if (this.#logs.length >= 2 * mostLines) this.#logs = this.#logs.slice(-mostLines)
  }

  /** When something of it may be written; undefined where nothing waits. */
  get due(): Instant | undefined {
    if (this.#logs.length > 0 || this.#progress !== undefined) return Number.NEGATIVE_INFINITY
    return this.heartbeat === undefined ? undefined : this.#mute
  }

  said(now: Instant): Said {
    const heartbeat = now < this.#mute ? undefined : this.heartbeat
    const latest = [this.#progress, heartbeat].filter((signal) => signal !== undefined)
    return { attempt: this.attempt, logs: this.#logs.slice(-mostLines), latest }
  }

  /** What stays of it once that is written: a heartbeat that has to wait, or that the next one has to; undefined where nothing does. */
  rest(now: Instant): Saying | undefined {
    const isWritten = this.heartbeat !== undefined && now >= this.#mute
    const mute = isWritten ? now + this.#apart : this.#mute
    const rest = new Saying(this.attempt, mute)
    if (!isWritten && this.heartbeat !== undefined) rest.add(this.heartbeat, this.#apart)
    return now < mute ? rest : undefined
  }
}

export class SignalBuffer implements Follower {
  #sayings = new Map<string, Saying>()

  /**
   * Answers when what its attempt has said may be written, or undefined where the signal is not kept. `apart` is how far from
   * one another heartbeats of the attempt are written, in milliseconds.
   */
  add(signal: Signal, apart: Millis): Instant | undefined {
    const kept = bounded(signal)
    if (kept === undefined) return undefined
    const key = keyOf(kept)
    const saying = this.#sayings.get(key) ?? new Saying(kept, Number.NEGATIVE_INFINITY)
    saying.add(kept, apart)
    this.#sayings.set(key, saying)
    return saying.due
  }

  /** The last heartbeat that waits here, of the newest attempt that has one. */
  lastHeartbeat(run: string, branch: number, step: StepId, iteration: number): Heartbeat | undefined {
    return [...this.#sayings.values()]
      .filter(({ attempt }) => attempt.run === run && attempt.branch === branch)
      .filter(({ attempt }) => attempt.step === step && attempt.iteration === iteration)
      .toSorted((a, b) => b.attempt.attempt - a.attempt.attempt)
      .find(({ heartbeat }) => heartbeat !== undefined)?.heartbeat
  }

  /** When something that waits may be written; undefined where nothing does. */
  due(): Instant | undefined {
    const dues = [...this.#sayings.values()].flatMap(({ due }) => due ?? [])
    return dues.length === 0 ? undefined : Math.min(...dues)
  }

  /** All that waits and may be written now; it waits no more. */
  take(now: Instant): Said[] {
    const said = [...this.#sayings.values()].map((saying) => saying.said(now))
    const rests = [...this.#sayings.values()].flatMap((saying) => saying.rest(now) ?? [])
    this.#sayings = new Map(rests.map((rest) => [keyOf(rest.attempt), rest]))
    return said.filter(({ logs, latest }) => logs.length > 0 || latest.length > 0)
  }

  /** What was taken waits again where the writing of it is undone. */
  mark(): () => void {
    const sayings = this.#sayings
    return () => {
      this.#sayings = sayings
    }
  }
}

function keyOf({ run, branch, step, iteration, attempt }: Attempt): string {
  return [run, branch, step, iteration, attempt].join('/')
}
