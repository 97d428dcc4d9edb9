import type { Parent } from '../../model/run.ts'
import { isEnded } from '../../model/status.ts'
import type { StepRecord } from '../../model/step.ts'
import type { RunId } from '../../model/ids.ts'
import type { RunState } from '../state/run-state.ts'

/**
 * What a run wants of a child of its. It is read off the run and told to nobody for keeping: whoever starts again reads it once
 * more, so that no wish is lost between the commit of the one and that of the other.
 */
export interface ChildWish {
  /** `cancel`: nobody waits for it any more, or its parent is ending. `undo`: it had completed, and is to be taken back. */
  readonly end: 'cancel' | 'undo' | null
  readonly paused: boolean
}

/** Whether the pass waits for its child to end: to have its output, or to have it undone. */
export function waitsForChild({ waiting }: Pick<StepRecord, 'waiting'>): boolean {
  return waiting?.for === 'child'
}

/** Whether the pass waits for the output of its child. */
export function awaitsChild(record: Pick<StepRecord, 'status' | 'waiting'>): boolean {
  return record.status === 'waiting' && waitsForChild(record)
}

/** Passes that wait for a child, each with that. */
export function* awaited(state: RunState): Generator<StepRecord & { readonly child: RunId }> {
  for (const record of state.underWay()) {
    const { child } = record
    if (child !== null && waitsForChild(record)) yield { ...record, child }
  }
}

/** A pass and the child run that it has. */
export type ChildOf = Pick<Parent, 'step' | 'iteration'> & { readonly child: RunId }

export interface Wished {
  readonly of: ChildOf
  readonly wish: ChildWish
  readonly isAwaited: boolean
}

/** What a run, as it stands, wants of each child that it waits for, and of each of `before`, for which it may wait no more. */
export function wishes(state: RunState, before: Iterable<ChildOf>): readonly Wished[] {
  const present = [...awaited(state)].map(({ step, iteration, child }) => ({ step, iteration, child }))
  const left = [...before].filter(({ child }) => present.every((each) => each.child !== child))
  return [...present, ...left].map((of) => ({ of, wish: wishOf(state, of, of.child), isAwaited: present.includes(of) }))
}

/** What `parent`, as it stands, wants of the child that this pass of it has. */
export function wishOf(parent: RunState, { step, iteration }: Pick<Parent, 'step' | 'iteration'>, child: RunId): ChildWish {
  const { closing, paused, status } = parent.record
  const record = parent.iterations(step)[iteration - 1]
  if (isEnded(status) || record?.child !== child || !waitsForChild(record)) return { end: 'cancel', paused: false }
  if (record.status === 'completed') return { end: 'undo', paused }
  const isUnwanted = closing !== null || record.failure !== null || !parent.isPresent(record)
  return { end: isUnwanted ? 'cancel' : null, paused }
}
