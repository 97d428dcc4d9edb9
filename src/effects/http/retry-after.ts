import type { Instant, Millis } from '../../model/ids.ts'

/** Longer than anybody means: what is over is taken for it. */
export const longest: Millis = 366 * 86_400_000

/**
 * How long a Retry-After asks to be left alone, in milliseconds; undefined where there is none that can be read. It is seconds,
 * or a date, which is held against the receiver's own `date` where it tells one: its clock may not be ours.
 */
export function retryAfterOf(written: string | undefined, date: string | undefined, now: Instant): Millis | undefined {
  if (written === undefined) return undefined
  if (/^\s*\d+\s*$/.test(written)) return Math.min(Number(written) * 1_000, longest)
  const until = instantOf(written)
  if (until === undefined) return undefined
  return Math.min(Math.max(until - (instantOf(date ?? '') ?? now), 0), longest)
}

/** The three forms of RFC 9110, section 5.6.7; the last of them names no zone and means UTC. */
export function instantOf(date: string): Instant | undefined {
  if (!/^\s*[A-Z][a-z]+,? /.test(date)) return undefined
  const at = Date.parse(/GMT\s*$/.test(date) ? date : `${date} GMT`)
  return Number.isNaN(at) ? undefined : at
}
