/** Files that hold a key as the system's keychain keeps it: only its user opens them, on the desktop. */
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { KeyGiven } from '../../contract/desktop/host.ts'
import type { WorkspaceKey } from '../../store/crypt/workspace-key.ts'
import { syncFolder } from '../../store/sync-folder.ts'
import { keyIn, refusedKey } from './key-file.ts'
import type { KeyPlace } from './key-place.ts'

/** Opens what it keeps of a key; makes a key where that is null. */
export type Keychain = (kept: string | null) => Promise<KeyGiven>

export function placeOfKeychain(file: string, keychain: Keychain): KeyPlace {
  return { file, find: (of) => find(of, keychain), make: (of) => make(of, keychain) }
}

async function find(file: string, keychain: Keychain): Promise<WorkspaceKey | undefined> {
  const kept = await readFile(file, 'base64').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw refusedKey(`${file} cannot be read: see that it is a file, and that this user may read it`, error)
  })
  if (kept === undefined) return undefined
  const given = await keychain(kept)
  if (given.type === 'no_key') throw refusedKey(`the key in ${file} is this user's keychain's, and ${given.why}`)
  return keyIn(given.text, file)
}

/** It is on the disk before anything is encrypted with it, and whole wherever it is. */
async function make(file: string, keychain: Keychain): Promise<WorkspaceKey> {
  const given = await keychain(null)
  if (given.type === 'no_key') throw refusedKey(`no key can be made in ${file}: ${given.why}`)
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const handle = await open(`${file}.part`, 'w', 0o600)
  try {
    await handle.writeFile(given.kept, 'base64')
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(`${file}.part`, file)
  await syncFolder(dirname(file))
  return keyIn(given.text, file)
}
