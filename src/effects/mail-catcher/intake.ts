import { createHash } from 'node:crypto'
import { Checksum } from '../../model/ids.ts'
import { MailRefused } from './mail-errors.ts'

const lineFeed = 0x0a
const carriageReturn = 0x0d

/** Headers beyond this are not looked at for the listing. */
const headLimit = 64 * 1024

export interface Arrived {
  readonly size: number
  readonly digest: Checksum
  /** The first octets, at least the usual headers. */
  readonly head: Uint8Array
}

export interface Intake {
  /**
   * Passes a message on unchanged. It reads to the end even where it refuses, since SMTP answers only there.
   * @throws MailRefused where the message is over the limit or has a line end other than CRLF, which could neither
   * be told from a smuggled command nor be served over POP3 as it is.
   */
  through(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array>
  /** What went through; called once it has ended. */
  arrived(): Arrived
}

export function createIntake(limit: number): Intake {
  const hash = createHash('sha256')
  const head: Uint8Array[] = []
  let size = 0
  let headSize = 0
  let last = 0
  let bare = false

  function hasBareLineFeed(chunk: Uint8Array): boolean {
    for (let at = chunk.indexOf(lineFeed); at !== -1; at = chunk.indexOf(lineFeed, at + 1)) {
      if ((at === 0 ? last : chunk[at - 1]) !== carriageReturn) return true
    }
    return false
  }

  return {
    async *through(source) {
      for await (const chunk of source) {
        size += chunk.length
        bare ||= hasBareLineFeed(chunk)
        last = chunk.at(-1) ?? last
        if (size > limit || bare) continue
        hash.update(chunk)
        if (headSize < headLimit) {
          head.push(chunk.subarray(0, headLimit - headSize))
          headSize += chunk.length
        }
        yield chunk
      }
      if (size > limit) throw new MailRefused(552, `message of ${size} octets: the mail catcher takes ${limit} at most`)
      if (bare) throw new MailRefused(554, 'message with a bare line feed: lines must end with CRLF')
    },
    arrived: () => ({ size, digest: Checksum.parse(hash.digest('hex')), head: Buffer.concat(head) }),
  }
}
