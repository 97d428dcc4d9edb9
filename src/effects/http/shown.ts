/**
 * What of an exchange may be shown. What proves who asks, in headers or in the address, is in no log, no error and no output:
 * headers and parameters that carry it are named and not told, and where the receiver repeats what they carried, that is taken
 * out.
 */
import type { HttpMethod } from '../../model/http.ts'
import { type Scrub, scrubber } from '../../model/sensitive/scrub.ts'
import type { WireRequest } from './compose.ts'

/** In the place of what is not told. */
const untold = '(not shown)'
/** How much of a body is shown, in characters, and in those that it takes as JSON: what is told of an exchange is then kept whole. */
const longestBody = 16_000
const longestAsJson = 32_000
/** What is repeated is looked for from this length on: shorter ones stand in many answers by chance. */
const telling = 8

/** Headers that are made to carry credentials (RFC 9110, RFC 6265). No output has them. */
const carriers: ReadonlySet<string> = new Set(['authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'set-cookie2'])

/** Names under which services have their own. */
const alike = /(?:^|[-_])(?:auth|authorization|key|apikey|sig)$|api[-_]?key|token|secret|passw|credential|signature|session|cookie/i

export function carriesCredentials(name: string): boolean {
  return carriers.has(name)
}

function isUntold(name: string, key?: string | null): boolean {
  return carriers.has(name) || (name !== key && alike.test(name))
}

/** An address without what its parameters may give away. */
export function shownAddress({ origin, pathname, searchParams }: URL): string {
  const parts = [...searchParams].map(([name, value]) => `${name}=${alike.test(name) ? untold : value}`)
  return `${origin}${pathname}${parts.length === 0 ? '' : `?${parts.join('&')}`}`
}

/** An address as errors name it: without any parameter. */
export function named(method: HttpMethod, { origin, pathname }: URL): string {
  return `${method} ${origin}${pathname}`
}

/** Headers as they are shown; `key` is the one that tells the idempotency key. */
export function shownHeaders(headers: Iterable<readonly [string, string]>, key: string | null, scrub: Scrub | null = null): Record<string, string> {
  const shown = (name: string, value: string): string => (isUntold(name, key?.toLowerCase()) ? untold : (scrub?.text(value) ?? value))
  return Object.fromEntries([...headers].map(([name, value]) => [name, shown(name, value)]))
}

/** Headers as another origin may have them. */
export function withoutCredentials(headers: ReadonlyMap<string, string>, key: string | null): ReadonlyMap<string, string> {
  return new Map([...headers].filter(([name]) => !isUntold(name, key?.toLowerCase())))
}

/** The beginning of a body; null where there is none. */
export function shownBody(text: string | null, scrub: Scrub | null): string | null {
  if (text === null) return null
  const length = shownLength(text)
  const told = length === text.length ? text : `${text.slice(0, length)}… (${text.length} characters)`
  return scrub?.text(told) ?? told.toWellFormed()
}

/** Where a character takes six as JSON, fewer of them are shown. */
function shownLength(text: string): number {
  if (text.length <= longestAsJson / 6) return text.length
  const most = text.slice(0, longestBody)
  const ratio = JSON.stringify(most).length / longestAsJson
  return ratio <= 1 ? most.length : Math.floor(most.length / 6)
}

/** Takes what a request carried to prove who asks out of what is said of it; null where it carried nothing. */
export function scrubOf({ url, headers }: WireRequest, key: string | null): Scrub | null {
  const told = [...headers].flatMap(([name, value]) => (isUntold(name, key?.toLowerCase()) ? proofs(name, value) : []))
  const parameters = [...url.searchParams].flatMap(([name, value]) => (alike.test(name) ? [value] : []))
  return scrubber([...told, ...parameters].filter((text) => text.length >= telling))
}

/** The whole value, and what in it does the proving: what follows the scheme, each cookie, user and password. */
function proofs(name: string, value: string): string[] {
  if (name === 'cookie') return [value, ...value.split(';').map((cookie) => cookie.slice(cookie.indexOf('=') + 1).trim())]
  const [scheme = '', ...rest] = value.split(' ')
  const proof = rest.join(' ').trim()
  if (scheme.toLowerCase() !== 'basic') return [value, proof]
  const pair = Buffer.from(proof, 'base64').toString()
  return [value, proof, pair, pair.slice(pair.indexOf(':') + 1)]
}
