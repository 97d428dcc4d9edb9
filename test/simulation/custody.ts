/** What the disk is given to keep: values under their own addresses, none that came too late, entries in one chain, secrets nowhere but in values. */
import { createHash } from 'node:crypto'
import type { JournalEntry } from '../../src/model/entry.ts'
import type { Address, LineageId } from '../../src/model/ids.ts'
import type { Json } from '../../src/model/json.ts'
import type { Lineage, Transition } from '../../src/engine/ports.ts'
import { sealValue } from '../../src/store/format/value.ts'
import { secret, tooLate, valueLimit } from './faulty-execution.ts'

export interface Kept {
  readonly lineage: (lineage: LineageId) => Lineage | undefined
  readonly value: (lineage: LineageId, address: Address) => Json | undefined
}

/** Which invariant is broken, and how. */
export type Wrong = readonly [invariant: number, what: string]

export class Custody {
  readonly #kept: Kept
  #digest = ''

  constructor(kept: Kept) {
    this.#kept = kept
  }

  /** What is wrong with what was written; undefined where nothing is. */
  wrong(entry: JournalEntry, transition: Transition | null): Wrong | undefined {
    const { position, digest, ...said } = entry
    const text = JSON.stringify(said)
    const chained = createHash('sha256').update(this.#digest).update(text).digest('hex')
    this.#digest = digest
    if (digest !== chained) return [10, `entry ${position} does not follow from the one before it`]
    if (text.includes(secret)) return [12, `entry ${position} tells a secret: ${text}`]
    return transition === null ? undefined : (this.#wrongValue(transition) ?? wrongBranch(transition))
  }

  #wrongValue({ run, record, values, steps, decisions }: Transition): Wrong | undefined {
    const lineage = this.#kept.lineage(record.lineage)
    if (lineage === undefined) return [4, `the lineage of run ${run} is not kept`]
    for (const { address, salt } of values) {
      const value = this.#kept.value(record.lineage, address)
      if (value === undefined || sealValue(lineage, value, salt, valueLimit + 100).address !== address) return [4, `run ${run} has a value that is not what its address says`]
      if (value === tooLate) return [5, `run ${run} takes what was answered for an attempt that it had stopped`]
    }
    const named = [record.input, record.context, ...steps.map(({ output }) => output), ...decisions.flatMap(({ shown, edit }) => [shown, edit])]
    const lost = named.find((address) => address !== null && this.#kept.value(record.lineage, address) === undefined)
    return lost === undefined ? undefined : [4, `run ${run} names ${lost}, which is not kept`]
  }
}

/** A branch that was left stays as it was then. */
function wrongBranch({ run, record, steps, branch }: Transition): Wrong | undefined {
  const other = steps.find((step) => step.branch !== record.branch)
  return other === undefined || branch !== null ? undefined : [5, `run ${run} is on branch ${record.branch}, and ${other.step} of ${other.branch} is another`]
}
