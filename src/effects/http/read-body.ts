/** Reads the body of an answer as it comes, and no further than its bound: what is over is never held. */
import type { IncomingMessage } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'

/** The answer is larger than its bound. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge'
}

/** The answer is written in a way that is not understood. */
export class NotUnderstood extends Error {
  override readonly name = 'NotUnderstood'
}

const decoders = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress } as const

/** The bytes of the body, decoded. @throws TooLarge, NotUnderstood, or what cut it off */
export async function readBody(answer: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const encoding = (answer.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  const collect = async (pieces: AsyncIterable<Buffer>): Promise<Buffer> => {
    const held: Buffer[] = []
    let size = 0
    for await (const piece of pieces) {
      size += piece.length
      if (size > maxBytes) throw new TooLarge(`over ${maxBytes} bytes`)
      held.push(piece)
    }
    return Buffer.concat(held)
  }
  if (encoding === 'identity') return pipeline(answer, collect)
  if (!isKnown(encoding)) throw new NotUnderstood(`is encoded as ${JSON.stringify(encoding)}`)
  return pipeline(answer, decoders[encoding](), collect)
}

function isKnown(encoding: string): encoding is keyof typeof decoders {
  return Object.hasOwn(decoders, encoding)
}

/** The text of a body in the charset that the answer names; UTF-8 where it names none. @throws NotUnderstood */
export function textOf(body: Buffer, contentType: string): string {
  const charset = /;\s*charset="?([^\s";]+)/i.exec(contentType)?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(charset, { fatal: true }).decode(body)
  } catch {
    throw new NotUnderstood(`is no text in ${charset}`)
  }
}
