/**
 * How far back a run is whole.
 *
 * It goes once through the checkpoints, oldest first, and looks at each value once: a run with many checkpoints and a
 * value that all of them need is not read from its beginning for each.
 */
import type Database from 'better-sqlite3'
import type { Checkpoint, StateChange } from '../../model/checkpoint.ts'
import type { Address, Checksum } from '../../model/ids.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { openKeyframe, readCheckpoint } from '../format/delta.ts'
import type { RunRow } from '../format/rows.ts'
import { digestIn } from '../format/sha256.ts'
import { chainReader } from './chain.ts'
import { ifWhole } from './if-whole.ts'
import { lineageReader, type NumberedLineage } from './lineages.ts'
import { linkOver } from './link-over.ts'
import { standingCheckpoints } from './links.ts'
import { stubReader } from './stubs.ts'
import { valueReader } from './values.ts'

interface Stored {
  readonly number: number
  readonly content: unknown
  /** Undefined where none is stored. */
  readonly checksum: Checksum | undefined
}

interface StoredKeyframe {
  readonly body: unknown
  readonly checksum: unknown
}

/** The newest checkpoint up to one, of whichever branch, whose state can be read whole; null where none can. */
export function nearestWholeReader(db: Database.Database): (run: RunRow, upTo: number) => number | null {
  const all = standingCheckpoints(db)
  const keyframe = db.prepare<[number, number], StoredKeyframe>('SELECT body, checksum FROM keyframe WHERE run = ? AND number = ?')
  const crypt = cryptOf(db)
  const lineages = lineageReader(db)
  const values = valueReader(db)
  const stubsOf = stubReader(db)
  const chainOf = chainReader(db)
  const over = linkOver(db)

  const wholeValues = (lineage: NumberedLineage) => {
    const known = new Map<Address, boolean>()
    return (address: Address): boolean => {
      const found = known.get(address) ?? ifWhole(() => values.text(lineage, address)) !== undefined
      known.set(address, found)
      return found
    }
  }

  return (row, upTo) => {
    const { number: run, record } = row
    const lineage = ifWhole(() => lineages.byNumber(row.lineage))
    const stubs = ifWhole(() => stubsOf(row))
    if (lineage === undefined || stubs === undefined) return null
    const isWhole = wholeValues(lineage)
    const chain = chainOf(row, stubs)
    /** Undefined where it is damaged, or the one before it is not there. */
    const opened = (stored: Stored, before: Stored | undefined): Checkpoint | undefined => {
      if (chain.keptBefore(stored.number) === undefined && before?.number !== stored.number - 1) return undefined
      return ifWhole(() => readCheckpoint(crypt, record.id, over(chain, { ...stored, parent: before?.checksum })))
    }
    let before: Stored | undefined
    let branch = 0
    /** Keys of the state whose values are damaged; undefined where the state itself cannot be read. */
    let damaged: Set<string> | undefined
    let nearest: number | null = null

    const take = (changes: Iterable<StateChange>): void => {
      for (const change of changes) {
        if ('address' in change && !isWhole(change.address)) damaged?.add(change.key)
        else damaged?.delete(change.key)
      }
    }
    for (const [at, content, checksum] of all({ run, from: 0, to: upTo })) {
      const stored = { number: at, content, checksum: digestIn(checksum) }
      const checkpoint = opened(stored, before)
      const stands = checkpoint && ifWhole(() => ({ frame: keyframe.get(run, at) }))
      const frame = stands?.frame
      if (checkpoint === undefined || stands === undefined || (frame === undefined && checkpoint.branch !== branch)) damaged = undefined
      else if (frame === undefined) take(checkpoint.changes)
      else {
        const state = ifWhole(() => openKeyframe(crypt, checkpoint, frame))
        damaged = state && new Set()
        take(state?.values() ?? [])
      }
      if (damaged?.size === 0) nearest = at
      before = stored
      branch = checkpoint?.branch ?? branch
    }
    return nearest
  }
}
