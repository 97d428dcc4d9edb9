/** The key that a workspace's store is encrypted with: where it comes from, and whether it may be used as it lies there. */
import { readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { keyringIn } from '../../store/crypt/peek.ts'
import { fingerprintOf, keyBytes, type WorkspaceKey, workspaceKey } from '../../store/crypt/workspace-key.ts'
import { storePaths } from '../../store/paths.ts'
import { syncFolder } from '../../store/sync-folder.ts'
import { StartRefused } from '../start-refused.ts'
import { Config, readConfig } from './config.ts'
import type { Layout } from './layout.ts'

/** What the environment said, which no process that this one starts is told. Undefined until it was looked at. */
let taken: { readonly key: string | undefined } | undefined

/** @throws StartRefused where a key is named that cannot be used, or none is and the configuration asks for one */
export function keyFor(layout: Layout, { encryption, key_file: file }: Config['store']): WorkspaceKey | null {
  const text = fromEnvironment()
  if (text !== undefined) return parsed(text, 'CAIRN_KEY')
  const named = process.env['CAIRN_KEY_FILE'] ?? file
  if (named !== undefined) return fromFile(layout, keyFile(layout, named))
  if (encryption) throw refused(`store.encryption is on in ${layout.config}, and there is no key: ${wayToKey}`)
  return null
}

/** The same for whoever only reads the store, or copies it: that says by itself whether it is encrypted. */
export function keyToRead(layout: Layout): WorkspaceKey | null {
  return keyFor(layout, { ...settings(layout), encryption: false })
}

/** A configuration that is wrong keeps nobody from looking. */
function settings({ config }: Layout): Config['store'] {
  try {
    return readConfig(config).store
  } catch (error) {
    if (error instanceof StartRefused) return Config.parse({}).store
    throw error
  }
}

/** The file that holds the key, where one does. */
export function keyFileFor(layout: Layout, { key_file: file }: Config['store']): string | undefined {
  const named = process.env['CAIRN_KEY_FILE'] ?? file
  return named === undefined || fromEnvironment() !== undefined ? undefined : keyFile(layout, named)
}

/** Where the next key lies while the one before it may still be the store's: a rotation that was killed left both. */
export function nextOf(file: string): string {
  return `${file}.next`
}

/**
 * Ends what a rotation that was killed has left: the key that the store is wrapped by is the key. To be called by the
 * workspace's owner alone.
 */
export async function settleKey(layout: Layout, config: Config['store']): Promise<void> {
  const file = keyFileFor(layout, config)
  const next = file === undefined ? undefined : readKey(nextOf(file))
  if (file === undefined || next === undefined) return
  const fingerprint = keyringIn(storePaths(layout.root).store)?.fingerprint
  if (fingerprint === fingerprintOf(next)) renameSync(nextOf(file), file)
  else if (fingerprint !== undefined) rmSync(nextOf(file))
  await syncFolder(dirname(file))
}

export const wayToKey =
  'make one with cairn make-key FILE, and name the file in store.key_file of cairn.config.yaml or in CAIRN_KEY_FILE, or put the key into CAIRN_KEY'

function fromFile(layout: Layout, file: string): WorkspaceKey {
  const key = readKey(file)
  if (key === undefined) throw refused(`${file} is to hold the key, and is not there: bring it back, or ${wayToKey}`)
  const next = readKey(nextOf(file))
  if (next === undefined) return key
  return keyringIn(storePaths(layout.root).store)?.fingerprint === fingerprintOf(next) ? next : key
}

/** Undefined where it is not there. @throws StartRefused where it is no key, or others may read it */
function readKey(file: string): WorkspaceKey | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw refused(`${file} cannot be read: see that this user may read it`, error)
  }
  const others = process.platform === 'win32' ? 0 : statSync(file).mode & 0o077
  if (others !== 0) throw refused(`${file} holds a key, and others may read or change it: chmod 600 ${file}`)
  return parsed(text, file)
}

/** The key stays out of every environment that is handed on. */
function fromEnvironment(): string | undefined {
  const { CAIRN_KEY: key } = process.env
  if (key !== undefined || taken === undefined) taken = { key }
  delete process.env['CAIRN_KEY']
  return taken.key
}

function parsed(text: string, where: string): WorkspaceKey {
  const written = text.trim()
  const bytes = Buffer.from(written, /^[0-9a-f]{64}$/i.test(written) ? 'hex' : 'base64')
  const isWritten = /^[0-9a-f]{64}$/i.test(written) || /^[\w+/-]{43}=?$/.test(written)
  if (isWritten && bytes.byteLength === keyBytes) return workspaceKey(bytes)
  throw refused(`${where} is no key: it should be ${keyBytes} random bytes in base64, as cairn make-key writes them`)
}

function keyFile({ root }: Layout, named: string): string {
  return named.startsWith('~/') ? join(homedir(), named.slice(2)) : resolve(root, named)
}

function refused(message: string, cause?: unknown): StartRefused {
  return new StartRefused('key', message, cause === undefined ? undefined : { cause })
}
