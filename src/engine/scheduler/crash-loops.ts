/**
 * Runs that hosts have ended over.
 *
 * Invariants:
 * 1. One that a host ended over is taken up alone and after all others, by nobody else before that: so it holds up none of them.
 * 2. One that two hosts ended over, without having got on in between, is set aside whoever takes it up, and moves again only by a person.
 * 3. Where a host ended even over that, it is left as it is, and taken up only where a person acts on it.
 * 4. One of which hosts have cut the same off twice, however they ended, is tried alone, after all others have been taken up: a host that
 *    ends before that gets on has ended over it.
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
export const nothingRemembered: LastWork = { on: (_, work) => work(), ends: () => [], forget: () => undefined, isAfterCrash: false, blame: () => undefined }

export class CrashLoops {
  readonly #lastWork: LastWork
  readonly #heldBack = new Set<RunId>()
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

  /** Whether a run whose turn has come is to be tried alone instead: it is held back again until then. */
  isToBeTried(state: RunState): boolean {
    const { id } = state.record
    const isSuspect = this.#lastWork.isAfterCrash && this.#lastWork.ends(id).length < mostEnds && wasCutOffAgain(state)
    if (isSuspect) this.#heldBack.add(id)
    return isSuspect
  }

  /**
   * Takes a run up that is to be tried; resolves once what is under way of it has ended, or has not ended the host for long enough.
   * `takeUp` answers whether something is.
   */
  async tryAlone(run: RunId, clock: Clock, takeUp: () => Promise<boolean>): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#heldBack.delete(run)
    this.#trial = { run, over: resolve }
    this.#lastWork.blame(run)
    const disarm = clock.at(clock.now() + trial, resolve)
    try {
      if (await takeUp()) await promise
    } finally {
      disarm()
      this.#lastWork.blame(null)
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

/** Whether a try is under way that follows others which were cut off, and which counted for nothing. */
function wasCutOffAgain(state: RunState): boolean {
  return state.attempts().some(({ step, iteration }) => {
    const pass = state.iterations(step)[iteration - 1]
    return pass !== undefined && pass.attempts - pass.tries - pass.compensationTries - pass.checkTries >= mostCutOff
  })
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
