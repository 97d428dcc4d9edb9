import type { Signal } from '../../../model/log.ts'

export type Log = Extract<Signal, { type: 'log' }>

/** How much of a line tells it from another of the same millisecond: the store may have cut a long one. */
const telling = 1_000

/**
 * What was kept and what was told, oldest first, each line once. An attempt may say the same twice within a millisecond:
 * of such lines there are as many as either side has.
 */
export function mergeLogs(kept: readonly Log[], told: readonly Log[]): readonly Log[] {
  if (kept.length === 0) return told
  const known = new Map<string, number>()
  for (const log of told) known.set(keyOf(log), (known.get(keyOf(log)) ?? 0) + 1)
  const missing = kept.filter((log) => {
    const left = known.get(keyOf(log)) ?? 0
    known.set(keyOf(log), left - 1)
    return left <= 0
  })
  return [...missing, ...told].toSorted((one, other) => one.at - other.at)
}

function keyOf({ branch, step, iteration, attempt, at, level, message }: Log): string {
  return JSON.stringify([branch, step, iteration, attempt, at, level, message.slice(0, telling)])
}
