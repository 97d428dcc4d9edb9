/** The state at a checkpoint with its values in full; where it is damaged, the nearest whole one before it. */
import type Database from 'better-sqlite3'
import { contextKey, inputKey, type StateChange, type StepFact } from '../../model/checkpoint.ts'
import type { Address, StepId } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { RunState } from '../../model/views.ts'
import { malformedOf } from '../sqlite/reading.ts'
import type { StateMap } from '../format/delta.ts'
import type { RunRow } from '../format/rows.ts'
import { checkpointReader, type CheckpointState } from './checkpoints.ts'
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

  /** Undefined where it was removed. @throws CorruptionFound, which names the nearest whole checkpoint before this one */
  const orNearest = <T>(run: RunRow, number: number, read: () => T): T | undefined => {
    if (number < 0 || number >= run.ledger.checkpoints) return undefined
    try {
      if (checkpoints.isRemoved(run, number)) return undefined
      return read()
    } catch (error) {
      const damage = error instanceof CorruptionFound ? error : malformedOf(db.name, error)
      if (damage === undefined) throw error
      throw new CorruptionFound(damage.object, damage.key, damage.detail, nearestWhole(run, number - 1))
    }
  }

  return {
    /** The state at a checkpoint, or at the head where it is null. @throws CorruptionFound, which names the nearest whole one */
    unfolded: (run: RunRow, at: number | null): RunState | undefined => {
      const number = at ?? run.ledger.checkpoints - 1
      return orNearest(run, number, () => {
        const lineage = lineages.byNumber(run.lineage)
        const { checkpoint, state } = checkpoints.state(run, number)
        return { checkpoint, ...unfold(state, (address) => values.get(lineage, address)) }
      })
    },

    /**
     * The same by its addresses, each value checked and none parsed, but for those which a state holds that has just been checked.
     * @throws CorruptionFound, which names the nearest whole one
     */
    checked: (run: RunRow, number: number, known: StateMap = new Map()): CheckpointState | undefined =>
      orNearest(run, number, () => {
        const lineage = lineages.byNumber(run.lineage)
        const found = checkpoints.state(run, number)
        const isKnown = new Set(addressesAt(known))
        for (const address of addressesAt(found.state)) if (!isKnown.has(address)) values.text(lineage, address)
        return found
      }),
  }
}

function addressesAt(state: StateMap): Address[] {
  return [...state.values()].flatMap((change) => ('address' in change ? [change.address] : []))
}

/** What the keys of a state say, values in place of addresses. */
function unfold(state: StateMap, value: ReadValue): Omit<RunState, 'checkpoint'> {
  const outputs = new Map<string, Output[]>()
  const steps = new Map<string, StepFact>()
  for (const change of state.values()) {
    const { key } = change
    // To split a key takes as long as to check a value.
    if ('fact' in change) steps.set(key.slice(key.indexOf('/') + 1), change.fact)
    if (!('address' in change) || key === inputKey || key === contextKey) continue
    const [from, to] = [key.indexOf('/') + 1, key.lastIndexOf('/')]
    const step = key.slice(from, to)
    const ofStep = outputs.get(step) ?? []
    ofStep.push({ iteration: Number(key.slice(to + 1)), output: value(change.address), address: change.address })
    outputs.set(step, ofStep)
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
