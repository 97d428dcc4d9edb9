/** From what an author's function answered to a request as it goes over the wire. */
import { z } from 'zod'
import type { Failure } from '../../model/failure.ts'
import { HeaderName, type HttpMethod, onlyReads } from '../../model/http.ts'
import { asJson, NotJson } from '../executor/child/json.ts'
import type { HttpSettings } from './settings.ts'

/** Headers that the connection, or this module, speaks for. */
const ownHeaders = /^(?:host|connection|keep-alive|upgrade|expect|te|trailer|transfer-encoding|content-length|x-cairn-.*)$/i

const oneLine = z.string().refine((text) => /^[\t -~\u0080-\u00ff]*$/.test(text), 'must be one line of Latin-1')
const Address = z.union([z.string(), z.custom<URL>((value) => value instanceof URL)], { error: 'is no text and no URL' })

const Fields = z.strictObject({
  url: Address.transform(String),
  headers: z.record(HeaderName.refine((name) => !ownHeaders.test(name), 'is written by Cairn'), oneLine).optional(),
  json: z.unknown().optional(),
  text: z.string().optional(),
})

/** What says which attempt a request comes from. */
export interface Origin {
  readonly idempotencyKey: string
  readonly correlation: string
}

/** A request with all that is sent of it; the names of headers are in small letters. */
export interface WireRequest {
  readonly method: HttpMethod
  readonly url: URL
  readonly headers: ReadonlyMap<string, string>
  readonly body: Buffer | null
}

/** A request that cannot be sent as it is. `failure` names the field, and tells nothing of what stands there. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused'
  readonly failure: Failure

  constructor(path: string, what: string) {
    super(`${path} ${what}`)
    this.failure = {
      class: 'permanent',
      name: this.name,
      message: this.message,
      path,
      wayOut: `correct ${path} in what the step returns: docs/STEPS.md tells what a request is made of`,
    }
  }
}

/** Checks a request and writes it down. @throws RequestRefused */
export function compose(request: unknown, { method, idempotencyHeader }: HttpSettings, origin: Origin): WireRequest {
  const { url, headers = {}, json, text } = fieldsOf(request)
  const named = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  const key = idempotencyHeader?.toLowerCase()
  if (key !== undefined && named.has(key)) throw new RequestRefused(`headers.${key}`, 'is written by Cairn: it tells the idempotency key')
  const body = bodyOf(method, json, text)
  return {
    method,
    url: addressOf(url),
    headers: new Map([
      ['accept', '*/*'],
      ['accept-encoding', 'gzip, deflate, br'],
      ['user-agent', 'cairn'],
      ...(body === null ? [] : ([['content-type', body.type]] as const)),
      ...named,
      ...(body === null ? [] : ([['content-length', String(body.bytes.length)]] as const)),
      ...(key === undefined ? [] : ([[key, origin.idempotencyKey]] as const)),
      ['x-cairn-correlation-id', encodeURIComponent(origin.correlation)],
    ]),
    body: body?.bytes ?? null,
  }
}

function fieldsOf(request: unknown): z.infer<typeof Fields> {
  const parsed = Fields.safeParse(request)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const path = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].map(String).join('.') || 'request'
  throw new RequestRefused(path, whatIsWrong(issue))
}

function whatIsWrong(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'unrecognized_keys') return 'is no part of a request'
  if (issue?.code === 'invalid_key') return issue.issues[0]?.message === 'is written by Cairn' ? 'is written by Cairn' : 'is no name of a header'
  return issue?.message ?? 'is no request'
}

/** What a request is sent to. What stands there is told to nobody: it may be a secret in the wrong place. */
export function addressOf(text: string): URL {
  const url = URL.parse(text)
  if (url === null) throw new RequestRefused('url', 'is no address like https://example.org/orders')
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new RequestRefused('url', `is neither http nor https, but ${url.protocol}`)
  if (url.username !== '' || url.password !== '') throw new RequestRefused('url', 'holds a user or a password: tell them in an Authorization header')
  url.hash = ''
  return url
}

function bodyOf(method: HttpMethod, json: unknown, text: string | undefined): { readonly type: string; readonly bytes: Buffer } | null {
  const field = json === undefined ? 'text' : 'json'
  if (json === undefined && text === undefined) return null
  if (json !== undefined && text !== undefined) throw new RequestRefused('text', 'stands beside json: a request has one body')
  if (onlyReads(method)) throw new RequestRefused(field, `is a body, and a ${method} has none: put it into the address, or name another method`)
  if (text !== undefined) return { type: 'text/plain; charset=utf-8', bytes: Buffer.from(text) }
  return { type: 'application/json', bytes: Buffer.from(JSON.stringify(jsonOf(json))) }
}

function jsonOf(json: unknown) {
  try {
    return asJson(json, 'json')
  } catch (error) {
    if (error instanceof NotJson) throw new RequestRefused(error.path, error.message.slice(error.path.length + 1))
    throw error
  }
}
