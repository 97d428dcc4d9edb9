/**
 * Recovery has bounds: a run recovers by itself no more often than policy lets it, goes back by itself no more often, and where it does
 * it does nothing that only a person may have it do again (invariant 16, and law 2 of the design).
 */
import type { JournalEntry } from '../../src/model/entry.ts'
import type { RunEvent } from '../../src/model/event.ts'
import type { RecoveryRules } from '../../src/model/policy/recovery-rules.ts'
import type { RunState } from '../../src/engine/state/run-state.ts'
import type { Wrong } from './custody.ts'
import { passesBegun } from './passes-begun.ts'
import type { Watch } from './watch.ts'

export class RecoveryBounds implements Watch {
  readonly #rules: RecoveryRules

  constructor(rules: RecoveryRules) {
    this.#rules = rules
  }

  wrong(entry: JournalEntry, state: RunState | undefined, before: RunState | undefined): Wrong | undefined {
    if (entry.run === null || state === undefined) return undefined
    const { id, recoveries, sentBack } = state.record
    const { limit, most_restarts: most } = this.#rules
    if (recoveries > limit) return [16, `run ${id} has recovered ${recoveries} times by itself, of ${limit}`]
    if (sentBack > most) return [16, `run ${id} has gone back ${sentBack} times by itself, of ${most}`]
    for (const event of entry.events) {
      const wrong = event.type === 'run_restored' && before !== undefined ? wentWrongly(event, before, state) : undefined
      if (wrong !== undefined) return [2, `run ${id} ${wrong}`]
    }
    return undefined
  }
}

function wentWrongly(event: Extract<RunEvent, { type: 'run_restored' }>, before: RunState, state: RunState): string | undefined {
  const { byItself, generation } = event
  const own = before.record.generation
  if (generation !== own + (byItself ? 0 : 1)) return `goes back ${byItself ? 'by itself' : 'since somebody wants it'} from generation ${own} to ${generation}`
  if (!byItself) return undefined
  const stay = new Set(passesBegun(event, state).map(({ step, iteration, status }) => `${step}#${iteration} ${status}`))
  const answered = [...before.history()].filter(({ step, status }) => status === 'completed' && before.manifest(step).kind === 'approval')
  const again = answered.find(({ step, iteration }) => !stay.has(`${step}#${iteration} completed`))
  return again === undefined ? undefined : `goes back by itself, and a person is asked ${again.step} again`
}
