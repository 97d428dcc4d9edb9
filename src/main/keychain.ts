/** Keys of workspaces, each in a file of its workspace that only this user's keychain opens. */
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { KeyGiven } from './supervisor.ts'

/** What Electron's `safeStorage` has of this. */
export interface Safe {
  isEncryptionAvailable(): boolean
  /** On Linux alone: what keeps the key to all of it. */
  getSelectedStorageBackend?(): string
  encryptString(text: string): Buffer
  decryptString(encrypted: Buffer): string
}

/** Of a system without a keychain: it would be hidden, and open to everybody who looks. */
const hides = 'basic_text'

/** The key of a workspace as text, made where there is none and `makes` says so; or why there is none. */
export function keyOf(safe: Safe, folder: string, makes: boolean): KeyGiven {
  const file = join(folder, '.cairn', 'key.keychain')
  const kept = read(file)
  if (kept === undefined && !makes) return refused(`${file}, which this user's keychain opens, is not there`)
  if (!safe.isEncryptionAvailable() || safe.getSelectedStorageBackend?.() === hides) {
    return refused('this system has no keychain that is open: unlock it, or choose a file that holds the key')
  }
  if (kept === undefined) return { type: 'key', text: made(safe, file), why: null }
  try {
    return { type: 'key', text: safe.decryptString(kept), why: null }
  } catch {
    return refused(`${file} does not open with the keychain of this user on this machine: it was made with another`)
  }
}

/** It is on the disk before anything is encrypted with it. */
function made(safe: Safe, file: string): string {
  const text = randomBytes(32).toString('base64')
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  // Of a file that somebody ended while it was written, no keychain makes a key any more.
  writeFileSync(`${file}.part`, safe.encryptString(text), { mode: 0o600, flush: true })
  renameSync(`${file}.part`, file)
  return text
}

function read(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

function refused(why: string): KeyGiven {
  return { type: 'key', text: null, why }
}
