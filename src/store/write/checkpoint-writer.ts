import type Database from 'better-sqlite3'
import type { SealedValue, Transition } from '../../engine/ports.ts'
import type { CheckpointDraft } from '../../model/checkpoint.ts'
import { counted } from '../../model/counted.ts'
import type { Instant } from '../../model/ids.ts'
import { CorruptionFound, StorageFailed, VersionConflict } from '../../model/storage-errors.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { checkpointId, mostCheckpoints } from '../format/checkpoint-id.ts'
import { fold, sealCheckpoint, type SealedCheckpoint, sealKeyframe, type StateMap, wholeCheckpoint } from '../format/delta.ts'
import type { Ledger } from '../format/ledger.ts'
import { pack } from '../format/packing.ts'
import type { RunRow } from '../format/rows.ts'
import { fromHex, storedDigest } from '../format/sha256.ts'
import { checkpointReader } from '../read/checkpoints.ts'
import { ifWhole } from '../read/if-whole.ts'
import { valueReader } from '../read/values.ts'

/**
 * Appends the checkpoints of a transition to its run. A branch begins with a keyframe, and another follows where the deltas
 * since the last one have come to outweigh it, but not before `floor` bytes of them: reading a state then takes a bounded
 * part of what is stored, and keyframes take at most as much room as deltas.
 *
 * What stands past those that the run's ledger counts is nobody's: a damaged number has led it there, and what it was is missed
 * elsewhere. It must not hold up the run, whose ledger is whole: what is appended takes its place.
 */
export function checkpointWriter(db: Database.Database, floor: number): (before: RunRow, transition: Transition) => RunRow {
  const crypt = cryptOf(db)
  const insert = db.prepare<[number, number, string, Buffer]>(
    `INSERT INTO checkpoint (id, content, checksum) VALUES (${checkpointId('?', '?')}, ?, ?) ON CONFLICT DO NOTHING`,
  )
  const standing = db.prepare<[number, number], { content: unknown; checksum: unknown }>(
    `SELECT content, checksum FROM checkpoint WHERE id = ${checkpointId('?', '?')}`,
  )
  const replace = db.prepare<[string, Buffer, number, number]>(`UPDATE checkpoint SET content = ?, checksum = ? WHERE id = ${checkpointId('?', '?')}`)
  const dropKeyframe = db.prepare<[number, number]>('DELETE FROM keyframe WHERE run = ? AND number = ?')
  const insertKeyframe = db.prepare<[number, number, Uint8Array, Buffer]>(
    'INSERT OR REPLACE INTO keyframe (run, number, body, checksum) VALUES (?, ?, ?, ?)',
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

  /** @throws CorruptionFound where what stands there is the run's: then it is the run's row that is of before, and this one is not to be lost */
  const put = ({ number: run, record: { id }, ledger }: RunRow, number: number, { content, checksum }: SealedCheckpoint): void => {
    if (insert.run(run, number, content, fromHex(checksum)).changes === 1) return
    const stood = standing.get(run, number)
    const own = ifWhole(() => wholeCheckpoint({ run: id, number, parent: ledger.head }, stood?.content, storedDigest(stood?.checksum)))
    if (own !== undefined) {
      const detail = `its row tells of ${counted(ledger.checkpoints, 'checkpoint')}, and checkpoint ${number} is there, whole, and follows them: the row is of before it`
      throw new CorruptionFound('run', id, detail)
    }
    replace.run(content, fromHex(checksum), run, number)
  }

  /**
   * Answers the run's ledger with it. `from` is the checkpoint that a branch starts from, where this one begins it.
   * @throws StorageFailed where it does not follow the run's newest checkpoint, or starts from one that is not there;
   * VersionConflict where it starts from one that retention has removed since it was read; CorruptionFound where it is there already
   */
  const append = (run: RunRow, at: Instant, draft: CheckpointDraft, from: number | null): Ledger => {
    const { ledger, record, number } = run
    if (draft.number !== ledger.checkpoints) {
      throw new StorageFailed(`run ${record.id} has ${counted(ledger.checkpoints, 'checkpoint')}: the next is not ${draft.number}`)
    }
    if (draft.number >= mostCheckpoints) throw new StorageFailed(`run ${record.id} has as many checkpoints as a run may have: start another`)
    if (from !== null && from >= ledger.checkpoints) {
      throw new StorageFailed(`run ${record.id} has ${counted(ledger.checkpoints, 'checkpoint')}: no branch starts from ${from}`)
    }
    if (from !== null && reader.isRemoved(run, from)) throw new VersionConflict(record.id, record.version, record.version)
    const sealed = sealCheckpoint(crypt, run.lineage, { run: record.id, at, parent: ledger.head }, draft)
    const { content, checksum } = sealed
    const checkpoints = ledger.checkpoints + 1
    const budget = ledger.budget - content.length
    put(run, draft.number, sealed)
    if (budget > 0 && from === null) {
      // One of nobody's that is left here would be read as this checkpoint's.
      dropKeyframe.run(number, draft.number)
      return { ...ledger, head: checksum, checkpoints, budget }
    }

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
