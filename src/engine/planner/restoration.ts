/**
 * What a run is when it goes back to a checkpoint: every pass as it stood there, on a branch of its own.
 *
 * Invariants:
 * 1. What had completed by then is not run again, and keeps the generation under which it ran.
 * 2. What had not settled by then begins anew, under the branch's own generation. So does what had failed: going back is
 *    for trying again.
 * 3. Nothing of the new branch is under way.
 * 4. What a compensation has taken back, on whichever branch, owes it nowhere again.
 */
import { contextKey, factKey, inputKey, outputKey, type StateChange, type StepFact } from '../../model/checkpoint.ts'
import type { Address, StepId } from '../../model/ids.ts'
import type { RunRecord } from '../../model/run.ts'
import type { StepRecord } from '../../model/step.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { Moment } from '../ports.ts'
import { freshPass } from '../../model/fresh-pass.ts'
import type { Graph } from './graph.ts'

export interface Restoration {
  /** Every pass of the new branch. */
  readonly passes: readonly StepRecord[]
  /** How often each step had sent the run back. */
  readonly loops: RunRecord['loops']
  /** Steps whose failure is forgotten. */
  readonly forgiven: readonly StepId[]
}

/**
 * `rows` are all passes of the run, of every branch.
 * @throws CorruptionFound where the checkpoint names a pass that the run has no row of
 */
export function restoration(graph: Graph, moment: Moment, rows: readonly StepRecord[], onto: Pick<RunRecord, 'branch' | 'generation'>): Restoration {
  const { checkpoint, state } = moment
  const takenBack = new Set(rows.filter(({ compensation }) => compensation === 'done').map(identity))
  const there = rowsOf(rows.filter(({ branch }) => branch === checkpoint.branch))
  const fact = (step: StepId): StepFact => factAt(state, step)
  const outputAt = (step: StepId, iteration: number): Address | null => addressAt(state, outputKey(step, iteration))

  const settled = (step: StepId): boolean => fact(step).status === 'completed' || fact(step).status === 'skipped'
  const isOver = (step: StepId): boolean => {
    if (settled(step)) return true
    const primary = graph.primaryOf.get(step)
    return fact(step).status === 'failed' && primary !== undefined && settled(primary)
  }

  const rowOf = (step: StepId, iteration: number): StepRecord => {
    const row = there(step)[iteration - 1]
    if (row !== undefined) return { ...row, branch: onto.branch, waiting: null }
    const key = `${checkpoint.run}/${checkpoint.number}`
    throw new CorruptionFound('checkpoint', key, `it names pass ${iteration} of ${step}, of which there is no row`)
  }

  const standing = (row: StepRecord, output: Address): StepRecord => {
    const compensation = takenBack.has(identity(row)) ? 'done' : row.compensation === 'given_up' ? 'owed' : row.compensation
    // What was armed was so for one time.
    return { ...row, status: 'completed', output, failure: null, compensation, compensationTries: 0, armed: null }
  }

  const earlier = (step: StepId, iteration: number): StepRecord => {
    const row = rowOf(step, iteration)
    const output = outputAt(step, iteration)
    if (output !== null) return standing(row, output)
    if (row.status === 'skipped' || row.status === 'failed') return row
    return { ...row, status: 'superseded', output: null, via: null, compensation: 'none', order: null, completedAfter: null }
  }

  const present = (step: StepId): StepRecord => {
    const { iteration, status } = fact(step)
    if (!isOver(step)) return freshPass(onto, step, iteration)
    const output = outputAt(step, iteration)
    return status === 'completed' && output !== null ? standing(rowOf(step, iteration), output) : rowOf(step, iteration)
  }

  const passes = graph.order.flatMap((step) => {
    const { iteration } = fact(step)
    const before = Array.from({ length: iteration - 1 }, (_, index) => earlier(step, index + 1))
    return [...before, present(step)]
  })
  const loops = graph.order.flatMap((step) => {
    const count = fact(step).loops
    return count === undefined ? [] : [[step, count] as const]
  })
  const forgiven = graph.order.filter((step) => fact(step).status === 'failed' && !isOver(step))
  return { passes, loops: Object.fromEntries(loops), forgiven }
}

/**
 * Steps of a restored run whose effect, or that of what stood in for them, a compensation has taken back since: they run
 * again, and with them whatever needs them. In an order in which each stands after what it needs.
 */
export function undone(graph: Graph, passes: readonly StepRecord[]): readonly StepId[] {
  const newest = new Map(passes.map((pass) => [pass.step, pass]))
  const isUndone = (step: StepId): boolean => {
    const pass = newest.get(step)
    if (pass?.status !== 'completed') return false
    return pass.compensation === 'done' || (pass.via !== null && isUndone(pass.via))
  }
  return graph.order.filter(isUndone)
}

/** A pass keeps its generation over every branch that has it. */
function identity({ step, iteration, generation }: StepRecord): string {
  return `${step}/${iteration}/${generation}`
}

const untouched: StepFact = { iteration: 1, status: 'pending' }

/** What a step had come to. */
export function factAt(state: Moment['state'], step: StepId): StepFact {
  const change = state.get(factKey(step))
  return change !== undefined && 'fact' in change ? change.fact : untouched
}

/** Where the value of a key is, or null where the state has none. */
export function addressAt(state: ReadonlyMap<string, StateChange>, key: string): Address | null {
  const change = state.get(key)
  return change !== undefined && 'address' in change ? change.address : null
}

/** The values of the run as a whole. */
export function givenAt(state: ReadonlyMap<string, StateChange>, { input, context }: Given): Given {
  return { input: addressAt(state, inputKey) ?? input, context: addressAt(state, contextKey) ?? context }
}

type Given = Pick<RunRecord, 'input' | 'context'>

function rowsOf(rows: readonly StepRecord[]): (step: StepId) => readonly (StepRecord | undefined)[] {
  const known = new Map<StepId, StepRecord[]>()
  for (const row of rows) {
    const ofStep = known.get(row.step) ?? []
    ofStep[row.iteration - 1] = row
    known.set(row.step, ofStep)
  }
  return (step) => known.get(step) ?? []
}
