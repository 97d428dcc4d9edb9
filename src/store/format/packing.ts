import { crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/** Bytes below this are kept as they are: of so little, packing saves no page that would be worth its time. */
const worthPacking = 2_048
/** Beyond any value that a store is told to keep; a damaged frame must not claim the machine's memory. */
const mostUnpacked = 1 << 30

const plain = 0
const zstd = 1
const sumBytes = 4

/**
 * The form in which bodies are stored: one byte that says how, then the bytes, compressed where that is shorter. A
 * frame has bits that its decoder passes over: a sum before it notices when those change too.
 */
export function pack(bytes: Uint8Array): Buffer {
  if (bytes.byteLength >= worthPacking) {
    const frame = zstdCompressSync(bytes)
    if (frame.byteLength + sumBytes < bytes.byteLength) return Buffer.concat([Uint8Array.of(zstd), sumOf(frame), frame])
  }
  return Buffer.concat([Uint8Array.of(plain), bytes])
}

/** The bytes; undefined where the body was not made by `pack`. What it answers is to be checked against a digest. */
export function unpack(body: unknown): Uint8Array | undefined {
  if (!(body instanceof Uint8Array)) return undefined
  const rest = body.subarray(1)
  if (body[0] === plain) return rest
  if (body[0] !== zstd) return undefined
  const frame = rest.subarray(sumBytes)
  if (sumOf(frame).compare(rest.subarray(0, sumBytes)) !== 0) return undefined
  try {
    return zstdDecompressSync(frame, { maxOutputLength: mostUnpacked })
  } catch {
    return undefined
  }
}

/** Text of this many characters is worth being written as base64 of what it is packed to. */
const longText = 16_384
/** A row is JSON, which begins otherwise. */
const packedMark = 'packed:'

/** Text that stands in a column of text, packed where it is long. */
export function packText(text: string): string {
  return text.length < longText ? text : `${packedMark}${pack(Buffer.from(text)).toString('base64')}`
}

/** The text; undefined where it was not made by `packText`. */
export function unpackText(text: string): string | undefined {
  if (!text.startsWith(packedMark)) return text
  const bytes = unpack(Buffer.from(text.slice(packedMark.length), 'base64'))
  return bytes === undefined ? undefined : Buffer.from(bytes).toString()
}

function sumOf(frame: Uint8Array): Buffer {
  const sum = Buffer.alloc(sumBytes)
  sum.writeUInt32BE(crc32(frame))
  return sum
}
