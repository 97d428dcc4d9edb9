/** Dates of a query. The calendar is counted here: the model has no clock, and no zone but UTC. */
import type { Instant } from '../ids.ts'

/** From its first millisecond up to, not including, `until`. */
export interface Period {
  readonly from: Instant
  readonly until: Instant
}

const day = 86_400_000
const minute = 60_000
const second = 1_000

const date = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{3}))?)?(Z|[+-]\d{2}:\d{2})?)?$/i

/** The day, minute, second or millisecond that a date names, undefined where it is none of the calendar since 1970. */
export function periodOf(text: string): Period | undefined {
  const [, year = '', month = '', dayOfMonth = '', hours, minutes, seconds, millis, zone] = date.exec(text) ?? []
  const days = daysUntil(Number(year), Number(month), Number(dayOfMonth))
  if (year === '' || days === undefined) return undefined
  const clock = [Number(hours ?? 0), Number(minutes ?? 0), Number(seconds ?? 0)] as const
  if (clock[0] > 23 || clock[1] > 59 || clock[2] > 59) return undefined
  const within = (clock[0] * 60 + clock[1]) * minute + clock[2] * second + Number(millis ?? 0)
  const from = days * day + within - offsetOf(zone)
  const length = hours === undefined ? day : seconds === undefined ? minute : millis === undefined ? second : 1
  return from < 0 ? undefined : { from, until: from + length }
}

/** Milliseconds that a zone is ahead of UTC. */
function offsetOf(zone: string | undefined): number {
  if (zone === undefined || zone.toUpperCase() === 'Z') return 0
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number)
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * minute
}

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

/** Days from 1970-01-01 to a date; undefined where there is no such day. */
function daysUntil(year: number, month: number, dayOfMonth: number): number | undefined {
  const length = (lengths[month - 1] ?? 0) + (month === 2 && isLeap(year) ? 1 : 0)
  if (dayOfMonth < 1 || dayOfMonth > length) return undefined
  const months = lengths.slice(0, month - 1).reduce((sum, days) => sum + days, 0)
  const leapDay = month > 2 && isLeap(year) ? 1 : 0
  return daysBefore(year) - daysBefore(1970) + months + leapDay + dayOfMonth - 1
}

function daysBefore(year: number): number {
  const past = year - 1
  return past * 365 + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400)
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}
