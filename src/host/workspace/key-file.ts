/** Files that hold a key: one line, 32 bytes in base64 or in hexadecimal digits, for the eyes of its owner. */
import { randomBytes } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { keyBytes, type WorkspaceKey, workspaceKey } from '../../store/crypt/workspace-key.ts'
import { syncFolder } from '../../store/sync-folder.ts'
import { FileRefused } from '../file-refused.ts'
import { StartRefused } from '../start-refused.ts'
import type { KeyPlace } from './key-place.ts'

/** Of a key in base64. */
const leastLetters = 43

/** A place whose keys lie in such files. */
export function placeOfFile(file: string): KeyPlace {
  return {
    file,
    find: async (of) => (of !== file && isCutOff(of) ? undefined : findKeyFile(of)),
    async make(of) {
      await makeKeyFile(of)
      return readKeyFile(of)
    },
  }
}

/** Makes a key that nobody has had, and is on the disk when this resolves. @throws FileRefused where it cannot be made, or is there */
export async function makeKeyFile(file: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600).catch((error: unknown) => {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    const why = isThere ? 'is there, and no key is written over: name another file' : 'cannot be made: name a file in a folder where you may write'
    throw new FileRefused(`${file} ${why}`, { cause: error })
  })
  try {
    await handle.writeFile(`${randomBytes(keyBytes).toString('base64')}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await syncFolder(dirname(file))
}

/** Whether whoever made it was ended before it was whole: nothing can have been encrypted with it yet. */
function isCutOff(file: string): boolean {
  const size = statSync(file, { throwIfNoEntry: false })?.size
  return size !== undefined && size < leastLetters
}

/** @throws StartRefused where it is not there, is no key, or others may read it */
export function readKeyFile(file: string): WorkspaceKey {
  const key = findKeyFile(file)
  if (key === undefined) throw refusedKey(`${file} is to hold a key, and is not there: bring it back, or make one with cairn make-key ${file}`)
  return key
}

/** Undefined where it is not there. @throws StartRefused where it is no key, or others may read it */
function findKeyFile(file: string): WorkspaceKey | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw refusedKey(`${file} cannot be read: see that it is a file, and that this user may read it`, error)
  }
  const others = process.platform === 'win32' ? 0 : statSync(file).mode & 0o077
  if (others !== 0) throw refusedKey(`${file} holds a key, and others may read or change it: chmod 600 ${file}`)
  return keyIn(text, file)
}

/** @throws StartRefused where the text is no key; `where` says whose it is. */
export function keyIn(text: string, where: string): WorkspaceKey {
  const written = text.trim()
  if (/^[0-9a-f]{64}$/i.test(written)) return workspaceKey(Buffer.from(written, 'hex'))
  if (/^[\w+/-]{43}=?$/.test(written)) return workspaceKey(Buffer.from(written, 'base64'))
  throw refusedKey(`${where} is no key: it should be ${keyBytes} random bytes in base64, as cairn make-key writes them`)
}

export function refusedKey(message: string, cause?: unknown): StartRefused {
  return new StartRefused('key', message, cause === undefined ? undefined : { cause })
}
