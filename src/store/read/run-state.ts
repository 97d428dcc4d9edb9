/** The state at a checkpoint with its values in full; where it is damaged, the nearest whole one before it. */
import type Database from 'better-sqlite3'
import type { StepFact } from '../../model/checkpoint.ts'
import { contextKey, inputKey, type StateChange } from '../../model/checkpoint.ts'
import { type Address, StepId } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { RunState } from '../../model/views.ts'
import type { StateMap } from '../format/delta.ts'
import type { RunRow } from '../format/rows.ts'
import { checkpointReader } from './checkpoints.ts'
import { lineageReader } from './lineages.ts'
import { nearestWholeReader } from './nearest-whole.ts'
import { valueReader } from './values.ts'

type Output = RunState['outputs'][StepId][number]
type ReadValue = (address: Address) => Json

export function runStateReader(db: Database.Database) {
  const checkpoints = checkpointReader(db)
  const lineages = lineageReader(db)
  const values = valueReader(db)
  const nearestWhole = nearestWholeReader(db)

  const whole = (run: RunRow, number: number): RunState => {
    const lineage = lineages.byNumber(run.lineage)
    const { checkpoint, state } = checkpoints.state(run, number)
    return { checkpoint, ...unfold(state, (address) => values.get(lineage, address)) }
  }

  /** At a checkpoint, or at the head where it is null. @throws CorruptionFound, which names the nearest whole one */
  return (run: RunRow, at: number | null): RunState | undefined => {
    const number = at ?? run.ledger.checkpoints - 1
    if (number < 0 || number >= run.ledger.checkpoints) return undefined
    try {
      return whole(run, number)
    } catch (error) {
      if (!(error instanceof CorruptionFound)) throw error
      throw new CorruptionFound(error.object, error.key, error.detail, nearestWhole(run, number - 1))
    }
  }
}

/** What the keys of a state say, values in place of addresses. */
function unfold(state: StateMap, value: ReadValue): Omit<RunState, 'checkpoint'> {
  const outputs = new Map<StepId, Output[]>()
  const steps = new Map<StepId, StepFact>()
  for (const change of state.values()) {
    const [noun, name, iteration] = change.key.split('/')
    if (noun === 'step' && 'fact' in change) steps.set(StepId.parse(name), change.fact)
    if (noun === 'output' && 'address' in change) {
      const step = StepId.parse(name)
      const ofStep = outputs.get(step) ?? []
      ofStep.push({ iteration: Number(iteration), output: value(change.address), address: change.address })
      outputs.set(step, ofStep)
    }
  }
  for (const ofStep of outputs.values()) ofStep.sort((a, b) => a.iteration - b.iteration)
  return {
    input: valueAt(state.get(inputKey), value),
    context: valueAt(state.get(contextKey), value),
    outputs: Object.fromEntries(outputs),
    steps: Object.fromEntries(steps),
  }
}

function valueAt(change: StateChange | undefined, value: ReadValue): Json {
  return change !== undefined && 'address' in change ? value(change.address) : null
}
