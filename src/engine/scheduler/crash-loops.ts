/**
 * Runs that hosts have ended over.
 *
 * Invariants:
 * 1. One that a host ended over is taken up alone and after all others, by nobody else before that: so it holds up none of them.
 * 2. One that two hosts ended over, without having got on in between, is set aside whoever takes it up, and moves again only by a person.
 * 3. Where a host ended even over that, it is left as it is, and taken up only where a person acts on it.
 * 4. One of which hosts have cut the same off twice, however they ended, is tried alone, after all others have been taken up: a host that
 *    ends before that gets on has ended over it.
 * 5. So is the only one of which anything was cut off. While it is tried, the host before this one counts as having ended over it, too.
 */
import { type Actor, hostActor } from '../../model/actor.ts'
import type { RunEvent, RunEventType } from '../../model/event.ts'
import type { Failure } from '../../model/failure.ts'
import type { RunId } from '../../model/ids.ts'
import type { RunRecord } from '../../model/run.ts'
import { isEnded } from '../../model/status.ts'
import type { Clock, LastWork } from '../ports.ts'
import type { RunState } from '../state/run-state.ts'

/** So many hosts may end over a run before it is set aside. */
const mostEnds = 2
/** So many tries of a pass may be cut off before its run is tried alone. */
const mostCutOff = 2
/** How long that takes at most, in milliseconds. */
const trial = 30_000

/** Where nothing is remembered of earlier hosts. */
export const nothingRemembered: LastWork = { on: (_, work) => work(), ends: () => [], forget: () => undefined, isAfterCrash: false, blame: () => undefined, blameBefore: () => undefined }

export class CrashLoops {
  readonly #lastWork: LastWork
  readonly #heldBack = new Set<RunId>()
  /** Runs of which the crash has cut something off. */
  readonly #cutOff = new Set<RunId>()
  /** Those of which the same was cut off before. */
  readonly #again = new Set<RunId>()
  #trial: { readonly run: RunId; readonly over: () => void } | null = null

  constructor(lastWork: LastWork = nothingRemembered) {
    this.#lastWork = lastWork
  }

  /** Does work of a run. A host that ends in it has ended over that run. */
  on<T>(run: RunId, work: () => T): T {
    return this.#lastWork.on(run, work)
  }

  /** Those of `runs` that are taken up alone. After a crash, each of all is held back until its turn has come. */
  holdBack(runs: readonly RunId[]): ReadonlySet<RunId> {
    const alone = runs.filter((run) => this.#lastWork.ends(run).length > 0)
    for (const run of this.#lastWork.isAfterCrash ? runs : alone) this.#heldBack.add(run)
    return new Set(alone)
  }

  /** Whether nobody but a person has the run taken up. */
  isHeldBack(run: RunId): boolean {
    return this.#heldBack.has(run)
  }

  /** Its turn to be taken up has come. @throws where it is to be left as it is */
  assertNotLeft(run: RunId): void {
    const ends = this.#lastWork.ends(run)
    if (ends.length > mostEnds) throw new Error(`${endsOver(ends)}: it is left as it is until a person acts on it`)
    this.#heldBack.delete(run)
  }

  /** Whether a run whose turn has come may have to be tried alone: it is held back again until all others have had theirs. */
  mayBeSuspect(state: RunState): boolean {
    const { id } = state.record
    const times = timesCutOff(state)
    if (!this.#lastWork.isAfterCrash || times === 0) return false
    const isFirst = this.#cutOff.size === 0
    this.#cutOff.add(id)
    if (times >= mostCutOff) this.#again.add(id)
    const isIt = this.#lastWork.ends(id).length < mostEnds && (isFirst || this.#again.has(id))
    if (isIt) this.#heldBack.add(id)
    return isIt
  }

  /** Once all others have had their turn: who of those that were held back is tried, the newest first, since the others have outlived hosts before it was there. */
  suspects(heldBack: readonly RunId[]): { readonly tried: readonly RunId[]; readonly cleared: readonly RunId[] } {
    const isOnly = this.#cutOff.size === 1
    const { tried = [], cleared = [] } = Object.groupBy(heldBack, (run) => (isOnly || this.#again.has(run) ? 'tried' : 'cleared'))
    for (const run of cleared) this.#heldBack.delete(run)
    return { tried: tried.toReversed(), cleared }
  }

  /**
   * Takes a run up that is to be tried; resolves once what is under way of it has ended, or has not ended the host for long enough.
   * `takeUp` answers whether something is.
   */
  async tryAlone(run: RunId, clock: Clock, takeUp: () => Promise<boolean>): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const isFirst = this.#lastWork.ends(run).length === 0
    this.#heldBack.delete(run)
    this.#trial = { run, over: resolve }
    if (isFirst && this.#cutOff.size === 1) this.#lastWork.blameBefore(run)
    this.#lastWork.blame(run)
    const disarm = clock.at(clock.now() + trial, resolve)
    try {
      if (await takeUp()) await promise
    } finally {
      disarm()
      this.#lastWork.blame(null)
      if (isFirst) this.#lastWork.forget(run)
      this.#trial = null
    }
  }

  /** Nobody is tried any more. */
  close(): void {
    this.#trial?.over()
  }

  /** Why a run is to be set aside as it is taken up; null where it is not. */
  aside({ id, parent }: Pick<RunRecord, 'id' | 'parent'>): Failure | null {
    const ends = this.#lastWork.ends(id)
    return ends.length < mostEnds ? null : crashLoop(ends, parent !== null)
  }

  /** What a run's turn has committed. What hosts ended over counts no more once the run has got on, is set aside, or a person has acted on it. */
  committed(run: RunId, actor: Actor, events: readonly RunEvent[]): void {
    if (run === this.#trial?.run && actor !== hostActor && (actor.kind === 'person' || events.some(stops))) this.#trial.over()
    if (this.#lastWork.ends(run).length === 0) return
    if (actor.kind !== 'person' && !events.some(getsOn)) return
    this.#lastWork.forget(run)
    this.#heldBack.delete(run)
  }
}

const settles: ReadonlySet<RunEventType> = new Set(['step_completed', 'step_skipped', 'step_failed', 'compensation_settled', 'run_quarantined'])

function getsOn(event: RunEvent): boolean {
  return settles.has(event.type) || (event.type === 'run_moved' && isEnded(event.to))
}

/** Something of it that was under way is so no more. */
function stops(event: RunEvent): boolean {
  return event.type === 'attempt_ended' || event.type === 'run_quarantined' || getsOn(event)
}

/** How often hosts have cut the same off that goes on at the moment. */
function timesCutOff(state: RunState): number {
  const passes = [...state.attempts()].map(({ step, iteration }) => state.iterations(step)[iteration - 1])
  return Math.max(0, ...passes.map((pass) => (pass === undefined ? 0 : pass.attempts - pass.tries - pass.compensationTries - pass.checkTries)))
}

function crashLoop(ends: readonly string[], isChild: boolean): Failure {
  return {
    class: 'crash',
    name: 'CrashLoop',
    message: endsOver(ends),
    wayOut: `look at it, then resume it${isChild ? '' : ', send it back to an earlier checkpoint'}, or cancel it`,
  }
}

function endsOver(ends: readonly string[]): string {
  return `${ends.length} hosts ended while they were at work on this run (${ends.join(', ')})`
}
