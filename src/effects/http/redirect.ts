import { onlyReads } from '../../model/http.ts'
import type { WireRequest } from './compose.ts'
import type { Received } from './received.ts'
import type { HttpSettings } from './settings.ts'
import { shownAddress, withoutCredentials } from './shown.ts'
import { saidOf } from './status.ts'

const moved: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/**
 * The request as a redirect sends it on; undefined where the answer is none, or is not followed. Only what reads is sent on, never from TLS
 * to none, and what proves who asks goes to no other origin.
 */
export function redirected(request: WireRequest, { status, headers }: Received, settings: HttpSettings): WireRequest | undefined {
  const url = moved.has(status) && saidOf(status, settings.statuses) === undefined ? locationOf(headers['location'], request.url) : null
  if (url === null || !onlyReads(request.method) || !isPassable(request.url, url)) return undefined
  const isSame = url.origin === request.url.origin
  return { ...request, url, headers: isSame ? request.headers : withoutCredentials(request.headers, settings.idempotencyHeader) }
}

/** Where an answer says that its receiver has moved to, as it may be shown. */
export function shownLocation({ headers }: Received, base: URL): string | undefined {
  const url = locationOf(headers['location'], base)
  return url === null ? undefined : shownAddress(url)
}

function locationOf(written: string | undefined, base: URL): URL | null {
  return written === undefined ? null : URL.parse(written, base.href)
}

function isPassable(from: URL, to: URL): boolean {
  const isWeb = to.protocol === 'https:' || (to.protocol === 'http:' && from.protocol === 'http:')
  return isWeb && to.username === '' && to.password === ''
}
