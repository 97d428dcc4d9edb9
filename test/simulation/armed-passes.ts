import type { RunEntry } from '../../src/model/entry.ts'
import type { RunEventMap } from '../../src/model/event.ts'
import type { DecisionId } from '../../src/model/ids.ts'
import type { Phase } from '../../src/model/step.ts'
import type { Pass, RunState } from '../../src/engine/state/run-state.ts'

/** Which passes of disarmed runs a person has armed, read off decisions alone. */
export class ArmedPasses {
  readonly #asked = new Map<DecisionId, string>()
  readonly #armed = new Set<string>()

  /** `state` is the run after the entry in which it was asked. */
  asked({ decision }: RunEventMap['decision_opened'], state: RunState): void {
    if (decision.kind !== 'arm') return
    const phase = state.pass(decision).status === 'completed' ? 'compensate' : 'run'
    this.#asked.set(decision.id, named(state, decision, phase))
  }

  answered({ actor }: RunEntry, { id, action }: RunEventMap['decision_closed']): void {
    const asked = this.#asked.get(id)
    if (asked !== undefined && action === 'arm' && actor.kind === 'person') this.#armed.add(asked)
  }

  /** Whether the pass may touch the outside world, as far as people have a say in it. */
  mayAct(state: RunState, pass: Pass, phase: Phase): boolean {
    const isHarmless = !state.record.disarmed || state.manifest(pass.step).effect === null
    return isHarmless || this.#armed.has(named(state, pass, phase))
  }
}

function named({ record }: RunState, { step, iteration }: Pass, phase: Phase): string {
  return `${record.id}/${record.branch}/${step}/${iteration} ${phase}`
}
