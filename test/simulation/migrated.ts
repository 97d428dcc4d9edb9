/** What a migration came to, read off what was committed and not off what was decided. */
import { isDeepStrictEqual } from 'node:util'
import { partsOfKey, type StateChange } from '../../src/model/checkpoint.ts'
import type { StepId } from '../../src/model/ids.ts'
import type { Migration } from '../../src/model/preview.ts'
import type { StepRecord } from '../../src/model/step.ts'
import type { Graph } from '../../src/engine/planner/graph.ts'
import type { Moment } from '../../src/engine/ports.ts'
import type { RunState } from '../../src/engine/state/run-state.ts'

/** `passes` begin the new branch, `changes` are those of its first checkpoint. */
export function migrationOf(
  { graph: to, graphs }: Pick<RunState, 'graph' | 'graphs'>,
  moment: Moment,
  passes: readonly StepRecord[],
  changes: readonly StateChange[],
): Migration | null {
  const from = graphs(moment.pinned.revision)
  if (from === to) return null
  const dropped = from.order.filter((step) => !isDeepStrictEqual(place(from, step), place(to, step)))
  return {
    from: moment.pinned.workflowVersion,
    versions: Array.from({ length: to.manifest.version - from.manifest.version }, (_, index) => from.manifest.version + index),
    dropped,
    added: to.order.filter((step) => !isDeepStrictEqual(place(from, step), place(to, step))),
    notTakenBack: notTakenBack(moment, passes),
    changed: changes.flatMap((change) => ('address' in change ? [change.key] : [])),
  }
}

/** Whether a step of one is a step of the other too. */
export function isSame(from: Graph, to: Graph, step: StepId): boolean {
  return from.steps.has(step) && to.steps.has(step) && isDeepStrictEqual(place(from, step), place(to, step))
}

/** What makes a step the same: its kind, and that of all that it stands in for. */
function place({ steps, primaryOf }: Pick<Graph, 'steps' | 'primaryOf'>, step: string): readonly (string | undefined)[] {
  const found = [...steps.values()].find(({ id }) => id === step)
  const primary = found === undefined ? undefined : primaryOf.get(found.id)
  return [step, found?.kind, ...(primary === undefined ? [] : place({ steps, primaryOf }, primary))]
}

/** Steps of which a pass that had completed owed its compensation, and does not on the new branch. */
function notTakenBack({ checkpoint, state, steps }: Moment, passes: readonly StepRecord[]): Migration['notTakenBack'] {
  const name = ({ step, iteration }: StepRecord): string => `${step}/${iteration}`
  const owing = new Set(passes.filter(({ compensation }) => compensation === 'owed').map(name))
  const standing = new Set(
    [...state].flatMap(([key, held]) => {
      const { step, iteration } = partsOfKey(key)
      return 'address' in held && step !== null && iteration !== null ? [`${step}/${iteration}`] : []
    }),
  )
  const lost = steps.filter((row) => {
    const isDone = steps.some((other) => other.compensation === 'done' && name(other) === name(row) && other.generation === row.generation)
    const owed = !isDone && (row.compensation === 'owed' || row.compensation === 'given_up')
    return row.branch === checkpoint.branch && owed && standing.has(name(row)) && !owing.has(name(row))
  })
  return [...new Set(lost.map(({ step }) => step))]
}
