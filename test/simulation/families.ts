/**
 * Runs and their children, told from the journal alone: each child was begun by one attempt and by no more, ends before its parent
 * undoes or ends anything of its own, and is heard of once. At rest, who waits for a child waits for one that still has to end, and
 * a child that nobody waits for comes to its end. One that its parent was told cannot be read has no more to do with that.
 */
import type { JournalEntry, RunEntry } from '../../src/model/entry.ts'
import type { RunEvent } from '../../src/model/event.ts'
import type { Failure } from '../../src/model/failure.ts'
import type { Instant, RunId, StepId } from '../../src/model/ids.ts'
import type { Parent } from '../../src/model/run.ts'
import { isEnded } from '../../src/model/status.ts'
import { awaited } from '../../src/engine/planner/child-wish.ts'
import type { RunState } from '../../src/engine/state/run-state.ts'
import type { Wrong } from './custody.ts'
import type { Watch } from './watch.ts'

type Event<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>

/** The longest that a child may not have heard of what its parent wants, while both are with one host. */
const moment = 10_000

/** What the parent said of a child, where it did. */
interface Known {
  readonly of: Pick<Parent, 'run' | 'step' | 'iteration' | 'attempt'> & { readonly branch: number }
  created: boolean
  told: number
  calledBack: number
  /** Its parent was told that it cannot be read. */
  lost: boolean
}

export class Families implements Watch {
  /** As their entries tell them. */
  readonly #runs = new Map<RunId, RunState>()
  /** Whether a run was taken up by this host, and goes on in it. */
  readonly #isWithHost: (run: RunId) => boolean
  readonly #children = new Map<RunId, Known>()
  /** Attempts that have begun a child. */
  readonly #callers = new Map<string, RunId>()
  /** Since when nobody has waited for a child. */
  readonly #left = new Map<RunId, Instant>()

  constructor(isWithHost: (run: RunId) => boolean) {
    this.#isWithHost = isWithHost
  }

  wrong(entry: JournalEntry, state: RunState | undefined): Wrong | undefined {
    if (entry.run === null || state === undefined) return undefined
    this.#runs.set(entry.run, state)
    for (const event of entry.events) {
      const wrong = this.#wrong(entry, event, state)
      if (wrong !== undefined) return wrong
    }
    this.#leave(entry, state)
    return undefined
  }

  /** Who waits for what will never come, once all is at rest. */
  atRest(): Wrong | undefined {
    for (const [child, { created, of }] of this.#children) {
      if (!created) return [6, `run ${of.run} has begun child ${child}, which there is not`]
      const { record } = this.#runs.get(child) ?? {}
      const parent = this.#runs.get(of.run)
      const isAwaited = parent !== undefined && awaited(parent).some((pass) => pass.child === child)
      const goesOn = record !== undefined && !isEnded(record.status) && record.status !== 'quarantined' && (record.closing === null || record.closing.outcome === 'rolled_back')
      if (goesOn && !isAwaited && this.#isWithHost(child)) return [6, `child ${child} of ${of.run}/${of.step} goes on though nobody waits for it`]
    }
    for (const [run, state] of this.#runs) {
      if (!this.#isWithHost(run)) continue
      const { paused, status } = state.record
      for (const { child, step, status: at } of awaited(state)) {
        const found = this.#runs.get(child)
        const isOver = found === undefined || (isEnded(found.record.status) && (at === 'waiting' || found.record.status !== 'completed'))
        if (isOver && !paused && status !== 'quarantined') return [6, `${run}/${step} waits for child ${child}, which is ${found?.record.status ?? 'gone'}`]
        const goesOn = found !== undefined && !isEnded(found.record.status) && found.record.status !== 'quarantined' && this.#isWithHost(child)
        if (goesOn && status === 'paused' && !found.record.paused) return [6, `child ${child} goes on though its parent ${run} is paused`]
        if (goesOn && !paused && found.record.parent?.held === true) return [6, `child ${child} is held though its parent ${run} goes on`]
      }
    }
    return undefined
  }

  #wrong(entry: RunEntry, event: RunEvent, state: RunState): Wrong | undefined {
    switch (event.type) {
      case 'child_begun':
        return this.#begun(entry.run, event, state)
      case 'run_created':
        return this.#created(event)
      case 'child_ended':
        return this.#ended(entry.run, event)
      case 'child_called_back':
        return this.#calledBack(event) ?? this.#undoesFirst(entry.run, state)
      case 'error_opened':
        return this.#lost(event.error.failure)
      case 'error_recurred':
        return this.#lost(event.failure)
      case 'attempt_started':
        return event.phase === 'compensate' ? this.#undoesFirst(entry.run, state) : event.phase === 'run' ? this.#goesOn(entry, event.step) : undefined
      case 'run_called_back':
        return state.record.parent === null ? [8, `run ${entry.run} is nobody's child, and is called back`] : undefined
      case 'run_moved':
        return isEnded(event.to) ? this.#allOver(entry.run, state) : undefined
      default:
        return undefined
    }
  }

  #leave({ run, at }: RunEntry, state: RunState): void {
    const present = new Set([...awaited(state)].map(({ child }) => child))
    for (const [child, { of }] of this.#children) if (of.run === run && !present.has(child) && !this.#left.has(child)) this.#left.set(child, at)
  }

  /** It may have gone on for a moment before it heard of that. */
  #goesOn({ run, at }: RunEntry, step: StepId): Wrong | undefined {
    const left = this.#left.get(run)
    return left === undefined || at - left <= moment ? undefined : [6, `child ${run} goes on with ${step} though nobody has waited for it for ${at - left} ms`]
  }

