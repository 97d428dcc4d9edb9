import type { Checksum } from '../../model/ids.ts'
import { digestOf, fromHex, noDigest, sha256, toHex } from './sha256.ts'

/** The digest before the first entry. */
export const genesis: Checksum = toHex(noDigest)

/**
 * SHA-256(digest before, SHA-256(entry)). The entry goes in by its own digest, so that a removed body can leave that
 * and the chain still verifies.
 */
export function chain(before: Checksum, body: string): Checksum {
  return digestOf(fromHex(before), removedDigest(body) ?? sha256(body))
}

/** What is written in the place of a body that is removed: no entry begins like it, and the chain goes on over it. */
export function withoutBody(body: string): string {
  return `${mark}${sha256(body).toString('base64url')}`
}

export function isRemoved(body: string): boolean {
  return body.startsWith(mark)
}

/** Undefined where it is none, to its last bit. */
function removedDigest(body: string): Buffer | undefined {
  if (!isRemoved(body)) return undefined
  const digest = Buffer.from(body.slice(mark.length), 'base64url')
  return digest.toString('base64url') === body.slice(mark.length) ? digest : undefined
}

/** A body begins otherwise: JSON of an entry with a brace; what is encrypted with an A, since the first byte of a cell is 1. */
const mark = '-'

/** What is left of a body that is removed, in octets. */
export const removedBytes = 44
