/**
 * What becomes of child runs, of their children, and so on, by what a turn has made of the run above them.
 *
 * Invariants:
 * 1. A child that there is does what its parent wants of it: the same wish, taken in the same turn, as after a commit.
 * 2. A child that begins is told from its first turn on. Whatever it can come to is told, whatever it is given: that is not known yet.
 * 3. What is certain of a child is certain only where its beginning is.
 * 4. A child that is not there any more is told as that, never passed over.
 */
import type { ChildAhead } from '../../model/child-ahead.ts'
import type { StepId, WorkflowName } from '../../model/ids.ts'
import { deepestChild, type RunRecord } from '../../model/run.ts'
import type { RunState } from '../state/run-state.ts'
import { outside, runsNext } from './ahead.ts'
import { isOver } from './child-over.ts'
import { awaited, awaitsChild, type ChildOf, type ChildWish, type Wished, wishes, waitsForChild } from './child-wish.ts'
import { compensations, expectedOf, undoneOutside } from './closing-ahead.ts'
import { owedCompensations } from './compensation.ts'
import { beforeIn } from './done-before.ts'
import type { Kin } from './kin.ts'
import type { Expected } from './outlook.ts'

/** The way from the run that is acted on to one below it. */
interface Line {
  readonly path: readonly StepId[]
  /** Workflows of the runs on the way. */
  readonly above: readonly WorkflowName[]
  readonly certain: boolean
}

/** `before` is the run as it is, `after` as a turn leaves it, and `expected` what runs from there on, or may. */
export function childrenAhead(kin: Kin, before: RunState, after: RunState, expected: readonly Expected[]): ChildAhead[] {
  return [...below(kin, before, after, expected, { path: [], above: [after.record.workflow], certain: true })]
}

function* below(kin: Kin, before: RunState, after: RunState, expected: readonly Expected[], line: Line): Generator<ChildAhead> {
  for (const wished of [...wishes(after, awaited(before)), ...toBeUndone(after)]) yield* present(kin, before, wished, line)
  for (const each of expected) yield* toCome(kin, after, each, line)
}

/** Children whose passes are to be compensated, and that have not been called back yet. */
function toBeUndone(state: RunState): readonly Wished[] {
  if (compensations(state).next().done) return []
  return owedCompensations(state).flatMap((pass): Wished | readonly Wished[] => {
    const { step, iteration, child } = pass
    if (child === null || waitsForChild(pass)) return []
    return { of: { step, iteration, child }, wish: { end: 'undo', paused: false }, isAwaited: false }
  })
}

/** Children of what a run keeps that nothing can undo, should it come to that: they are not there any more. */
export function* goneChildren(kin: Kin, state: RunState): Generator<ChildAhead> {
  if (state.record.closing !== null) return
  for (const { step, iteration, child } of owedCompensations(state)) {
    const how = child === null ? undefined : kin.removed(child)
    if (child !== null && how !== undefined) yield gone([step], state, { step, iteration, child }, how)
  }
}

function gone(path: StepId[], parent: RunState, { step, child }: ChildOf, why: string): ChildAhead {
  return { ...untold(path, calledBy(parent, step), null), run: child, becomes: 'gone', why }
}

/** A child that there is. One that has come to its end is not told of. */
function* present(kin: Kin, parent: RunState, { of, wish }: Wished, line: Line): Generator<ChildAhead> {
  const child = kin.stored(of.child)
  const path = [...line.path, of.step]
  if (child === undefined) {
    yield gone(path, parent, of, kin.removed(of.child) ?? 'it is not in the store any more')
    return
  }
  if (typeof child === 'string') {
    yield { ...untold(path, calledBy(parent, of.step), child), run: of.child, becomes: wish.end === null ? 'goes_on' : 'ends' }
    return
  }
  if (isOver(child, wish)) return
  const { state, events } = kin.heeding(child, wish)
  const { id: run, workflow, status, failure } = state.record
  const expected = expectedOf(state)
  const undone = [...compensations(state)]
  const isLeft = status === 'quarantined' && wish.end !== null
  yield {
    ...untold(path, workflow, isLeft ? `it is in quarantine, and a person looks at it first: ${failure?.message ?? 'its state is corrupt'}` : null),
    run,
    becomes: becomesOf(wish, state.record),
    certain: true,
    runs: runsNext(state, expected, events, child),
    outside: [...outside(state, expected, beforeIn(state, kin)), ...undoneOutside(state, undone)],
    compensates: undone.map(({ step, iteration, compensation }) => ({ step, iteration, certain: compensation === 'owed' })),
    inDoubt: [...state.underWay()].flatMap(({ step, iteration, status: at, startedAt }) =>
      at === 'in_doubt' ? [{ step, iteration, since: startedAt ?? state.record.updatedAt }] : [],
    ),
  }
  yield* below(kin, child, state, expected, { path, above: [...line.above, workflow], certain: true })
}

function becomesOf({ end }: ChildWish, { closing }: RunRecord): ChildAhead['becomes'] {
  if (end === 'undo') return 'undone'
  return closing === null || closing.outcome === 'rolled_back' ? 'goes_on' : 'ends'
}

/** A child that a step begins, or may. */
function* toCome(kin: Kin, parent: RunState, { step, certain, why }: Expected, line: Line): Generator<ChildAhead> {
  const manifest = parent.manifest(step)
  if (manifest.kind !== 'workflow' || (parent.record.parent?.depth ?? 0) >= deepestChild) return
  const { workflow } = manifest
  const path = [...line.path, step]
  const hasOne = awaitsChild(parent.step(step))
  const isCertain = line.certain && certain && !hasOne
  const how = { certain: isCertain, why: certain && hasOne ? 'only if it begins another run than the one that is under way' : certain ? null : why }
  const begun = line.above.includes(workflow) ? `a run of ${workflow} stands above it: it does once more what is told of that` : kin.begun(workflow, parent, step)
  if (typeof begun === 'string') {
    yield { ...untold(path, workflow, begun), ...how }
    return
  }
  const { state, events } = begun
  const expected = expectedOf(state)
  yield {
    ...untold(path, workflow, null),
    ...how,
    runs: runsNext(state, expected, events).map((each) => ({ ...each, certain: isCertain && each.certain })),
    outside: [...outside(state, expected, beforeIn(state, kin))].map((each) => ({ ...each, key: null, certain: isCertain && each.certain })),
  }
  yield* below(kin, state, state, expected, { path, above: [...line.above, workflow], certain: isCertain })
}

/** One of which nothing is told yet, and nothing but why where it cannot be. */
function untold(path: StepId[], workflow: WorkflowName, unknown: string | null): ChildAhead {
  const nothing = { runs: [], outside: [], compensates: [], inDoubt: [] }
  return { path, workflow, run: null, becomes: 'begins', certain: unknown === null, why: null, ...nothing, unknown }
}

function calledBy(parent: RunState, step: StepId): WorkflowName {
  const manifest = parent.manifest(step)
  if (manifest.kind !== 'workflow') throw new Error(`step ${step} of run ${parent.record.id} has a child, and is of the kind ${manifest.kind}`)
  return manifest.workflow
}
