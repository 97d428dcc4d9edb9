/**
 * Changes of a state as they are written: each a pair of its key and what that holds, null where it is gone.
 *
 * They are sorted by key and in RFC 8785 form. The members of a fact are put in its order here, by name, which is many times
 * faster than to have them sorted; a test holds the two equal.
 */
import { z } from 'zod'
import { StateChange, StepFact } from '../../model/checkpoint.ts'
import { Address } from '../../model/ids.ts'

const Pair = z.tuple([z.string(), z.union([Address, StepFact, z.null()])])

/** Before, each was written with its members by name. */
export const Changes = z.array(z.union([Pair, StateChange])).transform((all) => all.map((each) => (Array.isArray(each) ? changeOf(each) : each)))

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

function changeOf([key, holds]: z.infer<typeof Pair>): StateChange {
  if (holds === null) return { key, gone: true }
  return typeof holds === 'string' ? { key, address: holds } : { key, fact: holds }
}
