/** Whose making an output is: its schema is what the value was held against. */
import type { StepId } from '../../model/ids.ts'
import type { StepRecord } from '../../model/step.ts'
import type { Graph } from './graph.ts'

/** The step that made what a pass put out: its own, or the last of the fallbacks that stood in. `passesOf` answers oldest first. */
export function makerOf({ step, via, order, endedAt }: StepRecord, passesOf: (step: StepId) => readonly StepRecord[]): StepId {
  if (via === null) return step
  // A step completes in one turn with what stands in for it; the numbers of their passes need not be the same.
  const standIn = passesOf(via).findLast((pass) => pass.order === order && pass.endedAt === endedAt)
  return standIn === undefined ? via : makerOf(standIn, passesOf)
}

/** The step that says what such an output may be: its maker, or the step itself where that stands in for it no more. */
export function speakerOf({ primaryOf }: Pick<Graph, 'primaryOf'>, step: StepId, maker: StepId): StepId {
  let each: StepId | undefined = maker
  while (each !== undefined && each !== step) each = primaryOf.get(each)
  return each === undefined ? step : maker
}
