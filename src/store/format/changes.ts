/**
 * Changes of a state as they are written: each a pair of its key and what that holds, null where it is gone.
 *
 * They are sorted by key and in RFC 8785 form. The members of a fact are put in its order here, by name, which is many times
 * faster than to have them sorted; a test holds the two equal.
 */
import { z } from 'zod'
import { StateChange, StepFact } from '../../model/checkpoint.ts'
import { type Address, isAddress } from '../../model/ids.ts'

export type Pair = readonly [key: string, holds: Address | StepFact | null]

/** A union would try each of its members, and make an error of each that it is not. */
function isPair(pair: unknown): pair is Pair {
  if (!Array.isArray(pair) || pair.length !== 2 || typeof pair[0] !== 'string') return false
  const holds: unknown = pair[1]
  return holds === null || (typeof holds === 'string' ? isAddress(holds) : isUsualFact(holds) || StepFact.safeParse(holds).success)
}

const statuses: ReadonlySet<unknown> = new Set(StepFact.shape.status.options)

/** What nearly all facts say, and no more, is known at a look: a page of checkpoints has one for each. Any other is read by its schema. */
function isUsualFact(holds: unknown): boolean {
  if (typeof holds !== 'object' || holds === null) return false
  for (const member in holds) if (member !== 'iteration' && member !== 'status') return false
  if (!('iteration' in holds) || !('status' in holds)) return false
  return isCount(holds.iteration) && holds.iteration !== 0 && statuses.has(holds.status)
}

export function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

export function isPairs(all: unknown): all is readonly Pair[] {
  return Array.isArray(all) && all.every(isPair)
}

const Pairs = z.custom<readonly Pair[]>(isPairs)

/** Before, each was written with its members by name. */
export const Changes = z.union([Pairs.transform((all) => all.map(changeOf)), z.array(StateChange)])

/** A fact with none of its members forgotten. */
type WholeFact = { [Member in keyof Required<StepFact>]: StepFact[Member] | undefined }

/** By UTF-16 code units, as RFC 8785 sorts keys. */
export function written(changes: readonly StateChange[]): readonly unknown[] {
  return changes.toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key))).map(pairOf)
}

/** What is undefined is not written. */
function pairOf(change: StateChange): readonly [string, Address | WholeFact | null] {
  const { key } = change
  if ('address' in change) return [key, change.address]
  if ('gone' in change) return [key, null]
  const { iteration, loops, skipped, status, via } = change.fact
  const fact: WholeFact = { iteration, loops, skipped, status, via }
  return [key, fact]
}

export function changeOf([key, holds]: Pair): StateChange {
  if (holds === null) return { key, gone: true }
  return typeof holds === 'string' ? { key, address: holds } : { key, fact: holds }
}
