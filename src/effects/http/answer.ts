import type { Failure } from '../../model/failure.ts'
import type { AnswerForm } from '../../sdk/definition.ts'
import { unusable } from './failures.ts'
import type { Received } from './received.ts'
import { carriesCredentials } from './shown.ts'

/** Headers as later steps read them. */
export function outputHeaders({ headers }: Received): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !carriesCredentials(name)))
}

/** The body as the step takes it, or why it does not. What its schema makes of it comes later. */
export function outputBody({ headers, body }: Received, form: AnswerForm | undefined, what: string): { readonly value: unknown } | { readonly failure: Failure } {
  if ('failure' in body) return body
  const type = headers['content-type'] ?? ''
  const isJson = form === undefined ? /^[^;]*[/+]json\b/i.test(type) : form !== 'text'
  if (body.text === '') return { value: form === 'text' ? '' : null }
  if (!isJson) return { value: body.text }
  try {
    return { value: JSON.parse(body.text) }
  } catch {
    const told = type === '' ? 'says not what it is' : `says that it is ${type}`
    return { failure: unusable(what, 'AnswerNotJson', `is not JSON, and ${told}`, "let answer of the step be 'text', or the receiver answer JSON") }
  }
}
