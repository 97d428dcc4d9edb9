/** Puts the store together: one writer on this thread, and on threads of their own whoever reads, follows and copies. */
import { mkdirSync, statSync } from 'node:fs'
import type Database from 'better-sqlite3'
import type { Clock, LastWork, Notification, Randomness, Storage } from '../engine/ports.ts'
import type { Figures, Queries, Search } from '../engine/queries.ts'
import type { Position } from '../model/entry.ts'
import type { Backup, BackupProgress } from '../model/backup.ts'
import type { Failure } from '../model/failure.ts'
import type { Checksum } from '../model/ids.ts'
import type { Verification } from '../model/integrity.ts'
import { StorageFailed } from '../model/storage-errors.ts'
import { AnchorKeeper, checkAnchor, amissOf, readAnchor } from './anchor.ts'
import { BackupMaker } from './backup/backup-maker.ts'
import { type FileSeals, fileSeals } from './crypt/file-seals.ts'
import type { Keyring } from './crypt/keyring.ts'
import { overwriteIndex } from './crypt/overwrite.ts'
import { unlockNew } from './crypt/unlock.ts'
import type { WorkspaceKey } from './crypt/workspace-key.ts'
import { FaultWatch, type Unwritable } from './fault-watch.ts'
import type { LatencyBucket } from './format/latency.ts'
import { Indexer } from './index/indexer.ts'
import { migrations } from './migrations/all.ts'
import { storePaths } from './paths.ts'
import { type JournalHead, journalReader } from './read/journal.ts'
import { Reader } from './reader/reader.ts'
import { RetentionKeeper } from './retention/retention-keeper.ts'
import { type Durability, openWriter } from './sqlite/connection.ts'
import { faultOf } from './sqlite/fault.ts'
import { makeGiveBack } from './sqlite/free-pages.ts'
import { damageOf, reading } from './sqlite/reading.ts'
import { SqliteStorage } from './storage.ts'
import { AskedThread } from './thread/asked-thread.ts'
import { Verifier } from './verify/verifier.ts'
import type { Copying } from './wal/thread.ts'
import { WalKeeper } from './wal/wal-keeper.ts'
import type { Defer, Outcomes } from './write/group.ts'

/** What its threads start from, where that is bundled apart from this. */
export interface ThreadEntries {
  readonly readerEntry?: string | URL
  readonly indexEntry?: string | URL
  readonly backupEntry?: string | URL
  readonly copierEntry?: string | URL
}

export interface StoreOptions extends ThreadEntries {
  /** The workspace's folder; the store stands in `.cairn` below it. */
  readonly workspace: string
  readonly durability?: Durability
  /** What the store is encrypted with; a new one is from now on. Null or left out where it is not. */
  readonly key?: WorkspaceKey | null
  /** Largest value, in bytes of its RFC 8785 form. */
  readonly valueLimit?: number
  /** Bytes of deltas that are not worth a keyframe, however small the state. */
  readonly keyframeFloor?: number
  /** Whether its file is to become smaller when something is removed: one of which it cannot is written anew, once. */
  readonly givesBack?: boolean
  /** Calls in a later turn of the event loop: a group is what is submitted until then. */
  readonly defer: Defer
  readonly clock: Clock
  /** Milliseconds, with fractions, since some moment; setting a clock does not move it. */
  readonly elapsed: () => number
  readonly randomness: Pick<Randomness, 'bytes'>
  /** Notes which run's rows are being read or written. */
  readonly lastWork?: Pick<LastWork, 'on'>
  /** Hears of what fails apart from any request. */
  readonly troubled: Notification['troubled']
  /** Told when the store cannot be written, and why; with null when it can be again. */
  readonly faulted?: (fault: Unwritable | null) => void
}

export interface Store {
  readonly storage: Storage & Pick<SqliteStorage, 'hasRow'>
  readonly queries: Queries
  readonly search: Search
  readonly figures: Figures
  /** Set where the journal is not what its anchor says: to be shown, and recorded. */
  readonly alarm: Failure | null
  /** What it is encrypted with; null where it is not. */
  readonly keyring: Keyring | null
  /** Why the store cannot be written now; null where it can. */
  fault(): Unwritable | null
  /** Where the journal ends, as committed. */
  head(): JournalHead
  /** The digest of an entry, as it stands; undefined where there is none. */
  digestAt(position: Position): Checksum | undefined
  /** How files beside the store are kept: encrypted where it is. */
  readonly files: FileSeals
  /** Looks at the store in a thread of its own. */
  readonly verifier: Pick<Verifier, 'alarmed' | 'check' | 'findings' | 'patrol' | 'verify'>
  /** Walks the whole store. It takes long; closing the store gives it up. */
  verify(): Promise<Verification>
  /**
   * Copies the store as it is now to a file, verified, while commits go on.
   * @throws StorageFailed, CorruptionFound; GivenUp where the store is closed meanwhile
   */
  backUp(file: string, told: (progress: BackupProgress) => void): Promise<Backup>
  /** What retention would remove, has it removed, and when it last did. */
  readonly retention: Pick<RetentionKeeper, 'plan' | 'apply' | 'last'>
  /** Commits what was handed in, brings the WAL home and lets go of all files. */
  close(): Promise<void>
}

