/** The state at a checkpoint with its values in full; where it is damaged, the nearest whole one before it. */
import type Database from 'better-sqlite3'
import { type Checkpoint, contextKey, inputKey, type StateChange, type StepFact } from '../../model/checkpoint.ts'
import type { Address } from '../../model/ids.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { RunState } from '../../model/views.ts'
import type { StateMap } from '../format/delta.ts'
import type { RunRow } from '../format/rows.ts'
import type { Written } from '../thread/written.ts'
import { checkpointReader, type CheckpointState } from './checkpoints.ts'
import { lineageReader } from './lineages.ts'
import { nearestWholeReader } from './nearest-whole.ts'
import { valueReader } from './values.ts'

type TextOf = (address: Address) => string

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
      if (!(error instanceof CorruptionFound)) throw error
      throw new CorruptionFound(error.object, error.key, error.detail, nearestWhole(run, number - 1))
    }
  }

  return {
    /**
     * The state at a checkpoint, or at the head where it is null. Values go into it as they are stored: none is parsed and written again.
     * @throws CorruptionFound, which names the nearest whole one
     */
    written: (run: RunRow, at: number | null): Written<RunState> | undefined => {
      const number = at ?? run.ledger.checkpoints - 1
      return orNearest(run, number, () => {
        const lineage = lineages.byNumber(run.lineage)
        const { checkpoint, state } = checkpoints.state(run, number)
        return { text: textOf(checkpoint, state, (address) => values.text(lineage, address)) }
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

interface Output {
  readonly iteration: number
  readonly text: string
}

/** What the keys of a state say, values in place of addresses. */
function textOf(checkpoint: Checkpoint, state: StateMap, value: TextOf): string {
  const outputs = new Map<string, Output[]>()
  const steps: [string, StepFact][] = []
  for (const change of state.values()) {
    const [noun, step = '', iteration] = change.key.split('/')
    if (noun === 'step' && 'fact' in change) steps.push([step, change.fact])
    if (noun === 'output' && 'address' in change) {
      const { address } = change
      const ofStep = outputs.get(step) ?? []
      ofStep.push({ iteration: Number(iteration), text: `{"iteration":${iteration},"output":${value(address)},"address":"${address}"}` })
      outputs.set(step, ofStep)
    }
  }
  const given = (key: string): string => valueAt(state.get(key), value)
  const said = `"steps":${JSON.stringify(Object.fromEntries(steps))},"outputs":{${[...outputs].map(ofStep).join()}}`
  return `{"checkpoint":${JSON.stringify(checkpoint)},"input":${given(inputKey)},"context":${given(contextKey)},${said}}`
}

function ofStep([step, outputs]: readonly [string, Output[]]): string {
  outputs.sort((a, b) => a.iteration - b.iteration)
  return `${JSON.stringify(step)}:[${outputs.map(({ text }) => text).join()}]`
}

function valueAt(change: StateChange | undefined, value: TextOf): string {
  return change !== undefined && 'address' in change ? value(change.address) : 'null'
}
