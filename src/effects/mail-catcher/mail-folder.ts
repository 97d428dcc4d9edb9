/**
 * The folder that keeps received messages. One process owns it: the host that owns the workspace.
 *
 * Invariants:
 * 1. A message is kept once its record stands. The record appears whole (by rename) and only after the message is on
 *    the disk; `add` answers only after the record is there too. A kill at any instant leaves either a kept message
 *    or a leftover that the next opening removes.
 * 2. A message is read only as it was received: its digest is compared every time.
 */
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Clock, Randomness } from '../../engine/ports.ts'
import { counted } from '../../model/counted.ts'
import type { CaughtMail, Envelope, MailId } from './caught-mail.ts'
import { createIntake } from './intake.ts'
import { loadKept, pathIn, readSealed, sealName, syncFolder } from './kept-files.ts'
import { MailDamaged, MailRefused } from './mail-errors.ts'
import { parseHead } from './parse-mail.ts'
import { type FileSeals, unsealed } from './seals.ts'

export interface MailFolderOptions {
  readonly path: string
  readonly clock: Clock
  readonly randomness: Randomness
  /** Octets of one message. */
  readonly maxSize: number
  /** Messages kept; more are refused until some are deleted while the host is stopped. */
  readonly maxCount: number
  /** How messages are kept; left out, as they are. */
  readonly seals?: FileSeals
  /** Hears of records that cannot be used. */
  readonly troubled: (what: string, error: unknown) => void
}

export interface MailFolder {
  /** Oldest first. */
  list(): readonly CaughtMail[]
  find(id: string): CaughtMail | undefined
  /** @throws MailRefused where a limit is passed; nothing of the message is kept then. */
  add(envelope: Envelope, source: Readable): Promise<CaughtMail>
  /** The octets of a kept message. @throws MailDamaged */
  read(mail: CaughtMail): Promise<Uint8Array>
}

const durably = { mode: 0o600, flush: true } as const

export async function openMailFolder(options: MailFolderOptions): Promise<MailFolder> {
  const { path, clock, randomness, maxSize, maxCount, troubled, seals = unsealed } = options
  const kept = await loadKept(path, seals, troubled)
  let arriving = 0

  async function keep(id: MailId, envelope: Envelope, source: Readable): Promise<CaughtMail> {
    const intake = createIntake(maxSize)
    const asKept = seals.overhead === 0 ? passed : sealedWhole((bytes) => seals.seal(sealName(id, 'eml'), bytes))
    await pipeline(source, intake.through, asKept, createWriteStream(pathIn(path, id, 'eml'), { ...durably, flags: 'wx' }))
    await syncFolder(path)
    const { size, digest, head } = intake.arrived()
    const mail: CaughtMail = { ...envelope, id, receivedAt: clock.now(), ...(await parseHead(head)), size, digest }
    await writeFile(pathIn(path, id, 'json.part'), seals.seal(sealName(id, 'json'), Buffer.from(JSON.stringify(mail))), { ...durably, flag: 'wx' })
    await rename(pathIn(path, id, 'json.part'), pathIn(path, id, 'json'))
    await syncFolder(path)
    return mail
  }

  return {
    list: () => [...kept.values()].toSorted((a, b) => a.receivedAt - b.receivedAt || (a.id < b.id ? -1 : 1)),

    find: (id) => kept.get(id),

    async add(envelope, source) {
      if (kept.size + arriving >= maxCount) {
        throw new MailRefused(452, `the mail catcher keeps ${counted(maxCount, 'message')} at most: delete some from ${path}`)
      }
      const id = randomness.ulid(clock.now())
      arriving += 1
      try {
        const mail = await keep(id, envelope, source)
        kept.set(id, mail)
        return mail
      } catch (error) {
        for (const kind of ['json', 'json.part', 'eml'] as const) await rm(pathIn(path, id, kind), { force: true })
        throw error
      } finally {
        arriving -= 1
      }
    },

    async read({ id, digest }) {
      const bytes = await readSealed(path, id, 'eml', seals)
      if (createHash('sha256').update(bytes).digest('hex') !== digest) {
        throw new MailDamaged(pathIn(path, id, 'eml'), 'its SHA-256 is not that of the message received')
      }
      return bytes
    },
  }
}

async function* passed(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* source
}

/** One that is sealed is in memory until all of it is there: no part of it may come to the disk as it is. */
function sealedWhole(seal: (bytes: Uint8Array) => Uint8Array) {
  return async function* (source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const parts: Uint8Array[] = []
    for await (const part of source) parts.push(part)
    yield seal(Buffer.concat(parts))
  }
}
