/** When attempts were taken up, and heard of last: what is ended for its silence, or for its length, has to have been so. */
import type { RunEntry } from '../../src/model/entry.ts'
import type { RunEvent } from '../../src/model/event.ts'
import type { Instant } from '../../src/model/ids.ts'
import type { AttemptRef } from '../../src/engine/ports.ts'
import type { RunState } from '../../src/engine/state/run-state.ts'

const keyOf = ({ run, branch, step, iteration, attempt }: AttemptRef): string => [run, branch, step, iteration, attempt].join('/')

/** How long after it could be known a silence may be found, in milliseconds, where nothing is wrong with the store. */
const latest = 1_000

export class VitalSigns {
  /** From when on nothing is wrong with the store. */
  calmSince: Instant | undefined
  readonly #begun = new Map<string, Instant>()
  /** When it was heard, each time. */
  readonly #heard = new Map<string, readonly Instant[]>()
  readonly #timeouts = new Map<string, number>()

  heard(ref: AttemptRef, at: Instant): void {
    const key = keyOf(ref)
    if (!this.#begun.has(key)) this.#begun.set(key, at)
    this.#heard.set(key, [...(this.#heard.get(key) ?? []), at])
  }

  /** What is wrong with an event of an entry; undefined where nothing is. */
  wrong({ run, at }: RunEntry, event: RunEvent, { record, manifest }: Pick<RunState, 'record' | 'manifest'>): string | undefined {
    if (event.type !== 'attempt_ended' && event.type !== 'attempt_started') return undefined
    const { step, iteration, attempt } = event
    const pass = `${run}/${step}/${iteration}/${attempt}`
    const key = keyOf({ run, branch: record.branch, step, iteration, attempt })
    if (event.type === 'attempt_started') {
      if (event.timeout !== null) this.#timeouts.set(key, event.timeout)
      return undefined
    }
    if (event.failure?.name === 'StepTimeout') {
      const took = at - (this.#begun.get(key) ?? at)
      return took < (this.#timeouts.get(key) ?? Infinity) ? `${pass} was ended after ${took} ms` : undefined
    }
    if (event.failure?.name !== 'HeartbeatMissed') return undefined
    // What is heard in the very instant in which an attempt is ended comes too late, and what is heard while the disk lets that wait.
    const times = this.#heard.get(key) ?? []
    const heard = times.findLast((each) => each < at) ?? times[0]
    const { heartbeat } = manifest(step)
    if (heard === undefined || heartbeat === null) return `${pass} was ended for its silence, and nobody listened for it`
    const isLate = this.calmSince !== undefined && heard >= this.calmSince && at - heard > heartbeat + latest
    if (isLate) return `${pass} was silent for ${at - heard} ms before it was ended, of ${heartbeat}`
    return at - heard < heartbeat ? `${pass} was ended for its silence ${at - heard} ms after it was heard, of ${heartbeat}` : undefined
  }
}
