import * as zlib from 'node:zlib'
import { StorageError } from '../../model/storage-errors.ts'

/** Bytes below this are kept as they are: of so little, packing saves no page that would be worth its time. */
const worthPacking = 2_048
/** Beyond any value that a store is told to keep; a damaged frame must not claim the machine's memory. */
const mostUnpacked = 1 << 30

/** The first byte of a body. */
const forms = { plain: 0, zstd: 1, gzip: 2 } as const
const sumBytes = 4

/** What a runtime compresses with: not each that embeds Node has its zstd. */
export type Codecs = Pick<typeof zlib, 'gzipSync' | 'gunzipSync'> & Partial<Pick<typeof zlib, 'zstdCompressSync' | 'zstdDecompressSync'>>

/** A body is packed with what this runtime has not: nothing of it is damaged. */
export class NotUnpackable extends StorageError {
  constructor() {
    super('the store holds values that are packed with zstd, which this runtime has not: open it with Node 22.15 or newer')
  }
}

export interface Packing {
  /**
   * The form in which bodies are stored: one byte that says how, then the bytes, compressed where that is shorter. A
   * frame has bits that its decoder passes over: a sum before it notices when those change too.
   */
  readonly pack: (bytes: Uint8Array) => Buffer
  /**
   * The bytes; undefined where the body was not made by `pack`. What it answers is to be checked against a digest.
   * @throws NotUnpackable
   */
  readonly unpack: (body: unknown) => Uint8Array | undefined
}

/** With zstd where there is one, with gzip otherwise; what either made is unpacked. */
export function packingWith({ zstdCompressSync, zstdDecompressSync, gzipSync, gunzipSync }: Codecs): Packing {
  const [form, compress] = zstdCompressSync === undefined ? [forms.gzip, gzipSync] : [forms.zstd, zstdCompressSync]
  return {
    pack(bytes) {
      if (bytes.byteLength >= worthPacking) {
        const frame = compress(bytes)
        if (frame.byteLength + sumBytes < bytes.byteLength) return Buffer.concat([Uint8Array.of(form), sumOf(frame), frame])
      }
      return Buffer.concat([Uint8Array.of(forms.plain), bytes])
    },
    unpack(body) {
      if (!(body instanceof Uint8Array)) return undefined
      const rest = body.subarray(1)
      if (body[0] === forms.plain) return rest
      if (body[0] !== forms.zstd && body[0] !== forms.gzip) return undefined
      const frame = rest.subarray(sumBytes)
      if (sumOf(frame).compare(rest.subarray(0, sumBytes)) !== 0) return undefined
      const decompress = body[0] === forms.gzip ? gunzipSync : zstdDecompressSync
      if (decompress === undefined) throw new NotUnpackable()
      try {
        return decompress(frame, { maxOutputLength: mostUnpacked })
      } catch {
        return undefined
      }
    },
  }
}

export const { pack, unpack } = packingWith(zlib)

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
  sum.writeUInt32BE(zlib.crc32(frame))
  return sum
}
