/**
 * One request and what comes of it.
 *
 * Invariant: of a request that is not safe to repeat, `failed` says that the receiver was not reached, or has said itself that
 * it did not do what was asked. Everything else but an answer is `in_doubt`, an answer that cannot be used too: it may be done.
 */
import type { Failure } from '../../model/failure.ts'
import type { HttpAnswer } from '../../sdk/definition.ts'
import { outputBody, outputHeaders } from './answer.ts'
import type { WireRequest } from './compose.ts'
import { noAnswer, notSent, refused } from './failures.ts'
import type { Received } from './received.ts'
import { receive, type ReceiveOptions } from './receive.ts'
import { wishOf } from './quota.ts'
import { redirected, shownLocation } from './redirect.ts'
import { NotSent } from './send.ts'
import { isUnsafe } from './settings.ts'
import { named } from './shown.ts'
import { verdictOn } from './status.ts'

export type Outcome =
  | { readonly type: 'answered'; readonly answer: HttpAnswer }
  | { readonly type: 'failed'; readonly failure: Failure }
  | { readonly type: 'in_doubt'; readonly failure: Failure }

/** Sends the request, and follows redirects as far as the step lets it. */
export async function exchange(request: WireRequest, options: ReceiveOptions): Promise<Outcome> {
  let at = request
  try {
    for (let left = options.settings.redirects; ; left -= 1) {
      const received = await receive(at, options)
      const next = left > 0 ? redirected(at, received, options.settings) : undefined
      if (next === undefined) return outcomeOf(at, received, options)
      at = next
    }
  } catch (error) {
    const what = named(at.method, at.url)
    if (error instanceof NotSent) return { type: 'failed', failure: notSent(what, error.cause) }
    return unanswered(noAnswer(what, error, { status: null, isUnsafe: isUnsafe(options.settings) }), options)
  }
}

function outcomeOf(request: WireRequest, received: Received, options: ReceiveOptions): Outcome {
  const { settings, form, now } = options
  const what = named(request.method, request.url)
  const { status, headers } = received
  const wish = wishOf(status, headers, now())
  const { retryAfter } = wish
  const { meaning, isCertain } = verdictOn(status, settings, wish)
  if (meaning !== 'completes') {
    const location = shownLocation(received, request.url)
    const failure = refused(what, { ...received, as: meaning, retryAfter, location, isCertain })
    return { type: isCertain ? 'failed' : 'in_doubt', failure }
  }
  const body = outputBody(received, form, what)
  if ('failure' in body) return unanswered(body.failure, options)
  return { type: 'answered', answer: { status, headers: outputHeaders(received), body: body.value } }
}

/** It was sent, and no answer is there that the step can take. */
function unanswered(failure: Failure, { settings }: ReceiveOptions): Outcome {
  return { type: isUnsafe(settings) ? 'in_doubt' : 'failed', failure }
}
