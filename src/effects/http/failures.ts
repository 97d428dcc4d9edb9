/** What can go wrong with an exchange, as failures. `what` names the request: `POST https://example.org/orders`. */
import { writeDuration } from '../../model/duration.ts'
import type { Failure } from '../../model/failure.ts'
import type { StatusMeaning } from '../../model/http.ts'
import type { Millis } from '../../model/ids.ts'
import type { Received } from './received.ts'

const distrust = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/
/** TLS was spoken to what speaks none, or another: it will tomorrow, too. */
const otherTls = /^(?:EPROTO|ERR_SSL_|ERR_TLS_)/
/** How much of an answer an error tells, in characters. */
const longestExcerpt = 300

/** Nothing was sent. A name that is not found, and a receiver that is away, may be there later. */
export function notSent(what: string, error: unknown): Failure {
  const { code, message } = problemOf(error)
  const [isDistrusted, isOther] = [distrust.test(code ?? ''), otherTls.test(code ?? '')]
  return {
    class: isDistrusted || isOther ? 'permanent' : 'transient',
    name: 'NotSent',
    message: `${what} was not sent: ${message}`,
    ...(code !== undefined && { code }),
    ...(isDistrusted && { wayOut: 'give the receiver a certificate that this machine trusts, or name its authority in NODE_EXTRA_CA_CERTS' }),
    ...(isOther && { wayOut: 'look whether the receiver speaks TLS at that port, or let the address begin with http:' }),
    ...(code === 'ENOTFOUND' && { wayOut: 'look whether the name of the receiver is right' }),
  }
}

/** The request was sent, and the connection broke before all of the answer was there. */
export function noAnswer(what: string, error: unknown, { status, isUnsafe }: { readonly status: number | null; readonly isUnsafe: boolean }): Failure {
  const { code, message } = problemOf(error)
  const isTooLong = code === 'HPE_HEADER_OVERFLOW'
  const how = status === null ? 'was sent, and no answer came' : `was answered ${status}, and cut off within the answer`
  return {
    class: isTooLong ? 'permanent' : 'transient',
    name: 'NoAnswer',
    message: `${what} ${how} (${message})`,
    ...(code !== undefined && { code }),
    ...(isUnsafe && { wayOut: 'ask the receiver what became of it' }),
    ...(isTooLong && { wayOut: 'let the receiver answer with less in its headers' }),
  }
}

export interface Refusal extends Pick<Received, 'status' | 'reason' | 'body'> {
  readonly as: Exclude<StatusMeaning, 'completes'>
  readonly retryAfter: Millis | undefined
  /** Where the receiver says that it has moved to. */
  readonly location: string | undefined
  readonly isCertain: boolean
}

/** The receiver answered with a status that does not complete the step. */
export function refused(what: string, { as, status, reason, body, retryAfter, location, isCertain }: Refusal): Failure {
  const text = 'text' in body ? body.disclosed : ''
  const excerpt = text.replace(/\s+/g, ' ').trim().slice(0, longestExcerpt).toWellFormed()
  const asks = retryAfter === undefined || retryAfter === 0 ? '' : `, and asks to be left alone for ${writeDuration(retryAfter)}`
  const wayOut = wayOutOf({ as, status, retryAfter, location, isCertain })
  return {
    class: as,
    name: 'HttpStatus',
    message: `${what} was answered ${status}${reason === '' ? '' : ` ${reason}`}${asks}${excerpt === '' ? '' : `: ${excerpt}`}`,
    code: String(status),
    ...(retryAfter !== undefined && { retryAfter }),
    ...(wayOut !== undefined && { wayOut }),
  }
}

function wayOutOf({ as, status, retryAfter, location, isCertain }: Pick<Refusal, 'as' | 'status' | 'retryAfter' | 'location' | 'isCertain'>): string | undefined {
  if (retryAfter !== undefined) return 'where it asks for longer than the step waits, raise retry.patience of the step'
  if (location !== undefined) return `it has moved to ${location}: let url be that, or say in statuses what ${status} means`
  if (!isCertain) return `ask the receiver what became of it; say in statuses what ${status} means where it is certain that nothing was done`
  if (as === 'resource') return 'ask it less often, or less at once (uses, and resources in cairn.config.yaml)'
  return status === 401 || status === 403 ? 'correct what the request proves itself with' : undefined
}

/** The receiver answered, and its answer is not what the step takes. */
export function unusable(what: string, name: 'AnswerTooLarge' | 'AnswerNotJson' | 'AnswerNotUnderstood', why: string, wayOut: string): Failure {
  return { class: name === 'AnswerTooLarge' ? 'permanent' : 'validation', name, message: `${what}: the answer ${why}`, path: 'output.body', wayOut }
}

/** Codes and words of an error; of several tries to connect, those of the first. */
function problemOf(error: unknown): { readonly code: string | undefined; readonly message: string } {
  const first: unknown = error instanceof AggregateError ? (error.errors[0] ?? error) : error
  if (!(first instanceof Error)) return { code: undefined, message: String(first) }
  const code = 'code' in first && typeof first.code === 'string' ? first.code : undefined
  return { code, message: first.message || (code ?? first.name) }
}
