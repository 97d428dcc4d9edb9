import type { Metrics } from '../../../model/metrics.ts'

/** A share as it may be written: never 100 % while one is missing, never 0 % while there is one. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '–'
  const exact = (100 * part) / whole
  if (part === whole) return '100%'
  if (part === 0) return '0%'
  const digits = exact > 99 || exact < 1 ? 2 : 1
  const least = 10 ** -digits
  return `${Math.min(100 - least, Math.max(least, exact)).toFixed(digits)}%`
}

/** How many runs ended in the range, and how many of them well. */
export function endings({ outcomes }: Pick<Metrics, 'outcomes'>): { readonly all: number; readonly completed: number } {
  return outcomes.reduce(
    ({ all, completed }, bucket) => ({
      all: all + bucket.completed + bucket.failed + bucket.cancelled,
      completed: completed + bucket.completed,
    }),
    { all: 0, completed: 0 },
  )
}
