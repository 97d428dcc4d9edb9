/** What an http step is set to, with what its author left out. The loader tells it, and the executor goes by it. */
import { type HttpMethod, onlyReads, type StatusMeanings } from '../../model/http.ts'
import type { Effect } from '../../model/manifest.ts'

export interface HttpSettings {
  readonly method: HttpMethod
  /** What the request does outside, as far as anybody can know before it is sent. */
  readonly effect: Effect | null
  readonly statuses: StatusMeanings
  readonly maxBytes: number
  readonly redirects: number
  /** The header that carries the idempotency key; null where nothing is done that could be done twice. */
  readonly idempotencyHeader: string | null
}

/** What an author may say of it. */
type Options = { readonly [K in Exclude<keyof HttpSettings, 'effect'>]?: HttpSettings[K] | undefined } & { readonly effect?: Effect | 'none' | undefined }

/** How long an attempt may take, in milliseconds: a receiver that says nothing is not waited for without an end. */
export const usualTimeout = 60_000
const unsafe: Effect = { repeat: 'unsafe' }
const usualBytes = 1_000_000
const usualRedirects = 5

/** True where what may have been done must not be done again by guess. */
export function isUnsafe({ effect }: Pick<HttpSettings, 'effect'>): boolean {
  return effect?.repeat === 'unsafe'
}

export function settingsOf(options: Options): HttpSettings {
  const { method = 'GET', statuses = {}, maxBytes = usualBytes } = options
  const { effect: said = onlyReads(method) ? 'none' : unsafe } = options
  const effect = said === 'none' ? null : said
  const { redirects = onlyReads(method) ? usualRedirects : 0, idempotencyHeader = 'Idempotency-Key' } = options
  return { method, effect, statuses, maxBytes, redirects, idempotencyHeader: effect === null ? null : idempotencyHeader }
}
