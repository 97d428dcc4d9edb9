/**
 * What a replay begins with: what had come of each step of another run by a checkpoint, with what was edited since.
 *
 * Invariants:
 * 1. What had completed by then is taken over, unless it was compensated since or goes by what was edited.
 * 2. With another input everything goes by what was edited, and nothing is left of the passes before it. A pass whose output was
 *    written stands all the same, as it is given.
 * 3. What is taken over owes nothing: what the other run did outside is the other run's to take back, and its children are its own.
 */
import { inputKey, outputKey } from '../../model/checkpoint.ts'
import { freshPass } from '../../model/fresh-pass.ts'
import type { Address, StepId } from '../../model/ids.ts'
import type { Migration } from '../../model/preview.ts'
import type { RunRecord } from '../../model/run.ts'
import type { StepRecord } from '../../model/step.ts'
import type { Graphs } from '../state/run-state.ts'
import type { Graph } from './graph.ts'
import { type Arrival, arrival, type Destination } from './migration.ts'
import { givenAt, undone } from './restoration.ts'

export interface ReplayBeginning {
  readonly passes: readonly StepRecord[]
  readonly loops: RunRecord['loops']
  /** Steps that had completed and run again, since the other run has compensated them. */
  readonly undone: readonly StepId[]
  /** Steps that had completed and run again, since what they go by is edited. */
  readonly renewed: readonly StepId[]
  /** Null where it goes by what the checkpoint's branch pins. */
  readonly migration: Migration | null
}

/** Values that a person wrote anew, by their key in the state. */
export type EditedKeys = ReadonlyMap<string, Address>

const onto = { branch: 0, generation: 0 }

/**
 * What a checkpoint comes to under the definition that the replay goes by, before anything is edited. `addresses` are those of the
 * migrated values, by their keys.
 * @throws CorruptionFound where the checkpoint does not fit what is known of the run
 */
export function takenTo(graphs: Graphs, destination: Destination, addresses: ReadonlyMap<string, Address>): Arrival {
  return arrival(graphs, destination, addresses, destination.moment.steps, onto)
}

/** `graph` is that of the definition that the replay goes by. */
export function replayBeginning(graph: Graph, { passes, loops, migration }: Arrival, edited: EditedKeys): ReplayBeginning {
  const isAnother = edited.has(inputKey)
  const newest = new Map(passes.map((pass) => [pass.step, pass]))
  const isNewest = (pass: StepRecord): boolean => newest.get(pass.step) === pass
  const given = passes.filter(({ step, iteration }) => edited.has(outputKey(step, iteration)))
  const standing = new Set(given.filter(isNewest).map(({ step }) => step))
  const takenBack = undone(graph, passes).filter((step) => !standing.has(step))
  const again = new Set((isAnother ? graph.order : after(graph, takenBack, given)).filter((step) => !standing.has(step)))

  const isDone = (step: StepId): boolean => newest.get(step)?.status === 'completed'
  const renewed = graph.order.filter((step) => again.has(step) && isDone(step) && !takenBack.includes(step))
  const told = { undone: takenBack, renewed, migration: migration && { ...migration, notTakenBack: [] } }

  const begun = (pass: StepRecord): StepRecord => {
    if (again.has(pass.step) && isNewest(pass)) return freshPass(onto, pass.step, pass.iteration)
    return isAnother && !given.includes(pass) ? leftBehind(pass) : takenOver(pass, edited)
  }
  if (!isAnother) return { ...told, passes: passes.map(begun), loops }
  const written = new Set(given.map(({ step }) => step))
  return { ...told, passes: passes.filter(({ step }) => written.has(step)).map(begun), loops: {} }
}

/** The values of the run as a whole. */
export function givenOf({ state }: Pick<Arrival, 'state'>, record: RunRecord, edited: EditedKeys): Pick<RunRecord, 'input' | 'context'> {
  const { input, context } = givenAt(state, record)
  return { input: edited.get(inputKey) ?? input, context }
}

/** Steps that were taken back, and all that goes by these or by the edited outputs. */
function after(graph: Graph, takenBack: readonly StepId[], edited: readonly StepRecord[]): StepId[] {
  const following = edited.flatMap(({ step }) => (graph.renewedBy.get(step) ?? []).filter((later) => later !== step))
  return [...takenBack.flatMap((step) => graph.renewedBy.get(step) ?? []), ...following]
}

function takenOver(pass: StepRecord, edited: EditedKeys): StepRecord {
  const written = edited.get(outputKey(pass.step, pass.iteration))
  // What a person wrote is held against the schema of the step itself, and no fallback made it.
  const made = written === undefined ? {} : { output: written, via: null }
  return { ...pass, ...made, compensation: 'none', order: null, completedAfter: null, savepoint: null, armed: null, child: null }
}

/** A pass before one that was written: it keeps its number, and nothing that came of the other input. */
function leftBehind({ step, iteration }: StepRecord): StepRecord {
  return { ...freshPass(onto, step, iteration), status: 'superseded' }
}
