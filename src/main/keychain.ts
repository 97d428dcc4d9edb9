/** Keys as this user's keychain keeps them: nobody else opens them, and they lie wherever the host puts them. */
import { randomBytes } from 'node:crypto'
import type { KeyGiven } from '../contract/desktop/host.ts'

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

/** The key that is kept so, or a new one where `kept` is null; or why there is none. */
export function keyOf(safe: Safe, kept: string | null): KeyGiven {
  if (!safe.isEncryptionAvailable() || safe.getSelectedStorageBackend?.() === hides) {
    return { type: 'no_key', why: 'this system has no keychain that is open: unlock it, or choose a file that holds the key' }
  }
  if (kept === null) return made(safe)
  try {
    return { type: 'key', text: safe.decryptString(Buffer.from(kept, 'base64')), kept }
  } catch {
    return { type: 'no_key', why: 'it does not open with the keychain of this user on this machine: it was made with another' }
  }
}

function made(safe: Safe): KeyGiven {
  const text = randomBytes(32).toString('base64')
  return { type: 'key', text, kept: safe.encryptString(text).toString('base64') }
}
