import type Database from 'better-sqlite3'
import type { SealedValue, Transition } from '../../engine/ports.ts'
import type { CheckpointDraft } from '../../model/checkpoint.ts'
import type { Instant } from '../../model/ids.ts'
import { StorageFailed, VersionConflict } from '../../model/storage-errors.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { checkpointId, mostCheckpoints } from '../format/checkpoint-id.ts'
import { fold, sealCheckpoint, sealKeyframe, type StateMap } from '../format/delta.ts'
import type { Ledger } from '../format/ledger.ts'
import { pack } from '../format/packing.ts'
import type { RunRow } from '../format/rows.ts'
import { fromHex } from '../format/sha256.ts'
import { checkpointReader } from '../read/checkpoints.ts'
import { valueReader } from '../read/values.ts'

/**
 * Appends the checkpoints of a transition to its run. A branch begins with a keyframe, and another follows where the deltas
 * since the last one have come to outweigh it, but not before `floor` bytes of them: reading a state then takes a bounded
 * part of what is stored, and keyframes take at most as much room as deltas.
 */
export function checkpointWriter(db: Database.Database, floor: number): (before: RunRow, transition: Transition) => RunRow {
  const crypt = cryptOf(db)
  const insert = db.prepare<[number, number, string, Buffer]>(
    `INSERT INTO checkpoint (id, content, checksum) VALUES (${checkpointId('?', '?')}, ?, ?)`,
  )
  const insertKeyframe = db.prepare<[number, number, Uint8Array, Buffer]>(
    'INSERT INTO keyframe (run, number, body, checksum) VALUES (?, ?, ?, ?)',
  )
  const reader = checkpointReader(db)
  const values = valueReader(db)

  /** `own` come with the transition. @throws StorageFailed where it names a value that is not stored */
  const refuseDangling = ({ lineage, record }: RunRow, draft: CheckpointDraft, own: readonly SealedValue[]): void => {
    for (const change of draft.changes) {
      if (!('address' in change) || own.some(({ address }) => address === change.address)) continue
      if (values.has(lineage, change.address)) continue
      throw new StorageFailed(`checkpoint ${record.id}/${draft.number} names value ${change.address}, which is not stored`)
    }
  }

  /** The state at a checkpoint that is just being written: that of the one that it changes, and its changes. */
  const stateAt = (run: RunRow, draft: CheckpointDraft, base: number): StateMap => {
    const before = base < 0 ? new Map() : reader.state(run, base).state
    return fold(before, draft.changes)
  }

  /**
   * Answers the run's ledger with it. `from` is the checkpoint that a branch starts from, where this one begins it.
   * @throws StorageFailed where it does not follow the run's newest checkpoint, or starts from one that is not there;
   * VersionConflict where it starts from one that retention has removed since it was read
   */
  const append = (run: RunRow, at: Instant, draft: CheckpointDraft, from: number | null): Ledger => {
    const { ledger, record, number } = run
    if (draft.number !== ledger.checkpoints) {
      throw new StorageFailed(`run ${record.id} has ${ledger.checkpoints} checkpoints: the next is not ${draft.number}`)
    }
    if (draft.number >= mostCheckpoints) throw new StorageFailed(`run ${record.id} has as many checkpoints as a run may have: start another`)
    if (from !== null && from >= ledger.checkpoints) {
      throw new StorageFailed(`run ${record.id} has ${ledger.checkpoints} checkpoints: no branch starts from ${from}`)
    }
    if (from !== null && reader.isRemoved(run, from)) throw new VersionConflict(record.id, record.version, record.version)
    const { content, checksum } = sealCheckpoint(crypt, run.lineage, { run: record.id, at, parent: ledger.head }, draft)
    const checkpoints = ledger.checkpoints + 1
    const budget = ledger.budget - content.length
    insert.run(number, draft.number, content, fromHex(checksum))
    if (budget > 0 && from === null) return { ...ledger, head: checksum, checkpoints, budget }

    const keyframe = sealKeyframe(checksum, stateAt(run, draft, from ?? draft.number - 1))
    const body = crypt.sealBytes(run.lineage, 'keyframe', [record.id, draft.number], pack(Buffer.from(keyframe.text)))
    insertKeyframe.run(number, draft.number, body, keyframe.checksum)
    const next = Math.max(floor, keyframe.text.length)
    return { ...ledger, head: checksum, checkpoints, budget: next, keyframes: ledger.keyframes + 1 }
  }

  /** Answers the run's row with them. */
  return (before, { entry, checkpoints, values: own, branch }) => {
    let row = before
    for (const [index, draft] of checkpoints.entries()) {
      refuseDangling(row, draft, own)
      const from = index === 0 ? (branch?.from ?? null) : null
      row = { ...row, ledger: append(row, entry.at, draft, from) }
    }
    return row
  }
}
