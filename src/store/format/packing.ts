import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/** Bytes below this are kept as they are: the frame would cost more than it saves. */
const worthPacking = 512
/** Beyond any value that a store is told to keep; a damaged frame must not claim the machine's memory. */
const mostUnpacked = 1 << 30

const plain = 0
const zstd = 1

/** The form in which bodies are stored: one byte that says how, then the bytes, compressed where that is shorter. */
export function pack(bytes: Uint8Array): Buffer {
  if (bytes.byteLength >= worthPacking) {
    const shorter = zstdCompressSync(bytes)
    if (shorter.byteLength < bytes.byteLength) return Buffer.concat([Uint8Array.of(zstd), shorter])
  }
  return Buffer.concat([Uint8Array.of(plain), bytes])
}

/** The bytes; undefined where the body was not made by `pack`. What it answers is to be checked against a digest. */
export function unpack(body: unknown): Uint8Array | undefined {
  if (!(body instanceof Uint8Array)) return undefined
  const rest = body.subarray(1)
  if (body[0] === plain) return rest
  if (body[0] !== zstd) return undefined
  try {
    return zstdDecompressSync(rest, { maxOutputLength: mostUnpacked })
  } catch {
    return undefined
  }
}
