/**
 * Where the key comes from that a workspace's store is encrypted with.
 *
 * Invariants:
 * 1. Nothing that this process starts is told of it.
 * 2. While a key is being replaced, its file holds the one before, and another beside it the next: whichever of them the
 *    store is wrapped by is the key, wherever the process that replaced it died.
 */
import { existsSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { keyringIn } from '../../store/crypt/peek.ts'
import { fingerprintOf, type WorkspaceKey } from '../../store/crypt/workspace-key.ts'
import { storePaths } from '../../store/paths.ts'
import { syncFolder } from '../../store/sync-folder.ts'
import { StartRefused } from '../start-refused.ts'
import { readConfig } from '../config/config.ts'
import { usualConfig } from '../config/parse-config.ts'
import type { Store } from '../config/sections.ts'
import { findKeyFile, isCutOff, keyIn, readKeyFile, refusedKey } from './key-file.ts'
import type { Layout } from './layout.ts'

const wayToGive = 'name its file in store.key_file of cairn.config.yaml or in CAIRN_KEY_FILE, or put the key into CAIRN_KEY'
export const wayToKey = `make one with cairn make-key FILE, and ${wayToGive}`

/** Where a key may come from beside the environment and the configuration. */
export interface KeySources {
  /** A file that a person chose: it goes before all else. */
  readonly file: string | null
  /** What the system's keychain has for a workspace, made where there is none and it `makes`; or why it has none. */
  readonly keychain: (folder: string, makes: boolean) => Promise<{ readonly text: string | null; readonly why: string | null }>
}

/** Null where none is named. @throws StartRefused where one is that cannot be used, or the configuration asks for one */
export async function keyFor(layout: Layout, config: Store, sources?: KeySources): Promise<WorkspaceKey | null> {
  const chosen = sources?.file ?? null
  if (chosen !== null) return readKeyFile(chosen)
  const text = keyOfEnvironment()
  if (text !== undefined) return keyIn(text, 'CAIRN_KEY')
  const file = keyFileFor(layout, config)
  if (file !== undefined) return currentOf(layout, file)
  if (sources !== undefined) {
    const isEncrypted = keyringIn(storePaths(layout.root).store) !== null
    if (isEncrypted || config.encryption) return ofKeychain(layout, sources, !isEncrypted)
  }
  if (existsSync(layout.keychain)) {
    throw refusedKey(`the key of ${layout.root} is in the keychain of its user: open it on the desktop, which commands then go through, or ${wayToGive}`)
  }
  if (config.encryption) throw refusedKey(`store.encryption is on in ${layout.config}, and there is no key: ${wayToKey}`)
  return null
}

/** The same for whoever only reads the store, or copies it: that says by itself whether it is encrypted. */
export function keyToRead(layout: Layout, sources?: KeySources): Promise<WorkspaceKey | null> {
  return keyFor(layout, { ...storeSettings(layout), encryption: false }, sources)
}

/** The file that holds the key, where one does. What the settings name counts from the workspace, what somebody types from where they stand. */
export function keyFileFor({ root }: Layout, { key_file: configured }: Store): string | undefined {
  if (keyOfEnvironment() !== undefined) return undefined
  const typed = process.env['CAIRN_KEY_FILE']
  const named = typed ?? configured
  if (named === undefined) return undefined
  return named.startsWith('~/') ? join(homedir(), named.slice(2)) : resolve(typed === undefined ? root : process.cwd(), named)
}

/** Where the next key lies until the store is wrapped by it. */
export function nextOf(file: string): string {
  return `${file}.next`
}

/** Ends what a rotation that was killed has left. To be called by the workspace's owner alone. */
export async function settleKey(layout: Layout, config: Store): Promise<void> {
  const file = keyFileFor(layout, config)
  if (file === undefined || !existsSync(nextOf(file))) return
  const next = nextKey(file)
  if (next !== undefined && isOf(layout, next)) renameSync(nextOf(file), file)
  else if (isOf(layout, readKeyFile(file))) rmSync(nextOf(file))
  await syncFolder(dirname(file))
}

async function ofKeychain({ root }: Layout, { keychain }: KeySources, makes: boolean): Promise<WorkspaceKey> {
  const { text, why } = await keychain(root, makes)
  if (text === null) throw refusedKey(`the store of ${root} is encrypted, or is to be, and there is no key: ${why ?? wayToKey}`)
  return keyIn(text, "the key in this user's keychain")
}

function currentOf(layout: Layout, file: string): WorkspaceKey {
  const next = nextKey(file)
  return next !== undefined && isOf(layout, next) ? next : readKeyFile(file)
}

/** Undefined where there is none, or one that was never whole. */
function nextKey(file: string): WorkspaceKey | undefined {
  return isCutOff(nextOf(file)) ? undefined : findKeyFile(nextOf(file))
}

function isOf({ root }: Layout, key: WorkspaceKey): boolean {
  return keyringIn(storePaths(root).store)?.fingerprint === fingerprintOf(key)
}

/** A configuration that is wrong keeps nobody from looking. */
function storeSettings({ config }: Layout): Store {
  try {
    return readConfig(config).store
  } catch (error) {
    if (error instanceof StartRefused) return usualConfig().config.store
    throw error
  }
}

/** What the environment said first, or said last where it says something again. */
let said: string | undefined

function keyOfEnvironment(): string | undefined {
  said = process.env['CAIRN_KEY'] ?? said
  delete process.env['CAIRN_KEY']
  return said
}
