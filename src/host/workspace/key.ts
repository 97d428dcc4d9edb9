/**
 * Where the key comes from that a workspace's store is encrypted with.
 *
 * Invariants:
 * 1. Nothing that this process starts is told of it.
 */
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import type { KeySource } from '../../contract/host.ts'
import { isPlain, keyringIn } from '../../store/crypt/peek.ts'
import type { WorkspaceKey } from '../../store/crypt/workspace-key.ts'
import { storePaths } from '../../store/paths.ts'
import { StartRefused } from '../start-refused.ts'
import { readConfig } from '../config/config.ts'
import { usualConfig } from '../config/parse-config.ts'
import type { Store } from '../config/sections.ts'
import { keyIn, placeOfFile, readKeyFile, refusedKey } from './key-file.ts'
import { keyAt, type KeyPlace, settlePlace } from './key-place.ts'
import { type Keychain, placeOfKeychain } from './keychain-file.ts'
import type { Layout } from './layout.ts'

export const wayToGive = 'name its file in store.key_file of cairn.config.yaml or in CAIRN_KEY_FILE, or put the key into CAIRN_KEY'
export const wayToKey = `make one with cairn make-key FILE, and ${wayToGive}`

/** Where a key may come from beside the environment and the configuration. */
export interface KeySources {
  /** A file that a person chose: it goes before all else. */
  readonly file: string | null
  readonly keychain: Keychain
}

/** What the settings say of the key. Of an encryption that is null the store says by itself whether there is any. */
type KeySettings = Pick<Store, 'key_file'> & { readonly encryption: boolean | null }

/** Where a workspace's key is: in the environment, or in a place where another can take its place. */
type KeyHome =
  | { readonly source: 'environment'; readonly key: WorkspaceKey }
  | { readonly source: 'file' | 'keychain'; readonly place: KeyPlace }

/** Undefined where none is named, and no keychain is at hand. */
export function keyHome(layout: Layout, config: KeySettings, sources?: KeySources): KeyHome | undefined {
  const chosen = sources?.file ?? null
  if (chosen !== null) return { source: 'file', place: placeOfFile(chosen) }
  const text = keyOfEnvironment()
  if (text !== undefined) return { source: 'environment', key: keyIn(text, 'CAIRN_KEY') }
  const file = keyFileFor(layout, config)
  if (file !== undefined) return { source: 'file', place: placeOfFile(file) }
  return sources === undefined ? undefined : { source: 'keychain', place: placeOfKeychain(layout.keychain, sources.keychain) }
}

/** Where the key is that `keyFor` finds. */
export function keySource(layout: Layout, config: KeySettings, sources?: KeySources): KeySource {
  return keyHome(layout, config, sources)?.source ?? 'file'
}

/**
 * The key of a store: that of the workspace, or the copy of it that is named. Null where none is named, or none is needed.
 * @throws StartRefused where one is that cannot be used, or the store or the configuration asks for one
 */
export async function keyFor(layout: Layout, config: KeySettings, sources?: KeySources, store = storePaths(layout.root).store): Promise<WorkspaceKey | null> {
  const home = keyHome(layout, config, sources)
  if (config.encryption === null && isPlain(store)) return null
  const wrappedBy = keyringIn(store)?.fingerprint
  if (home === undefined) return noKey(layout, config, wrappedBy)
  if (home.source === 'environment') return home.key
  const { source, place } = home
  const key = await keyAt(place, wrappedBy)
  if (key !== undefined) return key
  if (wrappedBy !== undefined) throw keyLost(place, wrappedBy)
  if (source === 'file') return isPlain(store) ? noKeyYet(place) : readKeyFile(place.file)
  return config.encryption === true ? place.make(place.file) : null
}

/** The settings of whoever only reads the store, or copies it. Wrong ones keep nobody from it. */
export function settingsToRead({ config }: Layout): KeySettings {
  try {
    return { ...readConfig(config).store, encryption: null }
  } catch (error) {
    if (error instanceof StartRefused) return { ...usualConfig().config.store, encryption: null }
    throw error
  }
}

/** Whether the settings ask for an encrypted store: one that is not is opened by no host then. Wrong settings ask for nothing. */
export function wantsEncryption({ config }: Layout): boolean {
  try {
    return readConfig(config).store.encryption
  } catch (error) {
    if (error instanceof StartRefused) return false
    throw error
  }
}

/** Ends what a rotation that was killed has left. To be called by the workspace's owner alone. */
export async function settleKey(layout: Layout, config: Store, sources?: KeySources): Promise<void> {
  const home = keyHome(layout, config, sources)
  if (home === undefined || home.source === 'environment') return
  await settlePlace(home.place, keyringIn(storePaths(layout.root).store)?.fingerprint)
}

/** Refuses what needs a key that only the desktop reaches, and says what to do there. @throws StartRefused */
export function assertInReach(layout: Layout, sources: KeySources | undefined, there: string): void {
  if (existsSync(layout.keychain) && keyHome(layout, settingsToRead(layout), sources) === undefined) throw outOfReach(layout, there)
}

/** The file that holds the key, where one does. What the settings name counts from the workspace, what somebody types from where they stand. */
export function keyFileFor({ root }: Layout, { key_file: configured }: Pick<KeySettings, 'key_file'>): string | undefined {
  if (keyOfEnvironment() !== undefined) return undefined
  const typed = process.env['CAIRN_KEY_FILE']
  const named = typed ?? configured
  if (named === undefined) return undefined
  return named.startsWith('~/') ? join(homedir(), named.slice(2)) : resolve(typed === undefined ? root : process.cwd(), named)
}

function noKey(layout: Layout, config: KeySettings, wrappedBy: string | undefined): null {
  if (existsSync(layout.keychain)) throw outOfReach(layout, `open it there, and commands go through it, or ${wayToGive}`)
  if (wrappedBy !== undefined) throw refusedKey(`the store of ${layout.root} is encrypted, and there is no key: bring back the one with the fingerprint ${wrappedBy}, and ${wayToGive}`)
  if (config.encryption) throw refusedKey(`store.encryption is on in ${layout.config}, and there is no key: ${wayToKey}`)
  return null
}

function outOfReach({ root }: Layout, there: string): StartRefused {
  return refusedKey(`the key of ${root} is in the keychain of its user, which only the desktop opens: ${there}`)
}

/** No other key opens what is encrypted: none is to be made. */
function keyLost({ file }: KeyPlace, wrappedBy: string): StartRefused {
  return refusedKey(`${file} is to hold the key with the fingerprint ${wrappedBy}, and is not there: bring it back, or ${wayToGive}`)
}

function noKeyYet({ file }: KeyPlace): never {
  throw refusedKey(
    `${file} is to hold a key, and is not there, and the store is not encrypted: ` +
      `make one with cairn make-key ${file} and encrypt the store with cairn encrypt, or name no file`,
  )
}

/** What the environment said first, or said last where it says something again. */
let said: string | undefined

function keyOfEnvironment(): string | undefined {
  said = process.env['CAIRN_KEY'] ?? said
  delete process.env['CAIRN_KEY']
  return said
}
