/** Times and lengths of time as the console writes them. The zone is always handed in: one is shown everywhere. */
import type { Instant, Millis } from '../../../model/ids.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

function format(zone: string, options: Intl.DateTimeFormatOptions, at: Instant): string {
  const key = zone + JSON.stringify(options)
  const made = formats.get(key) ?? new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options })
  formats.set(key, made)
  return made.format(at)
}

const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const
const day = { day: 'numeric', month: 'short' } as const

/** `14:02:31` */
export const clockTime = (at: Instant, zone: string): string => format(zone, clock, at)
/** `14:02:31.207` */
export const exactTime = (at: Instant, zone: string): string => format(zone, { ...clock, fractionalSecondDigits: 3 }, at)
/** `21 Nov` */
export const dayOf = (at: Instant, zone: string): string => format(zone, day, at)
/** `14:02` */
export const hourTime = (at: Instant, zone: string): string => format(zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, at)
/** `21 Nov 2026, 14:02:31.207 GMT+1` */
export const fullTime = (at: Instant, zone: string): string =>
  format(zone, { ...day, year: 'numeric', ...clock, fractionalSecondDigits: 3, timeZoneName: 'short' }, at)

/** `14:02:31` today, `20 Nov, 14:02` before. */
export function shortTime(at: Instant, now: Instant, zone: string): string {
  if (dayOf(at, zone) === dayOf(now, zone) && Math.abs(now - at) < 86_400_000) return clockTime(at, zone)
  return format(zone, { ...day, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, at)
}

/** A length of time with two places that matter: `640 ms`, `1.4 s`, `38 s`, `2 min 5 s`, `3 h 20 min`, `2 d 4 h`. */
export function lengthOfTime(millis: Millis): string {
  if (millis < 0) return `-${lengthOfTime(-millis)}`
  if (millis < 1) return `${Number(millis.toFixed(2))} ms`
  if (millis < 10) return `${Number(millis.toFixed(1))} ms`
  if (millis < 1_000) return `${Math.round(millis)} ms`
  if (millis < 10_000) return `${(Math.floor(millis / 100) / 10).toFixed(1)} s`
  const seconds = Math.floor(millis / 1_000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return two(minutes, 'min', seconds % 60, 's')
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return two(hours, 'h', minutes % 60, 'min')
  return two(Math.floor(hours / 24), 'd', hours % 24, 'h')
}

function two(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`
}

/** How long ago, or how far ahead: `12 s ago`, `in 3 h`. */
export function age(at: Instant, now: Instant): string {
  const apart = Math.abs(now - at)
  if (apart < 1_000) return 'now'
  const [largest = ''] = /^\d+(\.\d+)? \w+/.exec(lengthOfTime(Math.floor(apart / 1_000) * 1_000)) ?? []
  const whole = largest.replace(/\.\d+/, '')
  return at > now ? `in ${whole}` : `${whole} ago`
}
