/** Runs that policy has queued for later: none is lost in the queue, and none is given up without a reason (invariant 15). */
import type { JournalEntry } from '../../src/model/entry.ts'
import type { Pass, RunState } from '../../src/engine/state/run-state.ts'
import type { Wrong } from './custody.ts'
import type { Watch } from './watch.ts'

export class DeadLetters implements Watch {
  wrong(entry: JournalEntry, state: RunState | undefined): Wrong | undefined {
    if (entry.run === null || state === undefined) return undefined
    const silent = entry.events.some((event) => event.type === 'decision_closed' && event.action === 'discard' && (event.note ?? '').trim() === '')
    const wrong = silent ? `run ${entry.run} is discarded, and nobody has said why` : (lost(state) ?? misplaced(state))
    return wrong === undefined ? undefined : [15, wrong]
  }
}

/** What waits in the queue can be drained from there, and what can be drained waits there. */
function lost(state: RunState): string | undefined {
  const letters = [...state.decisions()].filter(({ kind }) => kind === 'dead_letter').map(nameOf)
  const waiting = [...state.underWay()].filter(({ waiting: waits }) => waits?.for === 'dead_letter').map(nameOf)
  const gone = waiting.find((pass) => letters.filter((letter) => letter === pass).length !== 1)
  if (gone !== undefined) return `run ${state.record.id} is lost in the queue: nobody can drain ${gone}`
  const extra = letters.find((letter) => !waiting.includes(letter))
  return extra === undefined ? undefined : `run ${state.record.id} has a dead letter of ${extra}, which does not wait`
}

/** A run is a dead letter once nothing else of it is awaited. */
function misplaced(state: RunState): string | undefined {
  if (state.record.waiting !== 'dead_letter') return undefined
  const other = [...state.underWay()].find(({ waiting }) => waiting?.for !== 'dead_letter' && waiting?.for !== 'fallback')
  return other === undefined ? undefined : `run ${state.record.id} is in the queue while ${nameOf(other)} is ${other.status}`
}

function nameOf({ step, iteration }: Pass): string {
  return `${step}#${iteration}`
}
