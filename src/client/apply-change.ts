import type { RunChanged } from '../contract/streams.ts'
import type { DecisionRecord } from '../model/decision.ts'
import type { AttemptRecord, StepRecord } from '../model/step.ts'
import type { RunDetail } from '../model/views.ts'

type Key = readonly (string | number)[]

const stepKey = ({ branch, step, iteration }: StepRecord): Key => [branch, step, iteration]
const attemptKey = ({ branch, step, iteration, attempt }: AttemptRecord): Key => [branch, step, iteration, attempt]
const decisionKey = ({ id }: DecisionRecord): Key => [id]

/**
 * A followed run after a change: the same as if it were read anew. What did not change stays the very same object, the
 * lists that nothing was written to as well.
 */
export function applyChange(detail: RunDetail, { entry, record, steps, attempts, decisions }: RunChanged): RunDetail {
  return {
    ...detail,
    position: entry.position,
    record,
    steps: upsert(detail.steps, steps, stepKey),
    attempts: upsert(detail.attempts, attempts, attemptKey),
    decisions: upsert(detail.decisions, decisions, decisionKey),
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
