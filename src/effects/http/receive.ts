/** Sends a request and takes what is answered, telling of both as it may be shown. */
import type { IncomingHttpHeaders } from 'node:http'
import { counted } from '../../model/counted.ts'
import type { Failure } from '../../model/failure.ts'
import type { HttpShown } from '../../model/http.ts'
import type { Instant } from '../../model/ids.ts'
import type { Scrub } from '../../model/sensitive/scrub.ts'
import type { AnswerForm } from '../../sdk/definition.ts'
import type { WireRequest } from './compose.ts'
import { disclosed } from './disclose.ts'
import { noAnswer, unusable } from './failures.ts'
import { NotUnderstood, readBody, textOf, TooLarge } from './read-body.ts'
import type { Received } from './received.ts'
import { send, type SendOptions } from './send.ts'
import { type HttpSettings, isUnsafe } from './settings.ts'
import { named, shownAddress, shownBody, shownHeaders } from './shown.ts'

export interface ReceiveOptions extends SendOptions {
  readonly settings: HttpSettings
  readonly form: AnswerForm | undefined
  readonly now: () => Instant
  /** Takes out what proves who asks; null where nothing does. */
  readonly scrub: Scrub | null
  readonly say: (message: string, shown: HttpShown) => void
}

/** @throws NotSent, or why no answer came */
export async function receive(request: WireRequest, options: ReceiveOptions): Promise<Received> {
  sayRequest(request, options)
  const { now, settings, form } = options
  const since = now()
  const head = await send(request, options)
  const status = head.statusCode ?? 0
  const headers = joined(head.headers)
  const body = await readBody(head, settings.maxBytes)
    .then(async (bytes) => {
      const text = textOf(bytes, headers['content-type'] ?? '')
      return { text, disclosed: await disclosed(text, form), bytes: bytes.length }
    })
    .catch((error: unknown) => ({ failure: bodyFailure(named(request.method, request.url), error, status, settings) }))
  const received = { status, reason: head.statusMessage ?? '', headers, body, took: now() - since }
  sayAnswer(received, options)
  return received
}

function bodyFailure(what: string, error: unknown, status: number, settings: HttpSettings): Failure {
  if (error instanceof TooLarge) {
    return unusable(what, 'AnswerTooLarge', `is larger than the ${counted(settings.maxBytes, 'byte')} that the step takes`, 'raise maxBytes of the step, or ask for less')
  }
  if (error instanceof NotUnderstood) return unusable(what, 'AnswerNotUnderstood', error.message, 'read it in a step of code')
  return noAnswer(what, error, { status, isUnsafe: isUnsafe(settings) })
}

function joined(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]))
}

function sayRequest({ method, url, headers, body }: WireRequest, { settings, say, scrub }: ReceiveOptions): void {
  const text = shownBody(body === null ? null : body.toString(), scrub)
  const shown = { method, url: shownAddress(url), headers: shownHeaders(headers, settings.idempotencyHeader), body: { text, bytes: body?.length ?? 0 } }
  say(`${method} ${shown.url}`, { http: 'request', ...shown })
}

function sayAnswer({ status, reason, headers, body, took }: Received, { say, scrub }: ReceiveOptions): void {
  const told = 'text' in body ? { text: shownBody(body.disclosed, scrub), bytes: body.bytes } : { text: null, bytes: null }
  const shown = { status, reason, headers: shownHeaders(Object.entries(headers), null, scrub), body: told, took }
  const size = told.bytes === null ? '' : `, ${counted(told.bytes, 'byte')}`
  say(`answered ${status}${reason === '' ? '' : ` ${reason}`}${size} after ${took} ms`, { http: 'answer', ...shown })
}
