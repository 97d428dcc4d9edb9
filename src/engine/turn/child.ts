/**
 * What a child run and its parent do to one another, each in a turn of its own run.
 *
 * Invariants:
 * 1. A parent goes on from the end of a child once: with the turn that hears of it, the pass waits for that child no more.
 * 2. What a parent wants of a child may be said any number of times: it changes nothing that is so already.
 * 3. A child that has ended moves only to be undone, and only where it had completed.
 */
import type { Failure } from '../../model/failure.ts'
import type { Address, RunId } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import { isEnded } from '../../model/status.ts'
import { ValueRefused } from '../../model/storage-errors.ts'
import type { StepRecord } from '../../model/step.ts'
import type { Parent, RunRecord } from '../../model/run.ts'
import { type ChildWish, waitsForChild } from '../planner/child-wish.ts'
import { advance, complete } from './advance.ts'
import { compensationFailed, continueClosing } from './close.ts'
import { cancel, pause, resume } from './control.ts'
import { fail, recover } from './fail.ts'
import { tellFailure } from './tell-error.ts'
import type { Turn } from './turn.ts'

/** What a child came to, as its parent takes it up; `lost` is one of which nobody can say that. */
export type ChildEnd =
  | { readonly status: 'completed'; readonly output: Json; readonly isSensitive: boolean }
  | { readonly status: 'failed' | 'cancelled' | 'lost'; readonly failure: Failure }

/** How far a child that had completed is undone, by the word of a person where not all of it is; or why it cannot be. */
export type ChildUndone = 'done' | 'given_up' | Failure

/** The pass that waits for this child, or undefined where none does. */
function waiting(turn: Turn, { step, iteration }: Pick<Parent, 'step' | 'iteration'>, child: RunId): StepRecord | undefined {
  const record = turn.state.iterations(step)[iteration - 1]
  return record?.child === child && waitsForChild(record) ? record : undefined
}

/** The parent hears that a child has ended, or is lost. */
export function childEnded(turn: Turn, of: Pick<Parent, 'step' | 'iteration'>, child: RunId, end: ChildEnd): void {
  const record = waiting(turn, of, child)
  if (record?.status !== 'waiting') return
  const { step, iteration } = record
  if (end.status !== 'lost') turn.emit({ type: 'child_ended', step, iteration, child, status: end.status })
  const kept = end.status === 'completed' ? keep(turn, record, end) : end
  if (typeof kept === 'string') complete(turn, record, kept, null)
  else goOnWithout(turn, record, kept)
  continueClosing(turn)
}

/** The child's output as the pass's own, or why it cannot be that. */
function keep(turn: Turn, { step }: StepRecord, { output, isSensitive }: Extract<ChildEnd, { status: 'completed' }>): Address | Failed {
  const { sensitive } = turn.state.manifest(step)
  if (isSensitive && !sensitive) return refused(`part of what the child of ${step} puts out is sensitive, and ${step} does not say so`, 'say sensitive: true of the step')
  try {
    return turn.keep(output, sensitive)
  } catch (error) {
    if (error instanceof ValueRefused) return refused(`what the child of ${step} puts out cannot be kept: ${error.message}`, 'let its last steps put out less')
    throw error
  }
}

function refused(message: string, wayOut: string): Failed {
  return { status: 'failed', failure: { class: 'validation', name: 'ChildOutputRefused', message, wayOut } }
}

type Failed = Extract<ChildEnd, { failure: Failure }>

function goOnWithout(turn: Turn, record: StepRecord, end: Failed): void {
  const { status, failure } = end
  const { step, iteration } = record
  if (!turn.state.isPresent(record)) {
    if (status === 'lost') tellFailure(turn, record, 'run', failure)
    turn.emit({ type: 'step_superseded', step, iteration })
    advance(turn, [step])
  } else if (turn.state.record.closing === null) {
    failOf(turn, record, end)
  } else if (status !== 'cancelled') {
    tellFailure(turn, record, 'run', failure)
    turn.emit({ type: 'step_failed', step, iteration, failure })
  } else {
    turn.emit({ type: 'step_cancelled', step, iteration })
  }
}

/** What a pass took too long for is on record since then. A child that is lost is not begun once more for that. */
function failOf(turn: Turn, record: StepRecord, { status, failure }: Failed): void {
  const before = status === 'lost' ? null : record.failure
  if (before === null || turn.state.errorOf(record, 'run') === undefined) return fail(turn, record, before ?? failure)
  turn.marksError(record)
  recover(turn, record, before)
}

/** The parent hears that a child that had completed is undone, or cannot be. */
export function childUndone(turn: Turn, of: Pick<Parent, 'step' | 'iteration'>, child: RunId, undone: ChildUndone): void {
  const record = waiting(turn, of, child)
  if (record?.status !== 'completed') return
  const { step, iteration } = record
  if (typeof undone === 'string') turn.emit({ type: 'compensation_settled', step, iteration, as: undone })
  else compensationFailed(turn, record, undone)
  continueClosing(turn)
}

/** One that is rolled back goes on afterwards. */
function goesOn({ closing }: RunRecord): boolean {
  return closing === null || closing.outcome === 'rolled_back'
}

/** The child does as its parent wants. What is in quarantine waits for a person all the same. */
export function heed(turn: Turn, wish: ChildWish): void {
  const { parent, status } = turn.state.record
  if (parent === null || status === 'quarantined') return
  const why = `its parent ${parent.run} ${wish.end === 'undo' ? 'is undone' : 'does not wait for it any more'}`
  if (wish.end === 'undo' && status === 'completed') callBack(turn, why, wish.paused)
  else if (wish.end !== null && !isEnded(status) && goesOn(turn.state.record)) cancel(turn, why, wish.paused)
  if (isEnded(turn.state.record.status)) return
  if (wish.paused) pause(turn, true)
  else if (turn.state.record.parent?.held === true) resume(turn)
}

function callBack(turn: Turn, message: string, held: boolean): void {
  const failure: Failure = { class: 'rejected', name: 'CalledBack', message }
  turn.emit({ type: 'run_called_back', closing: { outcome: 'cancelled', failure } })
  if (held) pause(turn, true)
  continueClosing(turn)
}
