/** A store that is only looked at: nothing of it changes, whoever owns it, and it need not be whole. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Notification } from '../engine/ports.ts'
import type { Figures, Queries, Search } from '../engine/queries.ts'
import type { Position } from '../model/entry.ts'
import { Indexer } from './index/indexer.ts'
import { storePaths } from './paths.ts'
import { journalReader } from './read/journal.ts'
import { Reader } from './reader/reader.ts'
import { openReader } from './sqlite/connection.ts'
import { reading } from './sqlite/reading.ts'

export interface LookOptions {
  readonly workspace: string
  readonly readerEntry: string | URL
  readonly indexEntry: string | URL
  readonly troubled: Notification['troubled']
}

export interface LookedAt {
  readonly queries: Queries
  readonly search: Search
  readonly figures: Figures
  /** Where the journal ended when the store was opened. */
  readonly head: Position
  close(): Promise<void>
}

/** @throws StorageFailed, CorruptionFound where not even the end of its journal can be read */
export async function openToLook({ workspace, readerEntry, indexEntry, troubled }: LookOptions): Promise<LookedAt> {
  const head = headOf(storePaths(workspace).store)
  // The one beside the store is its owner's.
  const folder = await mkdtemp(join(tmpdir(), 'cairn-look-'))
  const reader = new Reader(readerEntry, workspace)
  const indexer = new Indexer({
    entry: indexEntry,
    workspace,
    index: join(folder, 'index.db'),
    head: () => head,
    latencies: () => [],
    troubled,
  })
  return {
    queries: reader,
    search: indexer,
    figures: indexer,
    head,
    async close() {
      await indexer.close()
      await reader.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function headOf(file: string): Position {
  const db = openReader(file)
  try {
    return reading(file, () => journalReader(db).head().position)
  } finally {
    db.close()
  }
}
