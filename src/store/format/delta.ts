/**
 * Checkpoints and keyframes as bytes.
 *
 * Invariants:
 * 1. A checkpoint's checksum covers its parent's checksum, its metadata and its sorted changes; the stored text, encrypted
 *    where the store is, is exactly what is hashed.
 * 2. A keyframe's checksum covers its checkpoint's checksum and the whole sorted map.
 * 3. Both are written in RFC 8785 form.
 */
import { type Checkpoint, type CheckpointDraft, type StateChange, takeChange } from '../../model/checkpoint.ts'
import type { Checksum, Instant, RunId } from '../../model/ids.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { Crypt } from '../crypt/crypt.ts'
import { Changes, written } from './changes.ts'
import { contentText, readContent } from './content.ts'
import { unpack } from './packing.ts'
import { digestOver, fromHex, sameBytes, sha256, storedDigest } from './sha256.ts'

/** The state as it is addressed: what each key holds. */
export type StateMap = ReadonlyMap<string, StateChange>

export interface SealedCheckpoint {
  readonly content: string
  readonly checksum: Checksum
}

/** `of` is the number of the run's lineage. */
export function sealCheckpoint(
  crypt: Crypt,
  of: number,
  { run, at, parent }: { readonly run: RunId; readonly at: Instant; readonly parent: Checksum | null },
  draft: CheckpointDraft,
): SealedCheckpoint {
  const content = crypt.sealText(of, 'checkpoint', [run, draft.number], contentText({ ...draft, run, at }))
  return { content, checksum: digestOver(parent, content) }
}

/** A checkpoint that recomputes over the one before it. What it says was not looked at. */
export interface WholeCheckpoint {
  readonly number: number
  readonly content: string
  readonly parent: Checksum | null
  readonly checksum: Checksum
}

interface Expected {
  readonly run: RunId
  readonly number: number
  readonly parent: Checksum | null
}

/** `stored` is its checksum in hexadecimal digits. @throws CorruptionFound */
export function wholeCheckpoint({ run, number, parent }: Expected, content: unknown, stored: unknown): WholeCheckpoint {
  if (typeof content !== 'string') throw corruptCheckpoint(run, number, 'its content is not text')
  const checksum = digestOver(parent, content)
  if (stored !== checksum) throw corruptCheckpoint(run, number, 'its checksum does not match')
  return { number, content, parent, checksum }
}

/** The text of what a checkpoint says that is whole. @throws CorruptionFound */
export function checkpointText(crypt: Crypt, run: RunId, { number, content }: WholeCheckpoint): string {
  const text = crypt.openText('checkpoint', [run, number], content)
  if (text === undefined) throw corruptCheckpoint(run, number, 'it was not encrypted to stand here')
  return text
}

/** What such a text says once it is parsed. @throws CorruptionFound */
export function checkpointOf(run: RunId, { number, parent, checksum }: Omit<WholeCheckpoint, 'content'>, parsed: unknown): Checkpoint {
  const { said, unread } = readContent(parsed)
  if (said === undefined) throw corruptCheckpoint(run, number, `it is whole, but not what this version reads: ${unread}`)
  if (said.run !== run || said.number !== number) throw corruptCheckpoint(run, number, `it is ${said.run}/${said.number}`)
  return { ...said, parent, checksum }
}

/** What a checkpoint says that is whole. @throws CorruptionFound */
export function readCheckpoint(crypt: Crypt, run: RunId, whole: WholeCheckpoint): Checkpoint {
  return checkpointOf(run, whole, JSON.parse(checkpointText(crypt, run, whole)))
}

/** @throws CorruptionFound */
export function openCheckpoint(crypt: Crypt, expected: Expected, stored: { readonly content: unknown; readonly checksum: unknown }): Checkpoint {
  return readCheckpoint(crypt, expected.run, wholeCheckpoint(expected, stored.content, storedDigest(stored.checksum)))
}

function corruptCheckpoint(run: RunId, number: number, detail: string): CorruptionFound {
  return new CorruptionFound('checkpoint', `${run}/${number}`, detail)
}

export function sealKeyframe(checkpoint: Checksum, state: StateMap): { readonly text: string; readonly checksum: Buffer } {
  const text = JSON.stringify(written([...state.values()]))
  return { text, checksum: sha256(fromHex(checkpoint), text) }
}

type OfKeyframe = Pick<Checkpoint, 'run' | 'number' | 'checksum'>

/** The text of a keyframe that recomputes over its checkpoint. What it says was not looked at. @throws CorruptionFound */
export function wholeKeyframe(crypt: Crypt, of: OfKeyframe, stored: { readonly body: unknown; readonly checksum: unknown }): Uint8Array {
  const bytes = unpack(crypt.openBytes('keyframe', [of.run, of.number], stored.body))
  if (bytes === undefined) throw corruptKeyframe(of, 'it cannot be unpacked')
  if (!sameBytes(stored.checksum, sha256(fromHex(of.checksum), bytes))) throw corruptKeyframe(of, 'its checksum does not match')
  return bytes
}

/** The state that a keyframe says which is whole. @throws CorruptionFound */
export function readKeyframe(of: OfKeyframe, whole: Uint8Array): StateMap {
  const parsed = Changes.safeParse(JSON.parse(Buffer.from(whole).toString()))
  if (!parsed.success) throw corruptKeyframe(of, `it is whole, but not what this version reads: ${parsed.error.message}`)
  return fold(new Map(), parsed.data)
}

/** @throws CorruptionFound */
export function openKeyframe(crypt: Crypt, of: OfKeyframe, stored: { readonly body: unknown; readonly checksum: unknown }): StateMap {
  return readKeyframe(of, wholeKeyframe(crypt, of, stored))
}

function corruptKeyframe({ run, number }: OfKeyframe, detail: string): CorruptionFound {
  return new CorruptionFound('keyframe', `${run}/${number}`, detail)
}

/** The state after the changes, in their order: the last of a key stands. */
export function fold(state: StateMap, changes: readonly StateChange[]): StateMap {
  const after = new Map(state)
  for (const change of changes) takeChange(after, change)
  return after
}
