/**
 * The head of the journal, kept outside the database: a store that was cut short, or put back as it once was, shows.
 *
 * Invariants:
 * 1. The anchor never names an entry that is not committed.
 * 2. It is at most a second behind: it is written `delay` after the first commit that it does not know yet.
 * 3. The file is always whole: written beside, synced, then renamed.
 * 4. An entry that was anchored and is not there any more stays named until it is there again, or a person has put a store in the
 *    place of this one: whoever opens the store first is not the only one who hears of it. So does it that an anchor was lost.
 */
import { readFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { Clock } from '../engine/ports.ts'
import { counted } from '../model/counted.ts'
import type { Failure } from '../model/failure.ts'
import { Position } from '../model/entry.ts'
import { Checksum } from '../model/ids.ts'
import { asItIs } from '../model/integrity.ts'
import type { JournalHead, JournalReader } from './read/journal.ts'
import { syncFolder } from './sync-folder.ts'

/** Milliseconds, half of what is promised: the writing itself takes time too. */
const delay = 500

const Head = z.object({ position: Position, digest: Checksum })

/**
 * `or` is the head of a store that is about to take the place of this one, because a person said so; `missing` what was anchored once and
 * is not there; `lost` how many entries the journal had when there was no anchor.
 */
const Anchor = Head.extend({ or: Head.optional(), missing: Head.exactOptional(), lost: Position.exactOptional() })
type Anchor = z.infer<typeof Anchor>

/** What an anchor goes on to say, wherever the journal is. */
export type Amiss = Pick<Anchor, 'missing' | 'lost'>

export class AnchorKeeper {
  readonly #file: string
  readonly #clock: Clock
  readonly #head: () => JournalHead
  readonly #troubled: (what: string, error: unknown) => void
  readonly #amiss: Amiss
  #cancel: (() => void) | undefined
  #writing: Promise<void> = Promise.resolve()

  /** `amiss` is as `amissOf` answers it. */
  constructor(file: string, clock: Clock, head: () => JournalHead, troubled: (what: string, error: unknown) => void, amiss: Amiss = {}) {
    this.#amiss = amiss
    this.#file = file
    this.#clock = clock
    this.#head = head
    this.#troubled = troubled
  }

  /** The journal has moved on. */
  moved(): void {
    this.#cancel ??= this.#clock.at(this.#clock.now() + delay, () => {
      this.#cancel = undefined
      this.write().catch((error: unknown) => this.#troubled('writing the anchor of the journal', error))
    })
  }

  /** Writes the head as it is now; one writing comes after the other. */
  write(): Promise<void> {
    const anchor = { ...this.#head(), ...this.#amiss }
    this.#writing = this.#writing.catch(() => undefined).then(() => writeAnchor(this.#file, anchor))
    return this.#writing
  }

  /** Writes it for the last time. */
  close(): Promise<void> {
    this.#cancel?.()
    return this.write()
  }
}

/**
 * Holds the journal against its anchor. The failure is for people to see: the store opens all the same, since its own
 * checksums say what of it can be used.
 */
export function checkAnchor(file: string, journal: JournalReader): Failure | null {
  // In this order: the journal may be moving, and its anchor with it.
  const anchor = readAnchor(file)
  const head = journal.head()
  if (anchor === undefined) {
    if (head.position === 0) return null
    return alarm('AnchorLost', `${file} is missing or unreadable, and the journal has ${counted(head.position, 'entry', 'entries')}`, wayOut)
  }
  const { missing, lost } = amissIn(anchor, journal)
  if (missing === undefined) {
    return lost === undefined ? null : alarm('AnchorLost', `${file} was missing or unreadable when the journal had ${counted(lost, 'entry', 'entries')}`, wayOut)
  }
  return misses(missing, head)
}

/** Holds the journal against where it has to have come to. */
export function checkHead(expected: JournalHead, journal: JournalReader): Failure | null {
  const { missing } = amissIn(expected, journal)
  return missing === undefined ? null : misses(missing, journal.head())
}

function misses(missing: JournalHead, head: JournalHead): Failure {
  if (missing.position > head.position) {
    return alarm('JournalBehindAnchor', `the journal ends at ${head.position}, and was once at ${missing.position}`, wayOut)
  }
  return alarm('JournalRewritten', `entry ${missing.position} of the journal is not the one that was anchored`, wayOut)
}

/** What the next anchor has to say beside where the journal is: what is missing of it, the last that was anchored, and whether one was lost. */
export function amissOf(file: string, journal: JournalReader): Amiss {
  const anchor = readAnchor(file)
  if (anchor !== undefined) return amissIn(anchor, journal)
  const { position } = journal.head()
  return position === 0 ? {} : { lost: position }
}

function amissIn({ or, missing, lost, position, digest }: Anchor, journal: JournalReader): Amiss {
  const isThere = (head: JournalHead): boolean => journal.digestAt(head.position) === head.digest
  if (or !== undefined && isThere(or)) return {}
  const anchored = missing === undefined ? [{ position, digest }] : [{ position, digest }, missing]
  const last = anchored.filter((head) => !isThere(head)).toSorted((one, other) => one.position - other.position).at(-1)
  return { ...(last !== undefined && { missing: last }), ...(lost !== undefined && { lost }) }
}

/** Where the journal had come to, as far as the anchor says; undefined where it is missing or unreadable. */
export function readAnchor(file: string): Anchor | undefined {
  try {
    return Anchor.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}

/** Has the file name this head and no other, or one of two. */
export async function writeAnchor(file: string, head: Anchor): Promise<void> {
  const beside = `${file}.new`
  await writeFile(beside, `${JSON.stringify(head)}\n`, { flush: true })
  await rename(beside, file)
  await syncFolder(dirname(file))
}

const wayOut = `somebody or something changed the files of the store: compare with a backup, and verify the store; ${asItIs}`

function alarm(name: string, message: string, wayOut: string): Failure {
  return { class: 'corruption', name, message, wayOut }
}
