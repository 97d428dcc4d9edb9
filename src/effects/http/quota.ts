/**
 * What an answer that turns a request away says of a quota: by Retry-After, by X-RateLimit-Remaining and -Reset, which services spell
 * in ways of their own, and by RateLimit as the drafts of the IETF have had it.
 */
import type { Instant, Millis } from '../../model/ids.ts'
import { instantOf, longest, retryAfterOf } from './retry-after.ts'

export interface Wish {
  /** How long the receiver asks to be left alone. */
  readonly retryAfter: Millis | undefined
  /** It turned the request away since a quota is used up, or since too much was asked of it. */
  readonly isQuota: boolean
}

type Headers = Readonly<Record<string, string>>

/** `now` is of this machine, whose clock need not be the receiver's. */
export function wishOf(status: number, headers: Headers, now: Instant): Wish {
  const asked = retryAfterOf(headers['retry-after'], headers['date'], now)
  // Some answer 403 to who has asked too much, as others answer 429; of any other status the quota is not why.
  if (status !== 403 && status !== 429) return { retryAfter: asked, isQuota: false }
  const isSpent = remaining(headers) === 0
  const reset = status === 429 || isSpent ? resetsIn(headers, now) : undefined
  return { retryAfter: asked ?? reset, isQuota: status === 429 || isSpent || asked !== undefined }
}

const spellings = ['ratelimit', 'x-ratelimit', 'x-rate-limit'] as const

function remaining(headers: Headers): number | undefined {
  return named(headers, 'remaining') ?? parameter(headers, 'r')
}

/** It is told in seconds from then on, or as a moment in seconds or milliseconds of Unix time. */
function resetsIn(headers: Headers, now: Instant): Millis | undefined {
  const told = named(headers, 'reset') ?? parameter(headers, 't')
  if (told === undefined) return undefined
  const there = instantOf(headers['date'] ?? '') ?? now
  const after = told < 1e9 ? told * 1_000 : (told < 1e12 ? told * 1_000 : told) - there
  return Math.min(Math.max(Math.ceil(after), 0), longest)
}

function named(headers: Headers, what: 'remaining' | 'reset'): number | undefined {
  return spellings.flatMap((spelling) => number(headers[`${spelling}-${what}`]) ?? [])[0]
}

/** Of `RateLimit: "hour";r=0;t=57, "day";r=90;t=600`: of the quota that is used up first, or of the first one. */
function parameter(headers: Headers, name: 'r' | 't'): number | undefined {
  const quotas = (headers['ratelimit'] ?? '').split(',')
  const quota = quotas.find((each) => /;\s*r=0\b/.test(each)) ?? quotas[0] ?? ''
  return number(new RegExp(`;\\s*${name}=(\\d+)`).exec(quota)?.[1])
}

function number(written: string | undefined): number | undefined {
  return written !== undefined && /^\s*\d+(?:\.\d+)?\s*$/.test(written) ? Number(written) : undefined
}
