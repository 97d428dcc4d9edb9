/**
 * Checkpoints of a run on their way to another thread: what each says goes there as it is written, and is parsed by whoever asked. Both
 * to make objects of a thousand and to clone them takes longer than to read and check their rows.
 */
import { z } from 'zod'
import type { Checkpoint } from '../../model/checkpoint.ts'
import type { Checksum, RunId } from '../../model/ids.ts'
import { checkpointOf, type WholeCheckpoint } from './delta.ts'

export interface CheckpointPage {
  readonly run: RunId
  /** JSON: of each its number, its checksum, what it says, and the checksum of the one before it, unless that stands before it here. */
  readonly text: string
}

/** Both ends are ours and are built together: what was put in is what comes out. */
const Each = z.custom<readonly (readonly [number: number, checksum: Checksum, said: unknown, parent?: Checksum | null])[]>()

/** `texts` are what they say, in the same order. */
export function checkpointPage(run: RunId, links: readonly WholeCheckpoint[], texts: readonly string[]): CheckpointPage {
  const all = links.map(({ number, parent, checksum }, at) => {
    const isNext = at > 0 && links[at - 1]?.checksum === parent
    return `[${number},"${checksum}",${texts[at]}${isNext ? '' : `,${JSON.stringify(parent)}`}]`
  })
  return { run, text: `[${all.join()}]` }
}

/** None where there is no page. @throws CorruptionFound where this version does not read what one of them says */
export function readCheckpointPage(page: CheckpointPage | undefined): Checkpoint[] {
  if (page === undefined) return []
  const { run, text } = page
  const all = Each.parse(JSON.parse(text))
  return all.map(([number, checksum, said, parent], at) => {
    const before = parent === undefined ? (all[at - 1]?.[1] ?? null) : parent
    return checkpointOf(run, { number, parent: before, checksum }, said)
  })
}
