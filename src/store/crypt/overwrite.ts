/**
 * Files whose words are to be gone from the disk, as far as it writes where it is told to.
 *
 * Invariants:
 * 1. What is overwritten is what was held: a file that has lost its name by then, or has another in its place, is met all the same.
 */
import { type FileHandle, open, rm } from 'node:fs/promises'
import { removeStore } from '../backup/copy-store.ts'

export interface Held {
  readonly file: string
  readonly handle: FileHandle
}

/** Those of the files that are there. @throws Error where one may not be written */
export async function hold(files: readonly string[]): Promise<readonly Held[]> {
  const held: Held[] = []
  try {
    for (const file of files) {
      const handle = await open(file, 'r+').catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
        throw error
      })
      if (handle !== undefined) held.push({ file, handle })
    }
    return held
  } catch (error) {
    await letGo(held)
    throw error
  }
}

export async function letGo(held: readonly Held[]): Promise<void> {
  for (const { handle } of held) await handle.close()
}

/** Writes zeroes over all that they hold; answers which of them held anything. */
export async function overwrite(held: readonly Held[]): Promise<readonly string[]> {
  const full: string[] = []
  for (const { file, handle } of held) if ((await overwriteOne(handle)) > 0) full.push(file)
  return full
}

/** Overwrites those of the files that are there, and removes them; answers which of them held anything. */
export async function overwriteAway(files: readonly string[]): Promise<readonly string[]> {
  const held = await hold(files)
  try {
    const full = await overwrite(held)
    for (const { file } of held) await rm(file, { force: true })
    return full
  } finally {
    await letGo(held)
  }
}

/** An index from before its store was encrypted: that of an encrypted one is in memory. Answers which files held any of it. */
export async function overwriteIndex(index: string): Promise<readonly string[]> {
  const full = await overwriteAway(filesOf(index))
  await removeStore(index)
  return full
}

/** A database's file, and what SQLite may have left beside it that holds any of it. */
export function filesOf(database: string): string[] {
  return ['', '-wal', '-journal'].map((part) => `${database}${part}`)
}

const atOnce = Buffer.alloc(1 << 20)

async function overwriteOne(handle: FileHandle): Promise<number> {
  const { size } = await handle.stat()
  for (let at = 0; at < size; at += atOnce.byteLength) await handle.write(atOnce, 0, Math.min(atOnce.byteLength, size - at), at)
  await handle.sync()
  return size
}
