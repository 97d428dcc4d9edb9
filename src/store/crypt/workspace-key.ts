import { createHmac, createSecretKey, KeyObject } from 'node:crypto'
import { z } from 'zod'

/** The key that all other keys of a store are wrapped by. It prints as nothing and crosses to threads as it is. */
export const WorkspaceKey = z.custom<KeyObject>((given) => given instanceof KeyObject)
export type WorkspaceKey = KeyObject

export const keyBytes = 32

/** @throws RangeError where there are not 32 bytes */
export function workspaceKey(bytes: Uint8Array): WorkspaceKey {
  if (bytes.byteLength !== keyBytes) throw new RangeError(`a key has ${keyBytes} bytes, not ${bytes.byteLength}`)
  return createSecretKey(bytes)
}

/** What a key is called where it is told of: 16 hexadecimal digits, from which nothing of the key can be had. */
export function fingerprintOf(key: WorkspaceKey): string {
  return createHmac('sha256', key).update('cairn: fingerprint of a workspace key').digest('hex').slice(0, 16)
}
