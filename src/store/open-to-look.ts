/**
 * A store that is only looked at: nothing of it changes, whoever owns it, and it need not be whole. One that this version
 * cannot read where it lies (an earlier version wrote it, or its folder may not be written) is copied, and the copy read.
 */
import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock, Notification } from '../engine/ports.ts'
import type { Figures, Queries, Search } from '../engine/queries.ts'
import type { Position } from '../model/entry.ts'
import type { Failure } from '../model/failure.ts'
import { backup, type Finding, type IntegrityCheck, type Verification, withAlarm } from '../model/integrity.ts'
import { StorageFailed } from '../model/storage-errors.ts'
import { checkAnchor } from './anchor.ts'
import { aboutCopy } from './backup/about-copy.ts'
import { copyFiles } from './backup/copy-store.ts'
import type { Keyring } from './crypt/keyring.ts'
import { unlock } from './crypt/unlock.ts'
import type { WorkspaceKey } from './crypt/workspace-key.ts'
import { Indexer } from './index/indexer.ts'
import { migrations } from './migrations/all.ts'
import { storePaths } from './paths.ts'
import { ifWhole } from './read/if-whole.ts'
import { chainReader, type JournalReader, journalReader } from './read/journal.ts'
import { Reader } from './reader/reader.ts'
import { isStore, openReader, openWriter } from './sqlite/connection.ts'
import { schemaVersion } from './sqlite/migrate.ts'
import { reading } from './sqlite/reading.ts'
import { type Progressed, Verifier } from './verify/verifier.ts'

export interface LookOptions {
  readonly workspace: string
  /** What the store is encrypted with; null where it is not. */
  readonly key?: WorkspaceKey | null
  /** Holds the journal against what is known of it elsewhere than in the workspace. */
  readonly anchored?: (journal: Pick<JournalReader, 'head' | 'digestAt'>) => Failure | null
  readonly readerEntry: string | URL
  readonly indexEntry: string | URL
  readonly clock: Clock
  readonly troubled: Notification['troubled']
}

export interface LookedAt {
  readonly queries: Queries
  readonly search: Search
  readonly figures: Figures
  /** What it is encrypted with; null where it is not. */
  readonly keyring: Keyring | null
  /** What is read is a copy, as of when the store was opened. */
  readonly isCopy: boolean
  /** Where the journal ended when the store was opened. */
  readonly head: Position
  /** Set where the journal was not what its anchors said then. */
  readonly alarm: Failure | null
  /** What was found of it here; before that, what its owner had found by when it was opened. */
  check(): IntegrityCheck | null
  findings(): readonly Finding[]
  /** Walks through all of it. What that comes to is told here alone. Rejects with GivenUp where it is closed first. */
  verify(progressed: Progressed): Promise<Verification>
  close(): Promise<void>
}

/** @throws StorageFailed, CorruptionFound, KeyRefused, StoreTooNew where not even its schema can be read */
export async function openToLook({ workspace, key = null, anchored = () => null, readerEntry, indexEntry, clock, troubled }: LookOptions): Promise<LookedAt> {
  // The index beside the store is its owner's.
  const folder = await mkdtemp(join(tmpdir(), 'cairn-look-'))
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true })
  try {
    const place = isReadable(workspace) ? workspace : await copied(workspace, folder)
    /** The copy has a name that nobody knows. */
    const ofTheStore = (text: string): string => text.replaceAll(place, workspace)
    const { head, keyring, alarm } = standing(place, key, (journal) => named(checkAnchor(storePaths(place).anchor, journal), ofTheStore) ?? anchored(journal))
    const reader = new Reader({ entry: readerEntry, workspace: place, key })
    const index = join(folder, 'index.db')
    const indexer = new Indexer({ entry: indexEntry, workspace: place, key, index, clock, head: () => head, latencies: () => [], troubled })
    const verifier = new Verifier({ entry: readerEntry, workspace: place, key, file: storePaths(workspace).patrol, looks: true, clock, troubled })
    const all = (findings: readonly Finding[]): readonly Finding[] => withAlarm(findings.map((each) => ({ ...each, key: ofTheStore(each.key), detail: ofTheStore(each.detail) })), alarm === unheld ? null : alarm)
    const findings = (): readonly Finding[] => all(verifier.findings)
    return {
      queries: reader,
      search: indexer,
      figures: indexer,
      keyring,
      isCopy: place !== workspace,
      head,
      alarm,
      check: () => verifier.check && { ...verifier.check, findings: findings().length },
      findings,
      async verify(progressed) {
        const { findings: found, checked } = await verifier.verify(() => Promise.resolve(), progressed)
        return { findings: [...all(found)], checked }
      },
      async close() {
        await verifier.close()
        await indexer.close()
        await reader.close()
        await remove()
      },
    }
  } catch (error) {
    await remove()
    // What the disk of the copy is to blame for is told of the copy.
    throw error instanceof StorageFailed ? error : aboutCopy(error, { copy: storePaths(folder).store, from: storePaths(workspace).store, to: folder })
  }
}

/** Whether there is a store that can be looked at, as far as its schema tells. */
export function canBeLookedAt(workspace: string): boolean {
  const { store } = storePaths(workspace)
  try {
    return inReader(workspace, (db) => {
      if (!isStore(db) || schemaVersion(db) > migrations.length) return false
      chainReader(db).end()
      return true
    })
  } catch (error) {
    return error instanceof StorageFailed && canBeCopied(store)
  }
}

/** Where SQLite cannot read it where it lies, a copy of it is looked at. */
function canBeCopied(store: string): boolean {
  try {
    accessSync(store, constants.R_OK)
    return statSync(store).isFile()
  } catch {
    return false
  }
}

/** Whether it can be read where it lies. @throws CorruptionFound */
function isReadable(workspace: string): boolean {
  const { store } = storePaths(workspace)
  try {
    return inReader(workspace, (db) => schemaVersion(db)) === migrations.length
  } catch (error) {
    if (error instanceof StorageFailed && existsSync(store)) return false
    throw error
  }
}

/** Brings a copy of the store to this version's schema; answers the folder that it is the store of. */
async function copied(workspace: string, folder: string): Promise<string> {
  const [from, to] = [storePaths(workspace), storePaths(folder)]
  await mkdir(to.folder)
  // In this order: the journal may be moving, and its anchor with it.
  if (existsSync(from.anchor)) await copyFile(from.anchor, to.anchor)
  await copyFiles(from.store, to.store)
  openWriter(to.store, 'normal', migrations).close()
  return folder
}

function standing(workspace: string, key: WorkspaceKey | null, alarmOf: (journal: JournalReader) => Failure | null): Pick<LookedAt, 'head' | 'keyring' | 'alarm'> {
  return inReader(workspace, (db) => {
    const keyring = unlock(db, key)
    const journal = journalReader(db)
    const held = ifWhole(() => ({ alarm: alarmOf(journal) }))
    return { head: journal.end().position, keyring, alarm: held === undefined ? unheld : held.alarm }
  })
}

/** Where the journal cannot be held against its anchor. */
const unheld: Failure = { class: 'corruption', name: 'StoreDamaged', message: 'the end of the journal cannot be read: what it holds there is missing here', wayOut: backup }

function named(failure: Failure | null, ofTheStore: (text: string) => string): Failure | null {
  return failure && { ...failure, message: ofTheStore(failure.message) }
}

function inReader<T>(workspace: string, look: (db: ReturnType<typeof openReader>) => T): T {
  const { store } = storePaths(workspace)
  const db = openReader(store)
  try {
    return reading(store, () => look(db))
  } finally {
    db.close()
  }
}
