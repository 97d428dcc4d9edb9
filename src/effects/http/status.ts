import type { StatusMeaning, StatusMeanings } from '../../model/http.ts'
import type { Wish } from './quota.ts'
import { type HttpSettings, isUnsafe } from './settings.ts'

/** What a status comes to, and whether it leaves no doubt that matters about what the receiver did. */
export interface Verdict {
  readonly meaning: StatusMeaning
  readonly isCertain: boolean
}

/**
 * What the author says of a status goes before what it means by itself. A 5xx says that the receiver failed, or something in
 * front of it did, and not that nothing was done; one that asks to come back later turned the request away.
 */
export function verdictOn(status: number, settings: Pick<HttpSettings, 'statuses' | 'effect'>, wish: Wish): Verdict {
  const said = saidOf(status, settings.statuses)
  if (said !== undefined) return { meaning: said, isCertain: true }
  return { meaning: usual(status, wish), isCertain: !isUnsafe(settings) || status < 500 || wish.retryAfter !== undefined }
}

/** What the author says that a status means. */
export function saidOf(status: number, statuses: StatusMeanings): StatusMeaning | undefined {
  return statuses[String(status)] ?? statuses[`${Math.floor(status / 100)}xx`]
}

function usual(status: number, { isQuota }: Wish): StatusMeaning {
  if (status >= 200 && status < 300) return 'completes'
  // Insufficient storage (RFC 4918).
  if (isQuota || status === 507) return 'resource'
  return status === 408 || status === 425 || status >= 500 ? 'transient' : 'permanent'
}
