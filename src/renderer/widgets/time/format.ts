/** Times and lengths of time as the console writes them. The zone is always handed in: one is shown everywhere. */
import type { Instant, Millis } from '../../../model/ids.ts'

type Written = (at: Instant, zone: string) => string

/** Times are written so: a format is dear to make, and made once for each zone. */
function timeAs(options: Intl.DateTimeFormatOptions): Written {
  const made = new Map<string, Intl.DateTimeFormat>()
  return (at, zone) => {
    const format = made.get(zone) ?? new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options })
    made.set(zone, format)
    return format.format(at)
  }
}

const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const
const day = { day: 'numeric', month: 'short' } as const

/** `14:02:31` */
export const clockTime = timeAs(clock)
/** `14:02:31.207` */
export const exactTime = timeAs({ ...clock, fractionalSecondDigits: 3 })
/** `21 Nov` */
export const dayOf = timeAs(day)
/** `14:02` */
export const hourTime = timeAs({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
/** `21 Nov 2026, 14:02:31.207 GMT+1` */
export const fullTime = timeAs({ ...day, year: 'numeric', ...clock, fractionalSecondDigits: 3, timeZoneName: 'short' })
/** `21 Nov, 14:02` */
const dayAndHour = timeAs({ ...day, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** `14:02:31` today, `20 Nov, 14:02` before. */
export function shortTime(at: Instant, now: Instant, zone: string): string {
  if (dayOf(at, zone) === dayOf(now, zone) && Math.abs(now - at) < 86_400_000) return clockTime(at, zone)
  return dayAndHour(at, zone)
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
