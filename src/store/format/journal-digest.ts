import type { Checksum } from '../../model/ids.ts'
import { fromHex, noDigest, sha256, toHex } from './sha256.ts'

/** The digest before the first entry. */
export const genesis: Checksum = toHex(noDigest)

/**
 * SHA-256(digest before, SHA-256(entry)). The entry goes in by its own digest, so that a removed body can leave that
 * and the chain still verifies.
 */
export function chain(before: Checksum, body: string): Checksum {
  return toHex(sha256(fromHex(before), sha256(body)))
}