const readerBeside = new URL('./reader/thread.ts', import.meta.url)
const indexBeside = new URL('./index/thread.ts', import.meta.url)
const backupBeside = new URL('./backup/backup-thread.ts', import.meta.url)
const copierBeside = new URL('./wal/thread.ts', import.meta.url)
/** How long whoever reads the WAL is given before it is tried again to empty it, in milliseconds: most take less. */
const betweenReadings = 50
const defaults = { durability: 'full', valueLimit: 10_000_000, keyframeFloor: 4_096 } as const

/**
 * Opens or creates the store of a workspace that the caller owns (`claimOwnership`).
 * @throws StoreTooNew, StoreForeign, SqliteTooOld, KeyRefused, StorageFailed, and CorruptionFound where the journal has no end
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const paths = storePaths(options.workspace)
  prepareFolder(paths)
  const db = openWriter(paths.store, options.durability ?? defaults.durability, migrations)
  try {
    const { key = null, clock, randomness } = options
    const keyring = reading(paths.store, () => unlockNew(db, key, clock.now(), randomness.bytes))
    if (options.givesBack === true) makeGiveBack(db, options.troubled)
    return await assemble(db, keyring, options)
  } catch (error) {
    db.close()
    throw damageOf(paths.store, error) ?? error
  }
}

/** A store that is gone is not begun anew as though there had never been one. @throws StorageFailed */
function prepareFolder({ folder, store, anchor }: ReturnType<typeof storePaths>): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw faultOf(folder, error) ?? error
  }
  const was = readAnchor(anchor)?.position ?? 0
  const bytes = statSync(store, { throwIfNoEntry: false })?.size ?? 0
  if (was === 0 || bytes > 0) return
  throw new StorageFailed(
    `${store} is gone, and its journal had come to entry ${was}: bring it back, or a backup of it with cairn restore-backup; ` +
      `to begin anew without it, move ${anchor} away`,
    { fault: 'gone' },
  )
}

async function assemble(db: Database.Database, keyring: Keyring | null, options: StoreOptions): Promise<Store> {
  const { workspace, key = null, clock, troubled } = options
  const paths = storePaths(workspace)
  if (keyring !== null) await overwriteIndex(paths.index)
  const journal = journalReader(db)
  const alarm = checkAnchor(paths.anchor, journal)
  const amiss = amissOf(paths.anchor, journal)
  const readerEntry = options.readerEntry ?? readerBeside
  const reader = new Reader({ entry: readerEntry, workspace, key })
  const verifier = new Verifier({ entry: readerEntry, workspace, key, file: paths.patrol, clock, troubled })
  const copier = new AskedThread<Copying>({ entry: options.copierEntry ?? copierBeside, workspace, name: 'copier' })
  const wal = new WalKeeper(db, () => copier.ask('copy', paths.store), troubled)
  const backups = new BackupMaker({ entry: options.backupEntry ?? backupBeside, workspace, key })
  const faults = new FaultWatch({
    clock,
    probe: () => storage.probe(),
    changed: (fault) => options.faulted?.(fault),
  })
  const outcomes: Outcomes = {
    committed() {
      faults.committed()
      anchor.moved()
      wal.grew()
      indexer.grew()
    },
    failed: (why) => faults.failed(why),
    damaged: (why) => faults.damaged(why),
  }
  const storage = new SqliteStorage(db, { ...defaults, ...options, outcomes })
  const head = (): Position => storage.head.position
  const latencies = (): readonly LatencyBucket[] => storage.latencies()
  const indexer = new Indexer({ entry: options.indexEntry ?? indexBeside, workspace, key, clock, head, latencies, troubled })
  const retention = new RetentionKeeper({
    entry: readerEntry,
    workspace,
    key,
    clock,
    file: paths.store,
    memory: paths.retention,
    head,
    remove: (removal) => storage.remove(removal),
    trim: (order) => storage.trim(order),
    giveBack: (pages) => storage.giveBack(pages),
    settle: () => wal.settle(() => new Promise((resolve) => clock.at(clock.now() + betweenReadings, resolve))),
    troubled,
  })
  const anchor = new AnchorKeeper(paths.anchor, clock, () => storage.head, troubled, amiss)
  // From the first entry on, a missing anchor is a lost one.
  if (storage.head.position === 0) await anchor.write()

  /** What fails on the way is told, and the rest is closed all the same. */
  const shut = async (): Promise<void> => {
    faults.close()
    for (const part of [backups, retention, verifier, storage, anchor, indexer, reader, copier]) {
      await part.close().catch((error: unknown) => troubled('closing the store', error))
    }
    try {
      db.pragma('wal_checkpoint(TRUNCATE)')
    } catch (error) {
      const fault = faultOf(paths.store, error)
      if (fault === undefined) throw error
      // Nothing is lost: it stands in the WAL, and whoever opens the store next finds it there.
      troubled('bringing the WAL home', fault)
    } finally {
      db.close()
    }
  }
  let closing: Promise<void> | undefined

  return {
    storage,
    queries: reader,
    search: indexer,
    figures: indexer,
    alarm,
    keyring,
    files: fileSeals(db),
    fault: () => faults.fault,
    head: () => storage.head,
    digestAt: (position) => journal.digestAt(position),
    verifier,
    verify: () => verifier.verify(null),
    retention,
    backUp: (file, told) => backups.make(file, told),
    close: () => (closing ??= shut()),
  }
}
