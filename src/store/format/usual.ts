/**
 * What is usual goes without saying: it is left out of what is written, and put back where that is read.
 *
 * What a stored form calls usual never changes: there are rows that leave it out.
 */

/** Parts of a value by their names. */
export type Parts = Readonly<Record<string, unknown>>

/** What of the value is not as usual; of a part that has usual parts of its own, what is not as usual in it. */
export function unusual(value: Parts, usual: Parts): Parts {
  const rest: Record<string, unknown> = {}
  for (const name in value) {
    const its = value[name]
    const expected = usual[name]
    if (its !== expected) rest[name] = isParts(its) && isParts(expected) ? unusual(its, expected) : its
  }
  return rest
}

/** What was written, and what went without saying. */
export function said(rest: Parts, usual: Parts): Parts {
  const whole: Record<string, unknown> = { ...usual }
  for (const name in rest) {
    const its = rest[name]
    const expected = usual[name]
    whole[name] = isParts(its) && isParts(expected) ? said(its, expected) : its
  }
  return whole
}

export function isParts(value: unknown): value is Parts {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
