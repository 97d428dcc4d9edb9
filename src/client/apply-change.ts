import type { RunChanged } from '../contract/streams.ts'
import type { DecisionRecord } from '../model/decision.ts'
import type { ErrorRecord } from '../model/error-record.ts'
import type { AttemptRecord, StepRecord } from '../model/step.ts'
import type { RunDetail } from '../model/views.ts'

type Key = readonly (string | number)[]

const stepKey = ({ branch, step, iteration }: StepRecord): Key => [branch, step, iteration]
const attemptKey = ({ branch, step, iteration, attempt }: AttemptRecord): Key => [branch, step, iteration, attempt]
const decisionKey = ({ id }: DecisionRecord): Key => [id]
const errorKey = ({ id }: ErrorRecord): Key => [id]

/**
 * A followed run after a change: the same as if it were read anew. What did not change stays the very same object, the
 * lists that nothing was written to as well.
 */
export function applyChange(detail: RunDetail, change: RunChanged): RunDetail {
  return applyChanges(detail, [change])
}

/** After several, in their order. The lists of a long run are copied once, however many changes there are. */
export function applyChanges(detail: RunDetail, changes: readonly RunChanged[]): RunDetail {
  const last = changes.at(-1)
  if (last === undefined) return detail
  return {
    ...detail,
    position: last.entry.position,
    record: last.record,
    steps: upsert(detail.steps, changes.flatMap(({ steps }) => steps), stepKey),
    attempts: upsert(detail.attempts, changes.flatMap(({ attempts }) => attempts), attemptKey),
    decisions: upsert(detail.decisions, changes.flatMap(({ decisions }) => decisions), decisionKey),
    errors: upsert(detail.errors, changes.flatMap(({ errors }) => errors), errorKey),
  }
}

/** Rows in the order of their keys, each written one in the place of the one of its key. */
function upsert<T>(rows: T[], written: readonly T[], keyOf: (row: T) => Key): T[] {
  if (written.length === 0) return rows
  const after = [...rows]
  for (const row of written) {
    const key = keyOf(row)
    const place = firstNotBefore(after, key, keyOf)
    const there = after[place]
    after.splice(place, there !== undefined && compare(keyOf(there), key) === 0 ? 1 : 0, row)
  }
  return after
}

function firstNotBefore<T>(rows: readonly T[], key: Key, keyOf: (row: T) => Key): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    const row = rows[middle]
    if (row !== undefined && compare(keyOf(row), key) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** As the store orders them: part by part, numbers by size, text by its bytes. */
function compare(one: Key, other: Key): number {
  for (const [index, part] of one.entries()) {
    const against = other[index] ?? part
    if (part < against) return -1
    if (part > against) return 1
  }
  return 0
}
