import type Database from 'better-sqlite3'
import type { Checksum } from '../../model/ids.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { checkpointId } from '../format/checkpoint-id.ts'
import { type WholeCheckpoint, wholeCheckpoint } from '../format/delta.ts'
import { digestColumn, digestIn, digestOver } from '../format/sha256.ts'
import type { Chain } from './chain.ts'
import { ifWhole, ifWholeIn } from './if-whole.ts'

/** So many checkpoints one after the other may have damaged checksums. Whatever is damaged itself is looked back from as far as this. */
const most = 8

/** The checksum is in hexadecimal digits. `parent` is what is stored as that of the one before; undefined where no checksum is. */
export interface StoredLink {
  readonly number: number
  readonly parent: Checksum | null | undefined
  readonly content: unknown
  readonly checksum: unknown
}

/**
 * What the checksum of a checkpoint may have been: what is kept of it by another row, or else what is stored as that, and what its content
 * comes to over those that the one before it may have had. Null of the one before the first.
 */
export function checksumsReader(db: Database.Database): (of: Chain, number: number) => Iterable<Checksum | null> {
  const at = db
    .prepare<[number, number], [content: unknown, checksum: unknown]>(`SELECT content, ${digestColumn('checksum')} FROM checkpoint WHERE id = ${checkpointId('?', '?')}`)
    .raw()

  function* checksumsOf(of: Chain, number: number, left: number): Generator<Checksum | null> {
    const kept = of.keptBefore(number + 1)
    if (kept !== undefined) {
      yield kept
      return
    }
    const [content, checksum] = ifWholeIn(db, () => at.get(of.number, number)) ?? []
    const stored = digestIn(checksum)
    if (stored !== undefined) yield stored
    if (left === 0 || typeof content !== 'string') return
    for (const parent of checksumsOf(of, number - 1, left - 1)) yield digestOver(parent, content)
  }

  return (of, number) => checksumsOf(of, number, most)
}

/**
 * Checks that a checkpoint recomputes over the one before it, and is the one that is known to come before the next. Where it does not recompute,
 * what is stored as the checksum of the one before may be what is damaged: then it does over what that one's content comes to, and the damage is
 * that one's alone, which is found wherever it is read itself. What has changed recomputes over nothing. The answer throws CorruptionFound.
 */
export function linkOver(db: Database.Database): (of: Chain, stored: StoredLink) => WholeCheckpoint {
  const checksumsOf = checksumsReader(db)

  const recomputed = (of: Chain, { number, parent, content, checksum }: StoredLink): WholeCheckpoint => {
    const over = (before: Checksum | null): WholeCheckpoint => wholeCheckpoint({ run: of.id, number, parent: before }, content, checksum)
    const kept = of.keptBefore(number)
    if (kept !== undefined) return over(kept)
    const link = parent === undefined ? undefined : ifWhole(() => over(parent))
    if (link !== undefined) return link
    for (const before of checksumsOf(of, number - 1)) {
      const found = ifWhole(() => over(before))
      if (found !== undefined) return found
    }
    return over(parent ?? null)
  }

  return (of, stored) => {
    const link = recomputed(of, stored)
    const kept = of.keptBefore(link.number + 1)
    if (kept === undefined || kept === link.checksum) return link
    throw new CorruptionFound('checkpoint', `${of.id}/${link.number}`, 'it is not the one that its run names')
  }
}
