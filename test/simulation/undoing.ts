/** What is undone, told from the journal alone: last first, once each, and of what goes back to a savepoint all that completed since. */
import type { JournalEntry, RunEntry } from '../../src/model/entry.ts'
import type { RunEventMap } from '../../src/model/event.ts'
import type { RunId } from '../../src/model/ids.ts'
import type { Savepoint } from '../../src/model/savepoint.ts'
import type { RunState } from '../../src/engine/state/run-state.ts'
import type { Wrong } from './custody.ts'
import { passesBegun } from './passes-begun.ts'
import type { Watch } from './watch.ts'

export class Undoing implements Watch {
  readonly #runs = new Map<RunId, RunState>()
  readonly #compensated = new Set<string>()
  readonly #undone = new Set<string>()

  wrong(entry: JournalEntry, state: RunState | undefined, before: RunState | undefined): Wrong | undefined {
    if (entry.run === null || state === undefined) return undefined
    this.#runs.set(entry.run, state)
    for (const event of entry.events) {
      const what =
        event.type === 'compensation_settled' ? this.#inOrder(entry, event, state, before) : event.type === 'run_restored' ? this.#wentBack(entry, event, state, before) : undefined
      if (what !== undefined) return [8, what]
    }
    return undefined
  }

  /** What was compensated since is not taken as done. */
  #wentBack(entry: RunEntry, event: RunEventMap['run_restored'], state: RunState, before: RunState | undefined): string | undefined {
    const closing = before?.record.closing ?? entry.events.flatMap((other) => (other.type === 'run_closing' ? other.closing : [])).at(-1)
    const isRolledBack = closing?.outcome === 'rolled_back' && closing.to.checkpoint === event.to && !isSentBackByPerson(entry)
    const left = isRolledBack ? leftUndone(entry, closing.to, before) : undefined
    if (left !== undefined) return left
    for (const { step, iteration, generation, compensation } of passesBegun(event, state)) {
      const pass = `${entry.run}/${step}/${iteration}/${generation}`
      // What was given up is owed again, what was done is not.
      if (!this.#undone.has(pass)) this.#compensated.delete(pass)
      else if (compensation === 'owed') return `${pass} owes its compensation again though that was done`
    }
    for (const { step, iteration, generation, status } of state.present()) {
      const pass = `${entry.run}/${step}/${iteration}/${generation}`
      if (status === 'completed' && this.#undone.has(pass)) return `${pass} is taken as done though it was compensated`
    }
    return undefined
  }

  #inOrder(entry: RunEntry, { step, iteration, as }: RunEventMap['compensation_settled'], state: RunState, before: RunState | undefined): string | undefined {
    const then = before ?? state
    const { closing } = then.record
    // What a person leaves behind who sends the run back is not said of any pass.
    if (before !== undefined && (closing?.outcome !== 'rolled_back' || isSentBackByPerson(entry))) return undefined
    const { generation, order: own, child } = then.pass({ step, iteration })
    if (closing?.outcome === 'rolled_back' && (own ?? 0) <= closing.to.order) return `${step} is undone though it completed before ${closing.to.name}`
    const pass = `${entry.run}/${step}/${iteration}/${generation}`
    if (this.#compensated.has(pass)) return `${pass} was compensated twice`
    this.#compensated.add(pass)
    if (as === 'done') this.#undone.add(pass)
    else if (!isLeftByPerson(entry) && !this.#isLeftWithin(child)) return `${pass} is left as it is, and nobody has said why`
    const passedOver = [...then.history()].find(({ compensation, order }) => compensation === 'owed' && (order ?? 0) > (own ?? 0))
    return passedOver === undefined ? undefined : `${pass} is ${as} before ${passedOver.step}, which completed after it`
  }

  /** A child of which something is left as it is, by the word of a person, is not undone as a whole. */
  #isLeftWithin(child: RunId | null): boolean {
    const history = child === null ? undefined : this.#runs.get(child)?.history()
    return history?.some(({ compensation }) => compensation === 'given_up') ?? false
  }
}

/** It goes back to a savepoint once nothing is owed any more of what completed since, and nothing runs. */
function leftUndone(entry: RunEntry, { name, order }: Savepoint, before: RunState | undefined): string | undefined {
  const now = new Set(entry.events.flatMap((event) => (event.type === 'compensation_settled' ? [`${event.step}/${event.iteration}`] : [])))
  const owed = [...(before?.history() ?? [])].find((pass) => pass.compensation === 'owed' && (pass.order ?? 0) > order && !now.has(`${pass.step}/${pass.iteration}`))
  if (owed !== undefined) return `run ${entry.run} is back at ${name} while ${owed.step} owes its compensation`
  const live = before?.attempts().find(({ phase }) => phase === 'run')
  const ended = entry.events.some(({ type }) => type === 'attempt_ended')
  return live !== undefined && !ended ? `run ${entry.run} is back at ${name} while ${live.step} runs` : undefined
}

/** What is not undone is so by the word of a person, who says why. */
function isLeftByPerson({ events, actor }: RunEntry): boolean {
  return actor.kind === 'person' && events.some((event) => event.type === 'decision_closed' && event.action === 'skip' && event.note !== null)
}

/** By a restore, also while the run is rolled back; what an answer of theirs settles may have that come to its end. */
function isSentBackByPerson({ events, actor }: RunEntry): boolean {
  const answers = events.some((event) => event.type === 'decision_closed' && event.status !== 'withdrawn')
  return actor.kind === 'person' && !answers && events.some(({ type }) => type === 'run_restored')
}
