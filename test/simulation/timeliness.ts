/** When things were due: nothing that waits for a time goes on before it, whatever the clock does (invariant 11). */
import type { RunEntry } from '../../src/model/entry.ts'
import type { RunEvent } from '../../src/model/event.ts'
import type { DecisionId, Instant, StepId } from '../../src/model/ids.ts'
import type { RunState } from '../../src/engine/state/run-state.ts'

export class Timeliness {
  readonly #due = new Map<string, Instant>()
  readonly #deadlines = new Map<DecisionId, Instant>()

  /** What is wrong with an event of an entry; undefined where nothing is. `state` is the run as the entry left it. */
  wrong(entry: RunEntry, event: RunEvent, state: RunState): string | undefined {
    const named = (pass: { readonly step: StepId; readonly iteration: number }): string => `${entry.run}/${state.record.branch}/${pass.step}/${pass.iteration}`
    switch (event.type) {
      case 'step_waiting':
      case 'compensation_waiting':
      case 'check_waiting':
        // A breaker that closes wakes what it holds before that.
        if (event.until === null || (event.type === 'step_waiting' && event.for === 'breaker')) this.#due.delete(named(event))
        else this.#due.set(named(event), event.until)
        return undefined
      case 'attempt_started':
      case 'step_ready':
      case 'step_completed':
        return this.#goesOn(entry, named(event))
      case 'decision_opened':
        if (event.decision.deadline !== null) this.#deadlines.set(event.decision.id, event.decision.deadline)
        return undefined
      case 'decision_closed': {
        const deadline = this.#deadlines.get(event.id) ?? 0
        return event.status === 'expired' && entry.at < deadline ? `decision ${event.id} expired ${deadline - entry.at} ms early` : undefined
      }
      case 'run_closing':
        // A child that took too long was looked at there.
        return event.closing.failure?.name === 'RunTimeout' && event.closing.failure.child === undefined ? tookLessThanItsTime(state) : undefined
      default:
        return undefined
    }
  }

  /** A person may have something go on at once. */
  #goesOn({ at, actor }: RunEntry, pass: string): string | undefined {
    const due = this.#due.get(pass) ?? 0
    this.#due.delete(pass)
    return actor.kind !== 'person' && at < due ? `${pass} goes on ${due - at} ms early` : undefined
  }
}

function tookLessThanItsTime({ record: { id, clock, updatedAt }, graph }: RunState): string | undefined {
  const spent = clock.spent + (clock.since === null ? 0 : updatedAt - clock.since)
  const timeout = graph.manifest.timeout ?? Infinity
  return spent < timeout ? `run ${id} was ended after ${spent} ms, of ${timeout}` : undefined
}
