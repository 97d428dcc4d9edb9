/** One action on many runs: what is asked, and how its results are told. */
import { z } from 'zod'
import { RunId } from '../model/ids.ts'
import { RunStatus } from '../model/status.ts'
import { StorageFault } from '../model/storage-errors.ts'
import { act, words } from './act.ts'

/** How many runs one call takes. */
export const mostRuns = 100_000

const { actor, run, seen } = act

export const Selection = z.union([
  /** These runs. One that is named twice is acted on once, by its first mention. */
  z.strictObject({ runs: z.array(z.strictObject({ run, seen })).min(1).max(mostRuns) }),
  /** Every run that a query finds, up to this run: those started since were not seen by whoever asks. */
  z.strictObject({ query: z.string().max(10_000), upTo: RunId }),
])
export type Selection = z.infer<typeof Selection>

export const Each = z.strictObject({ action: z.enum(['pause', 'resume', 'cancel']), on: Selection, reason: words, actor })
export type Each = z.infer<typeof Each>

/** What became of one run, as it is known. */
const result = z.object({
  type: z.literal('result'),
  run: RunId,
  outcome: z.enum(['done', 'conflict', 'refused', 'not_found', 'unavailable']),
  /** What the run is now; null where that was not learnt. */
  status: RunStatus.nullable(),
  /** Why it was not done, and the way out; null where it was. */
  message: z.string().nullable(),
  /** What keeps the store from taking it, where it is that. */
  fault: StorageFault.exactOptional(),
})

export const EachItem = z.discriminatedUnion('type', [
  /** Always the first item: how many runs there will be a result of. */
  z.object({ type: z.literal('planned'), total: z.int().nonnegative() }),
  result,
  /** Always the last item. A stream that ends without it was cut off: no further run was begun. */
  z.object({ type: z.literal('finished'), done: z.int().nonnegative(), failed: z.int().nonnegative() }),
])
export type EachItem = z.infer<typeof EachItem>
export type EachResult = z.infer<typeof result>
