/**
 * Checkpoints and keyframes as bytes.
 *
 * Invariants:
 * 1. A checkpoint's checksum covers its parent's checksum, its metadata and its sorted changes; the stored text, encrypted
 *    where the store is, is exactly what is hashed.
 * 2. A keyframe's checksum covers its checkpoint's checksum and the whole sorted map.
 * 3. Both are written in RFC 8785 form.
 */
import { z } from 'zod'
import { Checkpoint, type CheckpointDraft, type StateChange, takeChange } from '../../model/checkpoint.ts'
import type { Checksum, Instant, RunId } from '../../model/ids.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { Crypt } from '../crypt/crypt.ts'
import { Changes, written } from './changes.ts'
import { unpack } from './packing.ts'
import { digestOf, fromHex, noDigest, sameBytes, sha256 } from './sha256.ts'

const Metadata = Checkpoint.omit({ changes: true, parent: true, checksum: true })
const { at, branch, type, step, iteration, note, number, run } = Metadata.shape
const Content = z.tuple([at, branch, type, step, iteration, note, number, run, Changes])
/** Before, the metadata were written each by its name. */
const Written = z.union([Content, z.tuple([Metadata, Changes])])

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
  const text = JSON.stringify([at, branch, type, step, iteration, note, number, run, written(changes)])
  const content = crypt.sealText(of, 'checkpoint', [run, number], text)
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
  const parsed = Written.safeParse(JSON.parse(text))
  if (!parsed.success) throw corrupt(`it is whole, but not what this version reads: ${parsed.error.message}`)
  const said = opened(parsed.data)
  if (said.run !== run || said.number !== number) throw corrupt(`it is ${said.run}/${said.number}`)
  return { ...said, parent, checksum }
}

export function sealKeyframe(checkpoint: Checksum, state: StateMap): { readonly text: string; readonly checksum: Buffer } {
  const text = JSON.stringify(written([...state.values()]))
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
  const parsed = Changes.safeParse(JSON.parse(Buffer.from(bytes).toString()))
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
  return digestOf(parent === null ? noDigest : fromHex(parent), content)
}

function opened(content: z.output<typeof Written>): Omit<Checkpoint, 'parent' | 'checksum'> {
  if (content.length === 2) return { ...content[0], changes: content[1] }
  const [at, branch, type, step, iteration, note, number, run, changes] = content
  return { at, branch, type, step, iteration, note, number, run, changes }
}
