/**
 * Copies a store while its owner goes on writing.
 *
 * Invariants:
 * 1. The copy is the store as of one committed moment: one read transaction lasts as long as the copying does.
 * 2. What stood under the copy's name stays until the new one is whole: it is written beside, verified, synced, renamed. Beside is
 *    a folder that nobody else has (`making-folder.ts`): two that copy at once do not meet, and no file of anybody's is in the way.
 * 3. The copy is one file, of the newest schema: it needs no WAL beside it.
 * 4. Where SQLite cannot read a store where it lies, since nothing may be written beside it (a disk that was mounted read-only when it
 *    began to fail), its files are copied: a copy that is not whole is none.
 */
import { constants, existsSync } from 'node:fs'
import { access, chmod, copyFile, open, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type Database from 'better-sqlite3'
import type { Backup, BackupProgress } from '../../model/backup.ts'
import { StorageFailed } from '../../model/storage-errors.ts'
import type { WorkspaceKey } from '../crypt/workspace-key.ts'
import { migrations } from '../migrations/all.ts'
import { chainReader, type JournalHead } from '../read/journal.ts'
import { openReader, openWriter } from '../sqlite/connection.ts'
import { faultOf } from '../sqlite/fault.ts'
import { syncFolder } from '../sync-folder.ts'
import { aboutCopy } from './about-copy.ts'
import { assertWhole } from './assert-whole.ts'
import { headOf } from './head-of.ts'
import { inMakingFolder, removeAbandoned } from './making-folder.ts'

/** How many pages are copied before it is told how far that has come. */
const pagesAtOnce = 1_000

export interface Copying {
  /** What the store is opened with; null where it is not encrypted. */
  readonly key?: WorkspaceKey | null
  readonly told: (progress: BackupProgress) => void
  /** Called between the steps of it; throws where nobody wants the copy any more. */
  readonly goOn: () => void
}

/** @throws StorageFailed, CorruptionFound, KeyRefused, StoreTooNew, StoreForeign, and what `goOn` throws */
export async function copyStore(from: string, to: string, copying: Copying): Promise<Backup> {
  // What was killed may have taken the room that this one needs.
  await removeAbandoned(dirname(to))
  try {
    return await inMakingFolder(to, (beside) => copyBeside(from, to, beside, copying))
  } catch (error) {
    throw faultOf(to, error) ?? error
  }
}

async function copyBeside(from: string, to: string, beside: string, { key = null, told, goOn }: Copying): Promise<Backup> {
  try {
    await makeReadableByUs(beside)
    const head = await copied(from, beside, { told, goOn })
    makeOneFile(beside)
    told({ type: 'verifying' })
    assertWhole(beside, head, { key, goOn })
    await syncFile(beside)
    const { size: bytes } = await stat(beside)
    await rename(beside, to)
    await syncFolder(dirname(to))
    return { file: to, bytes, position: head.position }
  } catch (error) {
    throw aboutCopy(error, { copy: beside, from, to })
  }
}

/** Copies a store's files as they lie, what a WAL beside holds included. Whether that is whole has to be looked at. */
export async function copyFiles(from: string, to: string): Promise<void> {
  await removeStore(to)
  for (const part of ['', '-wal']) {
    if (part === '' || existsSync(`${from}${part}`)) await copyFile(`${from}${part}`, `${to}${part}`, constants.COPYFILE_FICLONE)
  }
}

/** Removes a store's file and all that SQLite may have left beside it. */
export async function removeStore(file: string): Promise<void> {
  for (const part of ['', '-wal', '-shm', '-journal']) await rm(`${file}${part}`, { force: true })
}

/** Whoever may not read the store may not read its copy. */
export async function makeReadableByUs(file: string): Promise<void> {
  await removeStore(file)
  await writeFile(file, '', { mode: 0o600, flag: 'wx' })
}

async function copied(from: string, to: string, asked: Pick<Copying, 'told' | 'goOn'>): Promise<JournalHead> {
  try {
    headOf(from)
  } catch (error) {
    if (!(error instanceof StorageFailed) || (error.fault !== 'forbidden' && error.fault !== 'read_only')) throw error
    await access(from, constants.R_OK).catch(() => {
      throw error
    })
    await copyFiles(from, to)
    await chmod(to, 0o600)
    return headOf(to)
  }
  return copyPages(from, to, asked)
}

async function copyPages(from: string, to: string, { told, goOn }: Pick<Copying, 'told' | 'goOn'>): Promise<JournalHead> {
  const db = openReader(from)
  try {
    db.exec('BEGIN')
    const head = chainReader(db).head()
    await db.backup(to, {
      progress({ totalPages, remainingPages }) {
        goOn()
        told({ type: 'copied', pages: totalPages - remainingPages, of: totalPages })
        return pagesAtOnce
      },
    })
    return head
  } finally {
    db.close()
  }
}

/** Brings it to the newest schema, and does `work` to it before it stands alone. */
export function makeOneFile(file: string): void
export function makeOneFile<T>(file: string, work: (db: Database.Database) => T): T
export function makeOneFile<T>(file: string, work?: (db: Database.Database) => T): T | undefined {
  const db = openWriter(file, 'full', migrations)
  try {
    const done = work?.(db)
    db.pragma('journal_mode = DELETE')
    return done
  } finally {
    db.close()
  }
}

export async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
