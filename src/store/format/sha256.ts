import { createHash } from 'node:crypto'
import { Checksum } from '../../model/ids.ts'

/** SHA-256 of the parts, one after the other. Text counts as UTF-8. */
export function sha256(...parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** What stands where there is no digest before: 32 zero bytes. */
export const noDigest: Uint8Array = new Uint8Array(32)

export function toHex(digest: Uint8Array): Checksum {
  return Checksum.parse(Buffer.from(digest.buffer, digest.byteOffset, digest.byteLength).toString('hex'))
}

export function fromHex(digest: string): Buffer {
  return Buffer.from(digest, 'hex')
}

/** A digest as a column holds it; undefined where the column does not hold one. */
export function storedDigest(column: unknown): Checksum | undefined {
  return column instanceof Uint8Array && column.byteLength === 32 ? toHex(column) : undefined
}

/** True where both are the same bytes; whatever a damaged row holds instead of bytes is not. */
export function sameBytes(a: unknown, b: Uint8Array): boolean {
  return a instanceof Uint8Array && Buffer.compare(a, b) === 0
}
