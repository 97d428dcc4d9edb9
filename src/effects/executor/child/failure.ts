/**
 * What an error means for the attempt that it ended.
 *
 * An error says best itself what it is: PermanentError and TransientError of the SDK do. Otherwise: what is used up (a full
 * disk, a limit of connections) is resource; what the network did is transient; what a schema refused is validation; what the language refuses (TypeError and its like) is
 * permanent, since the same code will do the same again. **Any other error is transient**: most of what libraries
 * throw is about the world, and a retry costs less than a run given up.
 *
 * Errors are known by name, not by class: those of a bundle come from the bundle's own copy of the SDK and of zod.
 */
import { inspect } from 'node:util'
import { parseDuration } from '../../../model/duration.ts'
import type { Failure, FailureClass } from '../../../model/failure.ts'
import type { Millis } from '../../../model/ids.ts'
import { type Lack, lackOf, lackWaysOut } from '../../lack.ts'
import { Invalid } from './invalid.ts'
import { NotJson } from './json.ts'
import { authorStack } from './stack.ts'

const longestMessage = 2_000
const deepestCause = 8

const byName = new Map<string, FailureClass>([
  ['PermanentError', 'permanent'],
  ['TransientError', 'transient'],
  ['ZodError', 'validation'],
  ['$ZodError', 'validation'],
  ['NotJson', 'permanent'],
])

const network = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'ETIMEDOUT',
  'EPIPE',
  'EAI_AGAIN',
  'ENETDOWN',
  'ENETUNREACH',
  'EHOSTUNREACH',
])

/** Names of the errors by which JavaScript says that the code is wrong. */
const mistakes = new Set(['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'])

type Failures = readonly [Failure, ...Failure[]]

/** Failures of plain data, whatever was thrown: several only where a schema has several objections. */
export function failuresOf(thrown: unknown): Failures {
  try {
    if (thrown instanceof Invalid) return thrown.failures
    if (thrown instanceof Error) return [failureOfError(thrown)]
    return [{ class: 'transient', name: 'NotAnError', message: shorten(`threw ${inspect(thrown)}`) }]
  } catch {
    return [{ class: 'transient', name: 'NotAnError', message: 'threw what cannot be read' }]
  }
}

export function failureOf(thrown: unknown): Failure {
  return failuresOf(thrown)[0]
}

function failureOfError(thrown: Error): Failure {
  const code = codesOf(thrown)[0]
  const lack = byName.has(thrown.name) ? undefined : lackIn(thrown)
  const stack = authorStack(thrown)
  const retryAfter = retryAfterOf(thrown)
  return {
    class: classOf(thrown),
    name: written(thrown.name),
    message: shorten(messagesOf(thrown).join(': ')),
    ...(code !== undefined && { code }),
    ...(stack !== undefined && { stack }),
    ...(retryAfter !== undefined && { retryAfter }),
    ...(lack !== undefined && { wayOut: lackWaysOut[lack] }),
    ...(thrown instanceof NotJson && { path: thrown.path }),
  }
}

function classOf(error: Error): FailureClass {
  const named = byName.get(error.name)
  if (named !== undefined) return named
  if (lackIn(error) !== undefined) return 'resource'
  if (codesOf(error).some(isNetwork)) return 'transient'
  return mistakes.has(error.name) ? 'permanent' : 'transient'
}

function lackIn(error: Error): Lack | undefined {
  return codesOf(error).flatMap((code) => lackOf(code) ?? [])[0]
}

/** How long a TransientError says that the receiver wants to be left alone. */
function retryAfterOf(error: Error): Millis | undefined {
  if (error.name !== 'TransientError' || !('retryAfter' in error)) return undefined
  return typeof error.retryAfter === 'string' ? parseDuration(error.retryAfter) : undefined
}

function isNetwork(code: string): boolean {
  return network.has(code) || (code.startsWith('UND_ERR_') && !code.startsWith('UND_ERR_INVALID'))
}

/** The error and what it says was its cause, outermost first. */
function* causes(error: Error): Generator<Error> {
  let cause: unknown = error
  for (let depth = 0; cause instanceof Error && depth < deepestCause; depth += 1) {
    yield cause
    cause = cause.cause
  }
}

function codesOf(error: Error): string[] {
  return [...causes(error)].flatMap((cause) => ('code' in cause && typeof cause.code === 'string' ? [cause.code] : []))
}

function messagesOf(error: Error): string[] {
  const messages = [...causes(error)].map((cause) => written(cause.message || cause.name))
  return messages.filter((message, index) => !messages.slice(0, index).some((before) => before.includes(message)))
}

/** Types promise text here, but code may have put anything there. */
function written(text: unknown): string {
  return typeof text === 'string' ? text : String(text)
}

function shorten(text: string): string {
  return text.length <= longestMessage ? text : `${text.slice(0, longestMessage)}… (${text.length} characters)`
}
