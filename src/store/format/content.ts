/** What a checkpoint says, as it is written: a list by places, in RFC 8785 form. */
import { z } from 'zod'
import { Checkpoint, CheckpointType } from '../../model/checkpoint.ts'
import { isRunId, isStepId, type RunId, type StepId } from '../../model/ids.ts'
import { Changes, changeOf, isCount, isPairs, type Pair, written } from './changes.ts'

/** Beside what is reckoned from the one before it. */
export type Said = Omit<Checkpoint, 'parent' | 'checksum'>

const Metadata = Checkpoint.omit({ changes: true, parent: true, checksum: true })
const { at, branch, type, step, iteration, note, number, run } = Metadata.shape
const Content = z.tuple([at, branch, type, step, iteration, note, number, run, Changes])
/** Before, the metadata were written each by its name. */
const Written = z.union([Content, z.tuple([Metadata, Changes])])

export function contentText({ at, branch, type, step, iteration, note, number, run, changes }: Said): string {
  // A note may hold half a surrogate pair, which has no canonical form.
  return JSON.stringify([at, branch, type, step, iteration, note?.toWellFormed() ?? null, number, run, written(changes)])
}

/** What was parsed says; where this version does not read it, why. */
export function readContent(parsed: unknown): { readonly said?: Said; readonly unread?: string } {
  if (isPresentForm(parsed)) return { said: saidBy(parsed) }
  const { data, error } = Written.safeParse(parsed)
  if (data === undefined) return { unread: error?.message ?? '' }
  if (data.length === 2) return { said: { ...data[0], changes: data[1] } }
  const [at, branch, type, step, iteration, note, number, run, changes] = data
  return { said: { at, branch, type, step, iteration, note, number, run, changes } }
}

type PresentForm = readonly [
  at: Said['at'],
  branch: number,
  type: CheckpointType,
  step: StepId | null,
  iteration: number | null,
  note: string | null,
  number: number,
  run: RunId,
  changes: readonly Pair[],
]

const types: ReadonlySet<unknown> = new Set(CheckpointType.options)

/**
 * The form of today is known at a look: what recomputes was written by a version of Cairn, and a page has a thousand of them. Any
 * other is read by its schema.
 */
function isPresentForm(parsed: unknown): parsed is PresentForm {
  if (!isList(parsed) || parsed.length !== Content.def.items.length) return false
  const [at, branch, type, step, iteration, note, number, run, changes] = parsed
  if (!isCount(at) || !isCount(branch) || !types.has(type) || !isCount(number) || !isText(run, isRunId)) return false
  if (step !== null && !isText(step, isStepId)) return false
  return (iteration === null || (isCount(iteration) && iteration !== 0)) && (note === null || typeof note === 'string') && isPairs(changes)
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

function isText(value: unknown, isSo: (text: string) => boolean): boolean {
  return typeof value === 'string' && isSo(value)
}

function saidBy([at, branch, type, step, iteration, note, number, run, changes]: PresentForm): Said {
  return { at, branch, type, step, iteration, note, number, run, changes: changes.map(changeOf) }
}
