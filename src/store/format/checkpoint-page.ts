/**
 * Checkpoints of a run on their way to another thread: what each says goes there as it is written, and is parsed by whoever asked. Both
 * to make objects of a thousand and to clone them takes longer than to read and check their rows.
 */
import { z } from 'zod'
import type { Checksum, RunId } from '../../model/ids.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { CheckpointList } from '../../model/views.ts'
import { checkpointOf, type WholeCheckpoint } from './delta.ts'

export interface CheckpointPage {
  readonly run: RunId
  /** JSON: of each its number, its checksum, what it says, and the checksum of the one before it, unless that stands before it here. */
  readonly text: string
  /** Those that were left out. */
  readonly damaged: readonly number[]
}

/** Both ends are ours and are built together: what was put in is what comes out. */
const Each = z.custom<readonly (readonly [number: number, checksum: Checksum, said: unknown, parent?: Checksum | null])[]>()

/** `texts` are what they say, in the same order. */
export function checkpointPage(run: RunId, links: readonly WholeCheckpoint[], texts: readonly string[], damaged: readonly number[]): CheckpointPage {
  const all = links.map(({ number, parent, checksum }, at) => {
    const isNext = at > 0 && links[at - 1]?.checksum === parent
    return `[${number},"${checksum}",${texts[at]}${isNext ? '' : `,${JSON.stringify(parent)}`}]`
  })
  return { run, text: `[${all.join()}]`, damaged }
}

/** None where there is no page. What this version does not read is told as damaged. */
export function readCheckpointPage(page: CheckpointPage | undefined): CheckpointList {
  if (page === undefined) return { checkpoints: [], damaged: [] }
  const { run, text } = page
  const damaged = [...page.damaged]
  const all = Each.parse(JSON.parse(text))
  const checkpoints = all.flatMap(([number, checksum, said, parent], at) => {
    const before = parent === undefined ? (all[at - 1]?.[1] ?? null) : parent
    try {
      return checkpointOf(run, { number, parent: before, checksum }, said)
    } catch (error) {
      if (!(error instanceof CorruptionFound)) throw error
      damaged.push(number)
      return []
    }
  })
  return { checkpoints, damaged: damaged.toSorted((a, b) => a - b) }
}
