/**
 * Has a store be opened with another key from now on. The caller owns it, and nobody has it open.
 *
 * Invariants:
 * 1. Every data key is wrapped anew in one transaction, so that the store is opened with the one key or with the other,
 *    wherever the process dies. What the data keys encrypt stays as it is.
 */
import type Database from 'better-sqlite3'
import type { Clock, Randomness } from '../../engine/ports.ts'
import type { Actor } from '../../model/actor.ts'
import { amissOf, writeAnchor } from '../anchor.ts'
import { migrations } from '../migrations/all.ts'
import { storePaths } from '../paths.ts'
import { journalReader } from '../read/journal.ts'
import { openWriter } from '../sqlite/connection.ts'
import { reading } from '../sqlite/reading.ts'
import { JournalWriter } from '../write/journal-writer.ts'
import { rewrap } from './keyring.ts'
import { unlock } from './unlock.ts'
import { fingerprintOf, type WorkspaceKey } from './workspace-key.ts'

export interface RotationParts {
  readonly workspace: string
  readonly from: WorkspaceKey
  readonly to: WorkspaceKey
  readonly actor: Actor
  readonly clock: Clock
  readonly randomness: Pick<Randomness, 'bytes'>
}

/** Answers how many data keys there are. @throws KeyRefused where `from` is not the key; StorageFailed, CorruptionFound */
export async function rotateStore(parts: RotationParts): Promise<number> {
  const { store, anchor } = storePaths(parts.workspace)
  const db = openWriter(store, 'full', migrations)
  try {
    unlock(db, parts.from, parts.randomness.bytes)
    const amiss = reading(store, () => amissOf(anchor, journalReader(db)))
    const journal = new JournalWriter(db)
    const keys = reading(store, () => db.transaction(() => rotated(db, journal, parts)).immediate())
    await writeAnchor(anchor, { ...journal.head, ...amiss })
    // How keys were wrapped before stands in the WAL until it is begun anew.
    db.pragma('wal_checkpoint(TRUNCATE)')
    return keys
  } finally {
    db.close()
  }
}

function rotated(db: Database.Database, journal: JournalWriter, { from, to, actor, clock, randomness }: RotationParts): number {
  const at = clock.now()
  const event = { type: 'key_rotated' as const, from: fingerprintOf(from), to: fingerprintOf(to) }
  journal.append({ at, actor, correlation: null, run: null, events: [event] }, null)
  return rewrap(db, from, to, at, randomness.bytes)
}
