/**
 * What a replay begins with: what had come of each step of another run by a checkpoint, with what was edited since.
 *
 * Invariants:
 * 1. What had completed by then is taken over, unless it was compensated since or goes by what was edited.
 * 2. What is taken over owes nothing: what the other run did outside is the other run's to take back, and its children are its own.
 */
import { inputKey, outputKey } from '../../model/checkpoint.ts'
import type { Address, StepId } from '../../model/ids.ts'
import type { RunRecord } from '../../model/run.ts'
import type { StepRecord } from '../../model/step.ts'
import type { Moment } from '../ports.ts'
import { freshPass } from '../../model/fresh-pass.ts'
import type { Graph } from './graph.ts'
import { givenAt, restoration, undone } from './restoration.ts'

export interface ReplayBeginning {
  readonly passes: readonly StepRecord[]
  readonly loops: RunRecord['loops']
  /** Steps that had completed and run again, since the other run has compensated them. */
  readonly undone: readonly StepId[]
  /** Steps that had completed and run again, since what they go by is edited. */
  readonly renewed: readonly StepId[]
}

/** Values that a person wrote anew, by their key in the state. */
export type EditedKeys = ReadonlyMap<string, Address>

const onto = { branch: 0, generation: 0 }

/** @throws CorruptionFound where the checkpoint does not fit what is known of the run */
export function replayBeginning(graph: Graph, moment: Moment, edited: EditedKeys): ReplayBeginning {
  const { passes, loops } = restoration(graph, moment, moment.steps, onto)
  const newest = new Map(passes.map((pass) => [pass.step, pass]))
  const ofEdit = passes.filter(({ step, iteration }) => edited.has(outputKey(step, iteration)))
  const kept = new Set(ofEdit.filter((pass) => newest.get(pass.step) === pass).map(({ step }) => step))
  const takenBack = undone(graph, passes).filter((step) => !kept.has(step))
  const again = new Set(edited.has(inputKey) ? graph.order : after(graph, takenBack, ofEdit).filter((step) => !kept.has(step)))

  const isDone = (step: StepId): boolean => newest.get(step)?.status === 'completed'
  const renewed = graph.order.filter((step) => again.has(step) && isDone(step) && !takenBack.includes(step))
  if (edited.has(inputKey)) return { passes: [], loops: {}, undone: takenBack, renewed }

  const beginsAnew = (pass: StepRecord): boolean => again.has(pass.step) && newest.get(pass.step) === pass
  const begun = passes.map((pass) => (beginsAnew(pass) ? freshPass(onto, pass.step, pass.iteration) : takenOver(pass, edited)))
  return { passes: begun, loops, undone: takenBack, renewed }
}

/** The values of the run as a whole. */
export function givenOf({ state, record }: Moment, edited: EditedKeys): Pick<RunRecord, 'input' | 'context'> {
  const { input, context } = givenAt(state, record)
  return { input: edited.get(inputKey) ?? input, context }
}

/** Steps that were taken back, and all that goes by these or by the edited outputs. */
function after(graph: Graph, takenBack: readonly StepId[], edited: readonly StepRecord[]): StepId[] {
  const following = edited.flatMap(({ step }) => (graph.renewedBy.get(step) ?? []).filter((later) => later !== step))
  return [...takenBack.flatMap((step) => graph.renewedBy.get(step) ?? []), ...following]
}

function takenOver(pass: StepRecord, edited: EditedKeys): StepRecord {
  const output = edited.get(outputKey(pass.step, pass.iteration)) ?? pass.output
  return { ...pass, output, compensation: 'none', order: null, completedAfter: null, savepoint: null, armed: null, child: null }
}
