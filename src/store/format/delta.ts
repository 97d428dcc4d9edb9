/**
 * Checkpoints and keyframes as bytes.
 *
 * Invariants:
 * 1. A checkpoint's checksum covers its parent's checksum, its metadata and its sorted changes; the stored text, encrypted
 *    where the store is, is exactly what is hashed.
 * 2. A keyframe's checksum covers its checkpoint's checksum and the whole sorted map.
 * 3. Both are written in RFC 8785 form. Their members are put in its order here, by name, which is many times faster than
 *    to have them sorted; a test holds the two equal.
 */
import { z } from 'zod'
import { Checkpoint, type CheckpointDraft, StateChange, type StepFact, takeChange } from '../../model/checkpoint.ts'
import type { Checksum, Instant, RunId } from '../../model/ids.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { Crypt } from '../crypt/crypt.ts'
import { unpack } from './packing.ts'
import { fromHex, noDigest, sameBytes, sha256, toHex } from './sha256.ts'

const Metadata = Checkpoint.omit({ changes: true, parent: true, checksum: true })
type Metadata = z.infer<typeof Metadata>
/** A fact with none of its members forgotten. */
type WholeFact = { [Member in keyof Required<StepFact>]: StepFact[Member] | undefined }
const Content = z.tuple([Metadata, z.array(StateChange)])
const Keyframe = z.array(StateChange)

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
  const { branch, changes, iteration, number, step, type } = draft
  // A note may hold half a surrogate pair, which has no canonical form.
  const note = draft.note?.toWellFormed() ?? null
  const metadata: Metadata = { at, branch, iteration, note, number, run, step, type }
  const content = crypt.sealText(of, 'checkpoint', [run, number], JSON.stringify([metadata, sorted(changes)]))
  return { content, checksum: checkpointChecksum(parent, content) }
}

/** @throws CorruptionFound */
export function openCheckpoint(
  crypt: Crypt,
  expected: { readonly run: RunId; readonly number: number; readonly parent: Checksum | null },
  stored: { readonly content: unknown; readonly checksum: unknown },
): Checkpoint {
  const { run, number, parent } = expected
  const corrupt = (detail: string): CorruptionFound => new CorruptionFound('checkpoint', `${run}/${number}`, detail)

  if (typeof stored.content !== 'string') throw corrupt('its content is not text')
  const checksum = checkpointChecksum(parent, stored.content)
  if (!sameBytes(stored.checksum, fromHex(checksum))) throw corrupt('its checksum does not match')
  const text = crypt.openText('checkpoint', [run, number], stored.content)
  if (text === undefined) throw corrupt('it was not encrypted to stand here')
  const parsed = Content.safeParse(JSON.parse(text))
  if (!parsed.success) throw corrupt(`it is whole, but not what this version reads: ${parsed.error.message}`)
  const [metadata, changes] = parsed.data
  if (metadata.run !== run || metadata.number !== number) throw corrupt(`it is ${metadata.run}/${metadata.number}`)
  return { ...metadata, changes, parent, checksum }
}

export function sealKeyframe(checkpoint: Checksum, state: StateMap): { readonly text: string; readonly checksum: Buffer } {
  const text = JSON.stringify(sorted([...state.values()]))
  return { text, checksum: sha256(fromHex(checkpoint), text) }
}

/** @throws CorruptionFound */
export function openKeyframe(
  crypt: Crypt,
  { run, number, checksum }: Pick<Checkpoint, 'run' | 'number' | 'checksum'>,
  stored: { readonly body: unknown; readonly checksum: unknown },
): StateMap {
  const corrupt = (detail: string): CorruptionFound => new CorruptionFound('keyframe', `${run}/${number}`, detail)
  const bytes = unpack(crypt.openBytes('keyframe', [run, number], stored.body))
  if (bytes === undefined) throw corrupt('it cannot be unpacked')
  if (!sameBytes(stored.checksum, sha256(fromHex(checksum), bytes))) throw corrupt('its checksum does not match')
  const parsed = Keyframe.safeParse(JSON.parse(Buffer.from(bytes).toString()))
  if (!parsed.success) throw corrupt(`it is whole, but not what this version reads: ${parsed.error.message}`)
  return fold(new Map(), parsed.data)
}

/** The state after the changes, in their order: the last of a key stands. */
export function fold(state: StateMap, changes: readonly StateChange[]): StateMap {
  const after = new Map(state)
  for (const change of changes) takeChange(after, change)
  return after
}

function checkpointChecksum(parent: Checksum | null, content: string): Checksum {
  return toHex(sha256(parent === null ? noDigest : fromHex(parent), content))
}

/** By UTF-16 code units, as RFC 8785 sorts keys. */
function sorted(changes: readonly StateChange[]): readonly object[] {
  return changes.toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key))).map(inOrder)
}

/** What is undefined is not written. */
function inOrder(change: StateChange): object {
  const { key } = change
  if ('address' in change) return { address: change.address, key }
  if ('gone' in change) return { gone: true, key }
  const { iteration, loops, skipped, status, via } = change.fact
  const fact: WholeFact = { iteration, loops, skipped, status, via }
  return { fact, key }
}
