import { hash } from 'node:crypto'
import type { Checksum } from '../../model/ids.ts'

/**
 * SHA-256 of the parts, one after the other. Text counts as UTF-8. In one call, and by way of its digits: both are many times
 * faster than the other ways that Node has.
 */
export function sha256(...parts: readonly (string | Uint8Array)[]): Buffer {
  const [first = '', ...more] = parts
  const whole = more.length === 0 ? first : Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)))
  return fromHex(hash('sha256', whole, 'hex'))
}

const digestBytes = 32

/** What stands where there is no digest before: zeroes. */
export const noDigest: Uint8Array = new Uint8Array(digestBytes)

/** Digests are made by the dozen for each commit: that 32 bytes have 64 hexadecimal digits is not looked at digit by digit. */
export function toHex(digest: Uint8Array): Checksum {
  const digits = Buffer.from(digest.buffer, digest.byteOffset, digest.byteLength).toString('hex')
  if (!isDigest(digits)) throw new TypeError(`a digest has 32 bytes, not ${digest.byteLength}`)
  return digits
}

function isDigest(digits: string): digits is Checksum {
  return digits.length === 2 * digestBytes
}

export function fromHex(digest: string): Buffer {
  return Buffer.from(digest, 'hex')
}

/** A digest as a column holds it; undefined where the column does not hold one. */
export function storedDigest(column: unknown): Checksum | undefined {
  return column instanceof Uint8Array && column.byteLength === digestBytes ? toHex(column) : undefined
}

/** True where both are the same bytes; whatever a damaged row holds instead of bytes is not. */
export function sameBytes(a: unknown, b: Uint8Array): boolean {
  return a instanceof Uint8Array && Buffer.compare(a, b) === 0
}
