/**
 * Signals between the moment they are said and the moment they are written.
 *
 * Invariants:
 * 1. What waits here is bounded for each attempt, however much it says within the second.
 * 2. A progress or heartbeat takes the place of the one before it; of log lines the newest stay.
 */
import type { StepId } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import type { Signal } from '../../model/log.ts'
import { bounded, mostLines } from '../format/signal.ts'
import type { Follower } from './group.ts'

type Attempt = Pick<Signal, 'run' | 'branch' | 'step' | 'iteration' | 'attempt'>
type Heartbeat = Extract<Signal, { type: 'heartbeat' }>

/** What one attempt has said since the last writing. */
export interface Said {
  readonly attempt: Attempt
  readonly logs: readonly Signal[]
  readonly latest: readonly Signal[]
}

class Saying {
  readonly attempt: Attempt
  #logs: Signal[] = []
  #progress: Signal | undefined
  heartbeat: Heartbeat | undefined

  constructor(attempt: Attempt) {
    this.attempt = attempt
  }

  add(signal: Signal): void {
    if (signal.type === 'heartbeat') this.heartbeat = signal
    else if (signal.type === 'progress') this.#progress = signal
    else this.#logs.push(signal)
    // Only at twice as many are any dropped, so that dropping costs each line next to nothing.
    if (this.#logs.length >= 2 * mostLines) this.#logs = this.#logs.slice(-mostLines)
  }

  said(): Said {
    const latest = [this.#progress, this.heartbeat].filter((signal) => signal !== undefined)
    return { attempt: this.attempt, logs: this.#logs.slice(-mostLines), latest }
  }
}

export class SignalBuffer implements Follower {
  #sayings = new Map<string, Saying>()

  add(signal: Signal): void {
    const kept = bounded(signal)
    if (kept === undefined) return
    const key = [kept.run, kept.branch, kept.step, kept.iteration, kept.attempt].join('/')
    const saying = this.#sayings.get(key) ?? new Saying(kept)
    saying.add(kept)
    this.#sayings.set(key, saying)
  }

  /** The last heartbeat value that waits here, of the newest attempt that has one. */
  lastHeartbeat(run: string, branch: number, step: StepId, iteration: number): { readonly value: Json } | undefined {
    return [...this.#sayings.values()]
      .filter(({ attempt }) => attempt.run === run && attempt.branch === branch)
      .filter(({ attempt }) => attempt.step === step && attempt.iteration === iteration)
      .toSorted((a, b) => b.attempt.attempt - a.attempt.attempt)
      .find(({ heartbeat }) => heartbeat !== undefined)?.heartbeat
  }

  /** All that waits; it waits no more. */
  take(): Said[] {
    const taken = [...this.#sayings.values()].map((saying) => saying.said())
    this.#sayings = new Map()
    return taken
  }

  /** What was taken waits again where the writing of it is undone. */
  mark(): () => void {
    const sayings = this.#sayings
    return () => {
      this.#sayings = sayings
    }
  }
}
