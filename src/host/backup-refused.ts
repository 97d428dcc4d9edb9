/** Why a backup is not made, or not brought back, in words about the file that a person named, with what can be done. */
import { statSync } from 'node:fs'
import { CorruptionFound, StorageFailed } from '../model/storage-errors.ts'
import { StoreForeign } from '../store/sqlite/connection.ts'
import { faultOf } from '../store/sqlite/fault.ts'
import { FileRefused } from './file-refused.ts'
import { StartRefused } from './start-refused.ts'
import type { Layout } from './workspace/layout.ts'

/** Looks at a file that a person named. @throws FileRefused where the system keeps this user from it, and what `look` throws */
export function lookedAt<T>(file: string, look: () => T): T {
  try {
    return look()
  } catch (error) {
    const fault = error instanceof StorageFailed ? error : faultOf(file, error)
    if (fault === undefined) throw error
    throw new FileRefused(fault.message, { cause: error })
  }
}

/** @throws FileRefused where no file can be made in it */
export function assertFolder(folder: string): void {
  const found = lookedAt(folder, () => statSync(folder, { throwIfNoEntry: false }))
  if (found === undefined) throw new FileRefused(`${folder} is not there: make that folder, or name another`)
  if (!found.isDirectory()) throw new FileRefused(`${folder} is no folder: name a file in one`)
}

/** What is damaged of the store keeps it from being backed up. */
export function aboutDamage(error: unknown, { private: folder }: Layout): unknown {
  if (!(error instanceof StartRefused) || !(error.cause instanceof CorruptionFound)) return error
  const ways = `cairn verify tells all of it, and up to where its runs are whole; cairn restore-backup FILE brings an earlier backup back; to keep it as it is, stop the host and copy the folder ${folder}`
  return new StartRefused(error.trouble, `${error.message}\nno backup is made of what is damaged: ${ways}`, { cause: error.cause })
}

/** What is wrong with the file that was to be brought back says nothing of the store. */
export function aboutGiven(error: unknown, from: string, { backups }: Layout): unknown {
  if (!(error instanceof StartRefused)) return error
  const what = whatIsWrong(error.cause)
  if (what === undefined) return error
  return new StartRefused(error.trouble, `${from} is not brought back: ${what}; the store is as it was: name another file, a backup (those that were made without a name are in ${backups})`, { cause: error.cause })
}

function whatIsWrong(cause: unknown): string | undefined {
  if (cause instanceof StoreForeign) return "it is no backup of a store of Cairn's"
  return cause instanceof CorruptionFound ? cause.detail : undefined
}
