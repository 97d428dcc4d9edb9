/** What must hold of error records after every entry of a run, seen from its journal and its fold. */
import type { RunEntry } from '../../src/model/entry.ts'
import type { Recovery } from '../../src/model/error-record.ts'
import type { ErrorId } from '../../src/model/ids.ts'
import { waitsForPerson } from '../../src/model/recovery-strategy.ts'
import { isEnded } from '../../src/model/status.ts'
import type { StepRecord } from '../../src/model/step.ts'
import type { RunState } from '../../src/engine/state/run-state.ts'

export class ErrorFold {
  readonly #ofRuns = new Set<ErrorId>()
  /** Told of runs that had ended: of what was found damaged of them since. They stay open until it is mended. */
  readonly #sinceTheEnd = new Set<ErrorId>()
  /** Of all runs: that of a child leads to one of its parent. */
  readonly #known: Set<ErrorId>

  constructor(known: Set<ErrorId>) {
    this.#known = known
  }

  /** What is wrong after the entry; undefined where nothing is. */
  fault({ events }: RunEntry, state: RunState): string | undefined {
    const hadEnded = isEnded(state.record.status) && !events.some(({ type }) => type === 'run_moved')
    for (const event of events) {
      if (event.type !== 'error_opened') continue
      const { id, step, causedBy } = event.error
      if (causedBy !== null && !this.#known.has(causedBy)) return `error ${id} is caused by ${causedBy}, which there is not`
      this.#known.add(id)
      if (step === null) this.#ofRuns.add(id)
      if (hadEnded) this.#sinceTheEnd.add(id)
    }
    const isFailing = events.some((event) => event.type === 'run_moved' && event.to === 'failed')
    const isTold = events.some((event) => event.type === 'error_closed' && event.status === 'failed' && this.#ofRuns.has(event.id))
    if (isFailing && !isTold) return 'it failed, and no error of it says so'
    return openFault(state, this.#sinceTheEnd) ?? untold(state)
  }
}

function openFault(state: RunState, sinceTheEnd: ReadonlySet<ErrorId>): string | undefined {
  for (const { id, step, iteration, phase, branch, recoveries, status } of state.errors()) {
    if (isEnded(state.record.status) && !sinceTheEnd.has(id)) return `it ended while error ${id} is open`
    if (branch !== state.record.branch) return `error ${id} is open on branch ${branch}, which it has left`
    if (recoveries.at(-1)?.outcome !== 'under_way') return `nothing is done about error ${id}`
    if (isAnswered(recoveries.at(-1)) !== (status === 'waiting')) return `error ${id} is ${status}, and is answered by ${recoveries.at(-1)?.strategy}`
    if (step === null || iteration === null) continue
    const pass = state.pass({ step, iteration })
    const { strategy } = recoveries.at(-1) ?? {}
    const isGoingBack = (pass.status === 'failed' && strategy === 'rollback') || (pass.status === 'cancelled' && strategy === 'give_way')
    const isRolledBack = state.record.closing !== null && isGoingBack
    const isOver = isRolledBack ? false : phase === 'compensate' ? pass.compensation !== 'owed' : !['pending', 'running', 'waiting', 'in_doubt'].includes(pass.status)
    if (isOver) return `error ${id} of ${step} is open though that is ${pass.status}, its compensation ${pass.compensation}`
  }
  return undefined
}

/** What waits since it failed has an error that says so. */
function untold(state: RunState): string | undefined {
  for (const pass of state.underWay()) {
    const phase = pass.status === 'completed' ? 'compensate' : 'run'
    if (waitsForRecovery(pass) && state.errorOf(pass, phase) === undefined) return `${pass.step} waits since it failed, and no error says so`
  }
  return undefined
}

function waitsForRecovery({ status, waiting, failure }: StepRecord): boolean {
  return status === 'in_doubt' || (failure !== null && waiting !== null && waiting.for !== 'timer')
}

function isAnswered(newest: Recovery | undefined): boolean {
  return newest !== undefined && waitsForPerson(newest.strategy)
}
