/** What amounts and times come to as numbers: whole ones from `least` to `most`, both included. */
import type { Instant } from '../ids.ts'
import { periodOf } from './dates.ts'
import type { Amount, Comparison, Moment, Time } from './terms.ts'

export interface Interval {
  readonly least: number
  readonly most: number
}

const first = 0
const last = Number.MAX_SAFE_INTEGER
const nothing: Interval = { least: last, most: first }

export function amountInterval(amount: Amount): Interval {
  if (amount.op === '..') return { least: amount.from, most: amount.to }
  return compared(amount.op, { least: amount.value, most: amount.value })
}

/** The instants that a time lets through, as of `now`. */
export function timeInterval(time: Time, now: Instant): Interval {
  if (time.op === '..') {
    const from = momentInterval(time.from, now)
    const to = momentInterval(time.to, now)
    return { least: Math.min(from.least, to.least), most: Math.max(from.most, to.most) }
  }
  const isAge = 'ago' in time.moment
  return compared(isAge && time.op !== '=' ? turned[time.op] : time.op, momentInterval(time.moment, now))
}

/** What is longer ago is earlier. */
const turned: Readonly<Record<Comparison, Comparison>> = { '>': '<', '>=': '<=', '<': '>', '<=': '>=' }

function momentInterval(moment: Moment, now: Instant): Interval {
  if ('ago' in moment) return { least: now - moment.ago, most: now - moment.ago }
  const period = periodOf(moment.date)
  return period === undefined ? nothing : { least: period.from, most: period.until - 1 }
}

function compared(op: '=' | Comparison, { least, most }: Interval): Interval {
  switch (op) {
    case '=':
      return { least, most }
    case '>':
      return { least: most + 1, most: last }
    case '>=':
      return { least, most: last }
    case '<':
      return { least: first, most: least - 1 }
    case '<=':
      return { least: first, most }
  }
}

export function isWithin({ least, most }: Interval, value: number): boolean {
  return value >= least && value <= most
}
