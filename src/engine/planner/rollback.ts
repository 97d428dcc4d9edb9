/**
 * Rolling back to a savepoint: which ones there are, what is taken back on the way there, and what is not.
 *
 * What completed since the savepoint has a later order of completion than the turn that passed it: one that completed in that
 * turn is what led there.
 */
import type { StepId } from '../../model/ids.ts'
import type { RollbackTo } from '../../model/manifest.ts'
import type { RecoveryRules } from '../../model/policy/recovery-rules.ts'
import { passedSavepoints, type Savepoint } from '../../model/savepoint.ts'
import type { StepRecord } from '../../model/step.ts'
import type { RunState } from '../state/run-state.ts'

/** The savepoints that the run has passed, in the order in which it did. */
export function savepointsOf(state: RunState): readonly Savepoint[] {
  return passedSavepoints(state.graph.manifest.steps, (step) => state.iterations(step))
}

/** The savepoint of that name as it was passed last, or undefined where it has not been. */
export function savepointNamed(state: RunState, name: string): Savepoint | undefined {
  return savepointsOf(state).find((savepoint) => savepoint.name === name)
}

export function isSince(to: Savepoint, { order }: Pick<StepRecord, 'order'>): boolean {
  return order !== null && order > to.order
}

/** Where the failure of a step leads back to, and how often at most: as its definition says, else as the workspace does. */
export function rollbackOf(state: RunState, { step }: Pick<StepRecord, 'step'>, { rollback }: RecoveryRules): RollbackTo | undefined {
  const own = state.manifest(step).rollback
  if (own !== undefined) return own
  return rollback.to === null ? undefined : { to: rollback.to, max: rollback.max }
}

/** What the failure of a step may lead to, now that the run has passed a savepoint. */
export interface Rollback {
  readonly step: StepId
  readonly to: Savepoint
  /** Steps that begin anew there. */
  readonly renews: ReadonlySet<StepId>
}

/** A savepoint that has yet to be passed leads back over nothing that has settled. */
export function rollbacksFrom(state: RunState): readonly Rollback[] {
  const passed = new Map(savepointsOf(state).map((savepoint) => [savepoint.name, savepoint]))
  const renewed = new Map<Savepoint, ReadonlySet<StepId>>()
  return state.graph.order.flatMap((step) => {
    const aim = rollbackOf(state, { step }, state.rulesOf(step).recovery)
    const to = aim && passed.get(aim.to)
    if (aim === undefined || to === undefined || rollbacksTo(state, to.name) >= aim.max) return []
    const renews = renewed.get(to) ?? new Set(state.graph.order.filter((each) => isRenewed(state, to, each)))
    renewed.set(to, renews)
    return [{ step, to, renews }]
  })
}

/** Whether the step begins anew at the savepoint. What was left out has no order: where it may have been since, it was. */
export function isRenewed(state: RunState, to: Savepoint, step: StepId): boolean {
  const pass = state.step(step)
  if (pass.status === 'completed') return isSince(to, pass)
  return state.graph.ancestors.get(to.step)?.has(step) !== true
}

/** How often the run was rolled back to the savepoint by itself. */
export function rollbacksTo({ record }: RunState, name: string): number {
  return record.rollbacks?.[name] ?? 0
}

/** Passes whose effect has happened since, or may have, and that nothing takes back. */
export function notTakenBack(state: RunState, to: Savepoint): readonly StepRecord[] {
  const hasEffect = ({ step }: StepRecord): boolean => state.manifest(step).effect !== null
  const happened = [...state.history()].filter((pass) => {
    const stands = pass.status === 'completed' && pass.via === null && (pass.compensation === 'none' || pass.compensation === 'given_up')
    return stands && isSince(to, pass) && hasEffect(pass)
  })
  const mayHappen = [...state.underWay()].filter((pass) => {
    const isInside = pass.status === 'in_doubt' || state.liveAttempt(pass)?.effect === 'begun'
    return isInside && pass.status !== 'completed' && hasEffect(pass) && !state.manifest(pass.step).compensates
  })
  return [...happened, ...mayHappen]
}
