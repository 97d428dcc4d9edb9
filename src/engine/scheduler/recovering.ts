/**
 * Taking up what an earlier host left unfinished.
 *
 * Invariants:
 * 1. A few runs at a time; what a host ended over alone, after all others, and what is to be tried after these (`crash-loops.ts`).
 * 2. Nothing is started of a run before its rows and the state that it is at have been checked.
 * 3. What is wrong with one run keeps no other from being taken up. What the store cannot be asked of now is taken up once it can.
 */
import { Conflict } from '../../model/control-errors.ts'
import type { Failure } from '../../model/failure.ts'
import type { RunId, WorkflowName } from '../../model/ids.ts'
import { isSetAside, type RunRecord } from '../../model/run.ts'
import type { AttemptRecord } from '../../model/step.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { RecoveryReport } from '../control.ts'
import type { Storage, UnfinishedRuns } from '../ports.ts'
import type { ChildWish } from '../planner/child-wish.ts'
import type { RunState } from '../state/run-state.ts'
import { heed } from '../turn/child.ts'
import { quarantine, release, setAside } from '../turn/quarantine.ts'
import { recover, recoverLate } from '../turn/recover.ts'
import type { Turn } from '../turn/turn.ts'
import type { CrashLoops } from './crash-loops.ts'
import type { Decide } from './run-actor.ts'
import { mayPass } from './waited-out.ts'

/** How many runs are taken up at a time. */
const atOnce = 8

export interface TakenUp {
  readonly record: RunRecord
  /** Attempts that an earlier host left under way. */
  readonly interrupted: number
}

/** Takes a run up, or sets it aside. @throws Conflict where it has ended meanwhile, StorageError */
export type TakeUp = (run: RunId) => Promise<TakenUp>

/** What the parent of a run wants of it, or the damage that keeps that from being known; null where it has no parent. */
export type Wished = ChildWish | CorruptionFound | null

/** What it is taken up for has not come yet: it is tried alone, once all others have been taken up. */
export class TriedLater extends Error {
  readonly workflow: WorkflowName
  readonly interrupted: number

  constructor(state: RunState) {
    const { id, workflow } = state.record
    super(`run ${id} is tried alone`)
    this.workflow = workflow
    this.interrupted = [...state.attempts()].length
  }
}

/** The turn with which a run is taken up, after what it is to go on from has been checked. */
export function firstTurn(storage: Pick<Storage, 'moment'>, { record }: RunState, aside: Failure | null, wished: Wished): Decide {
  const damage = damageOf(storage, record)
  return (turn) => {
    if (damage !== null) quarantine(turn, damage, undefined)
    else if (aside !== null) setAside(turn, aside)
    recover(turn, heedFirst(turn, wished))
  }
}

/** The same of a run that somebody acts on before it was taken up with the others, or that could not be. */
export function lateTurn(storage: Pick<Storage, 'moment'>, { record }: RunState, aside: Failure | null, wished: Wished): Decide {
  const damage = damageOf(storage, record)
  return (turn) => {
    if (damage !== null) quarantine(turn, damage, undefined)
    else if (aside !== null) setAside(turn, aside)
    recoverLate(turn, heedFirst(turn, wished))
  }
}

/**
 * Before anything of a child starts again: its parent may not want it any more. Where nobody knows, a person looks. Answers what an
 * earlier host left under way, whatever is by then.
 */
function heedFirst(turn: Turn, wished: Wished): readonly AttemptRecord[] {
  const underWay = [...turn.state.attempts()]
  if (wished instanceof CorruptionFound) setAside(turn, parentUnread(turn.state.record, wished))
  else if (wished !== null) heed(turn, wished)
  return underWay
}

/** What was damaged of a run is so no more: it goes on, unless that may not be wanted and nobody knows. */
export function mended(turn: Turn, wished: Wished): void {
  const { record } = turn.state
  // For something else, which stays so.
  if (isSetAside(record)) return
  if (!(wished instanceof CorruptionFound)) return release(turn, wished)
  if (record.status !== 'quarantined') return release(turn, null)
  turn.emit({ type: 'run_released' })
  setAside(turn, parentUnread(record, wished))
}

function damageOf(storage: Pick<Storage, 'moment'>, { id, head }: RunRecord): CorruptionFound | null {
  try {
    storage.moment(id, head)
    return null
  } catch (error) {
    if (error instanceof CorruptionFound) return error
    throw error
  }
}

/** `unread` is told of each that is left since the store did not answer, `tried` of each that is to be tried alone. */
export async function takeUpAll(
  { runs, damaged }: UnfinishedRuns,
  loops: CrashLoops,
  takeUp: TakeUp,
  { unread, tried }: { readonly unread: (run: RunId) => void; readonly tried: (run: RunId) => void },
): Promise<RecoveryReport> {
  const report = new Report()
  for (const damage of damaged) report.leave(damage.key, damage)
  const alone = loops.holdBack(runs)
  const one = async (run: RunId): Promise<void> => {
    try {
      loops.assertNotLeft(run)
      report.add(await takeUp(run))
    } catch (error) {
      if (error instanceof TriedLater) {
        report.recovered.push({ run, workflow: error.workflow, interrupted: error.interrupted })
        return tried(run)
      }
      report.leave(run, error)
      if (mayPass(error)) unread(run)
    }
  }
  const others = runs.filter((run) => !alone.has(run))
  for (let next = 0; next < others.length; next += atOnce) await Promise.all(others.slice(next, next + atOnce).map(one))
  for (const run of alone) await one(run)
  return report
}

class Report implements RecoveryReport {
  readonly recovered: RecoveryReport['recovered'][number][] = []
  readonly waiting: RecoveryReport['waiting'][number][] = []
  readonly failed: RecoveryReport['failed'][number][] = []
  readonly left: RecoveryReport['left'][number][] = []

  add({ record, interrupted }: TakenUp): void {
    const { id: run, workflow, status, failure } = record
    const why = personNeeded(record)
    if (status === 'failed') this.failed.push({ run, workflow, why: failure?.message ?? 'it failed' })
    else if (why !== null) this.waiting.push({ run, workflow, why, wayOut: (status === 'quarantined' && failure?.wayOut) || null })
    else this.recovered.push({ run, workflow, interrupted })
  }

  /** What a person has ended since the list was read is nobody's to take up. */
  leave(run: string, error: unknown): void {
    if (error instanceof Conflict) return
    this.left.push({ run, error: error instanceof Error ? error : new Error(String(error)) })
  }
}

/** Why nothing goes on until a person acts; null where it does. */
function personNeeded({ status, waiting, failure }: RunRecord): string | null {
  if (status === 'quarantined') return failure?.message ?? 'it is set aside'
  if (status === 'paused') return 'it is paused'
  if (status !== 'waiting') return null
  if (waiting === 'dead_letter') return 'it is in the dead-letter queue'
  return waiting === 'decision' ? 'a decision is open' : waiting === 'in_doubt' ? 'it is not known whether an effect happened' : null
}

/** Nothing of the run itself is damaged: a person may have it go on. */
function parentUnread({ parent }: RunRecord, { message }: CorruptionFound): Failure {
  return {
    class: 'permanent',
    name: 'ParentUnread',
    message: `its parent ${parent?.run ?? ''} cannot be read, so that nobody knows whether it is still wanted: ${message}`,
    wayOut: 'bring back a backup of the store from before, or look at it, then resume it or cancel it',
  }
}