  #begun(run: RunId, { step, iteration, attempt, child }: Event<'child_begun'>, state: RunState): Wrong | undefined {
    const { branch, closing } = state.record
    const caller = `${run}/${branch}/${step}/${iteration}/${attempt}`
    if (this.#callers.has(caller)) return [2, `${caller} has begun child ${child}, and ${this.#callers.get(caller)} before`]
    if (this.#children.has(child)) return [2, `child ${child} was begun twice`]
    if (closing !== null) return [8, `${caller} has begun child ${child} while its run is closing`]
    this.#callers.set(caller, child)
    this.#children.set(child, { of: { run, branch, step, iteration, attempt }, created: false, told: 0, calledBack: 0, lost: false })
    return undefined
  }

  #created({ run: { id, parent, disarmed } }: Event<'run_created'>): Wrong | undefined {
    if (parent === null) return undefined
    const known = this.#children.get(id)
    const { run, step, iteration, attempt } = parent
    const isOfThat = known?.of.run === run && known.of.step === step && known.of.iteration === iteration && known.of.attempt === attempt
    if (known === undefined || !isOfThat || known.created) return [2, `child ${id} says that ${run}/${step}/${iteration} has begun it, which does not`]
    known.created = true
    return this.#runs.get(run)?.record.disarmed === disarmed ? undefined : [5, `child ${id} is ${disarmed ? '' : 'not '}disarmed, and its parent ${run} is not like it`]
  }

  #ended(run: RunId, { child, status }: Event<'child_ended'>): Wrong | undefined {
    const known = this.#children.get(child)
    const stands = this.#runs.get(child)?.record.status
    if (known?.of.run !== run) return [2, `run ${run} hears of the end of ${child}, which is not its child`]
    known.told += 1
    if (known.told > 1) return [2, `run ${run} hears twice of the end of child ${child}`]
    // What a completed one put out may be lost.
    const isSo = stands !== undefined && isEnded(stands) && (status === 'failed' || (status === 'completed') === (stands === 'completed'))
    return isSo ? undefined : [2, `run ${run} hears that child ${child} is ${status}, and it is ${stands}`]
  }

  #calledBack({ child }: Event<'child_called_back'>): Wrong | undefined {
    const known = this.#children.get(child)
    if (known === undefined) return [8, `${child} is called back, and is nobody's child`]
    known.calledBack += 1
    return known.calledBack > 1 ? [8, `child ${child} is called back twice`] : undefined
  }

  /** A person may have it called back once more, or has undone by hand what it did. */
  #lost({ class: of, child }: Failure): undefined {
    const known = of === 'corruption' && child?.error === null ? this.#children.get(child.run) : undefined
    if (known !== undefined) Object.assign(known, { calledBack: 0, lost: true })
  }

  /** What is under way below comes to its end before anything that completed before it is undone. */
  #undoesFirst(run: RunId, state: RunState): Wrong | undefined {
    const open = this.#under(run, state).find(({ record }) => !isEnded(record.status))
    return open === undefined ? undefined : [8, `run ${run} undoes what it did while its child ${open.record.id} is ${open.record.status}`]
  }

  /** Nothing is left of children of the branch that ends, and what was undone of them owes nothing. */
  #allOver(run: RunId, state: RunState): Wrong | undefined {
    for (const child of this.#under(run, state)) {
      const { id, status } = child.record
      if (!isEnded(status)) return [6, `run ${run} ended while its child ${id} is ${status}`]
      const pass = this.#passOf(id, state)
      const owed = [...child.history()].find(({ compensation }) => compensation === 'owed')
      if (pass?.compensation === 'done' && owed !== undefined) return [8, `child ${id} is undone, and ${owed.step} of it owes its compensation`]
    }
    return undefined
  }

  /** Children that the branch on which the run is has begun. */
  #under(run: RunId, { record: { branch } }: RunState): RunState[] {
    return [...this.#children].flatMap(([child, { of, lost }]) => {
      const found = lost ? undefined : this.#runs.get(child)
      return of.run === run && of.branch === branch && found !== undefined ? [found] : []
    })
  }

  #passOf(child: RunId, state: RunState) {
    const of = this.#children.get(child)?.of
    const pass = of === undefined ? undefined : state.iterations(of.step)[of.iteration - 1]
    return pass?.child === child ? pass : undefined
  }
}
