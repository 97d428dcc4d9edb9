/**
 * Runs that hosts have ended over.
 *
 * Invariants:
 * 1. One that a host ended over is taken up alone and after all others, by nobody else before that: so it holds up none of them.
 * 2. One that two hosts ended over, without having got on in between, is set aside whoever takes it up, and moves again only by a person.
 * 3. Where a host ended even over that, it is left as it is, and taken up only where a person acts on it.
 */
import type { Actor } from '../../model/actor.ts'
import type { RunEvent, RunEventType } from '../../model/event.ts'
import type { Failure } from '../../model/failure.ts'
import type { RunId } from '../../model/ids.ts'
import type { RunRecord } from '../../model/run.ts'
import { isEnded } from '../../model/status.ts'
import type { LastWork } from '../ports.ts'

/** So many hosts may end over a run before it is set aside. */
const mostEnds = 2

/** Where nothing is remembered of earlier hosts. */
export const nothingRemembered: LastWork = { on: (_, work) => work(), ends: () => [], forget: () => undefined }

export class CrashLoops {
  readonly #lastWork: LastWork
  readonly #heldBack = new Set<RunId>()

  constructor(lastWork: LastWork = nothingRemembered) {
    this.#lastWork = lastWork
  }

  /** Does work of a run. A host that ends in it has ended over that run. */
  on<T>(run: RunId, work: () => T): T {
    return this.#lastWork.on(run, work)
  }

  /** Those of `runs` that are taken up alone: from now on each is held back until its turn has come. */
  holdBack(runs: readonly RunId[]): ReadonlySet<RunId> {
    for (const run of runs) if (this.#lastWork.ends(run).length > 0) this.#heldBack.add(run)
    return new Set(this.#heldBack)
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

  /** Why a run is to be set aside as it is taken up; null where it is not. */
  aside({ id, parent }: Pick<RunRecord, 'id' | 'parent'>): Failure | null {
    const ends = this.#lastWork.ends(id)
    return ends.length < mostEnds ? null : crashLoop(ends, parent !== null)
  }

  /** What a run's turn has committed. What hosts ended over counts no more once the run has got on, is set aside, or a person has acted on it. */
  committed(run: RunId, actor: Actor, events: readonly RunEvent[]): void {
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
