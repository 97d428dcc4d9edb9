import type Database from 'better-sqlite3'
import type { Checksum, RunId } from '../../model/ids.ts'
import { checkpointId } from '../format/checkpoint-id.ts'
import { type WholeCheckpoint, wholeCheckpoint } from '../format/delta.ts'
import type { StubRow } from '../format/rows.ts'
import { digestColumn, digestIn, digestOver } from '../format/sha256.ts'
import { ifWhole } from './if-whole.ts'

/** So many checkpoints one after the other may have damaged checksums. Whatever is damaged itself is looked back from as far as this. */
const most = 8

export interface Chain {
  readonly id: RunId
  readonly number: number
  readonly stubs: readonly StubRow[]
}

/** The checksum is in hexadecimal digits. `parent` is what is stored as that of the one before; undefined where no checksum is. */
export interface StoredLink {
  readonly number: number
  readonly parent: Checksum | null | undefined
  readonly content: unknown
  readonly checksum: unknown
}

/** What the checksum of a checkpoint may have been: what is stored as that, and what its content comes to over those that the one before it may have had. */
export function checksumsReader(db: Database.Database): (of: Chain, number: number) => Iterable<Checksum> {
  const at = db
    .prepare<[number, number], [content: unknown, checksum: unknown]>(`SELECT content, ${digestColumn('checksum')} FROM checkpoint WHERE id = ${checkpointId('?', '?')}`)
    .raw()

  function* checksumsOf(of: Chain, number: number, left: number): Generator<Checksum> {
    const [content, checksum] = ifWhole(() => at.get(of.number, number)) ?? []
    const stored = digestIn(checksum)
    if (stored !== undefined) yield stored
    if (left === 0 || typeof content !== 'string') return
    const stub = of.stubs.find((each) => each.number === number)
    const isFirst = stub !== undefined || number === 0
    for (const parent of isFirst ? [stub?.parent ?? null] : checksumsOf(of, number - 1, left - 1)) yield digestOver(parent, content)
  }

  return (of, number) => checksumsOf(of, number, most)
}

/**
 * Checks that a checkpoint recomputes over the one before it. Where it does not, what is stored as the checksum of that one may be what is
 * damaged: then it does over what that one's content comes to, and the damage is that one's alone, which is found wherever it is read
 * itself. What has changed recomputes over nothing. The answer throws CorruptionFound.
 */
export function linkOver(db: Database.Database): (of: Chain, stored: StoredLink) => WholeCheckpoint {
  const checksumsOf = checksumsReader(db)

  return (of, { number, parent: stored, content, checksum }) => {
    const over = (parent: Checksum | null): WholeCheckpoint => wholeCheckpoint({ run: of.id, number, parent }, content, checksum)
    const link = stored === undefined ? undefined : ifWhole(() => over(stored))
    if (link !== undefined) return link
    const stub = of.stubs.find((each) => each.number === number)
    const isFirst = stub !== undefined || number === 0
    for (const parent of isFirst ? [stub?.parent ?? null] : checksumsOf(of, number - 1)) {
      const found = ifWhole(() => over(parent))
      if (found !== undefined) return found
    }
    return over(stored ?? null)
  }
}
