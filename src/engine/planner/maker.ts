/** Whose making an output is: its schema is what the value was held against. */
import { partsOfKey } from '../../model/checkpoint.ts'
import type { StepId } from '../../model/ids.ts'
import type { StepRecord } from '../../model/step.ts'
import type { Moment } from '../ports.ts'
import type { RunState } from '../state/run-state.ts'
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

/** The step that made the output of a key, as a checkpoint has it; null for input and context. */
export function makersAt({ checkpoint, steps }: Moment): (key: string) => StepId | null {
  const there = steps.filter(({ branch }) => branch === checkpoint.branch).toSorted((a, b) => a.iteration - b.iteration)
  const passes = Map.groupBy(there, ({ step }) => step)
  const passesOf = (step: StepId): readonly StepRecord[] => passes.get(step) ?? []
  return (key) => {
    const { step, iteration } = partsOfKey(key)
    const pass = step === null ? undefined : passesOf(step).find((each) => each.iteration === iteration)
    return pass === undefined ? step : makerOf(pass, passesOf)
  }
}

/** The step that says what the newest output of a step may be. */
export function speakerIn(state: RunState, step: StepId): StepId {
  return speakerOf(state.graph, step, makerOf(state.step(step), (each) => state.iterations(each)))
}

/** Whether the newest output of a step is sensitive, whichever step made it. */
export function isOutputSensitive(state: RunState, step: StepId): boolean {
  return state.manifest(step).sensitive || state.manifest(speakerIn(state, step)).sensitive
}
