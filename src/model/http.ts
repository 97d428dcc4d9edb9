/** What an `http` step does, in words that everything shares: methods, what a status means, and what is shown of an exchange. */
import { z } from 'zod'
import { Millis } from './ids.ts'

export const HttpMethod = z.enum(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'])
export type HttpMethod = z.infer<typeof HttpMethod>

/** Methods that only read, as RFC 9110 means them: the receiver is asked to change nothing. */
const reading: ReadonlySet<HttpMethod> = new Set(['GET', 'HEAD', 'OPTIONS'])

export function onlyReads(method: HttpMethod): boolean {
  return reading.has(method)
}

/** What an answer with a status comes to: the step completes, or fails as a failure of that class. */
export const StatusMeaning = z.enum(['completes', 'transient', 'resource', 'permanent'])
export type StatusMeaning = z.infer<typeof StatusMeaning>

/** Meanings by status or by hundred, `404` or `5xx`; the status goes before its hundred. */
export const StatusMeanings = z.record(z.string().regex(/^[2-5](?:\d\d|xx)$/), StatusMeaning, {
  error: ({ code }) => (code === 'invalid_key' ? 'a status from 200 to 599, or a hundred of them like 5xx' : undefined),
})
export type StatusMeanings = z.infer<typeof StatusMeanings>

/** A name as a header may have it (RFC 9110, section 5.6.2). */
export const HeaderName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'a header name')

/** What a line of a log is to an exchange: its data is that side of it. */
export const ExchangeSide = z.enum(['request', 'answer'])
export type ExchangeSide = z.infer<typeof ExchangeSide>

const text = z.object({
  /** What of it is shown; null where there is none. */
  text: z.string().nullable(),
  /** How long all of it is; null where that is not known. */
  bytes: z.int().nonnegative().nullable(),
})
const headers = z.record(z.string(), z.string())

/**
 * One side of an exchange as it is shown: the data of the log line that tells of it. What a header or an address carries to prove who asks is not
 * in it.
 */
export const HttpShown = z.discriminatedUnion('http', [
  z.object({ http: z.literal('request'), method: HttpMethod, url: z.string(), headers, body: text }),
  z.object({ http: z.literal('answer'), status: z.int(), reason: z.string(), headers, body: text, took: Millis }),
])
export type HttpShown = z.infer<typeof HttpShown>
export type HttpRequestShown = Extract<HttpShown, { http: 'request' }>
export type HttpAnswerShown = Extract<HttpShown, { http: 'answer' }>
