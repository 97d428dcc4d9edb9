import { FailureClass } from '../failure.ts'
import { RunStatus, RunWait } from '../status.ts'
import { fieldNames, type FieldName, fields, isFieldName } from './fields.ts'
import { type Span, tokensOf, written } from './tokens.ts'

/** What a completion may know of the workspace. */
export interface Known {
  readonly workflows: readonly string[]
  readonly steps: readonly string[]
}

/** What could stand at the caret: `insert` takes the place of the span. */
export interface Suggestion {
  readonly span: Span
  readonly insert: string
  readonly label: string
  readonly detail: string
}

interface Option {
  readonly text: string
  readonly detail: string
}

/** What may come at the caret, the likeliest first. Where a value could still be anything, there is nothing to suggest. */
export function complete(text: string, caret: number, known: Known): readonly Suggestion[] {
  const token = tokensOf(text).find(({ span }) => span.from < caret && caret <= span.to)
  if (token === undefined) return namesLike('', { from: caret, to: caret })

  const { name, values, span, not } = token
  const start = span.from + (not ? 1 : 0)
  if (name === null || caret <= name.span.to) {
    const to = name === null ? span.to : name.span.to + 1
    const begun = text.slice(start, caret).toLowerCase()
    const at = { from: start, to }
    return [...namesLike(begun, at), ...(name === null && begun !== '' ? valuesLike(begun, at, known) : [])]
  }
  if (!isFieldName(name.text)) return []
  const piece = values.find((each) => caret <= each.span.to)
  if (piece === undefined) return []
  const begun = piece.text.slice(0, caret - piece.span.from).toLowerCase()
  return optionsOf(name.text, known)
    .filter((option) => isLike(option.text, begun) && option.text !== piece.text)
    .map((option) => suggestion(piece.span, option.text, option))
}

function namesLike(begun: string, span: Span): Suggestion[] {
  return fieldNames
    .filter((name) => name.startsWith(begun))
    .map((name) => ({ span, insert: `${name}:`, label: `${name}:`, detail: fields[name].detail }))
}

/** Values that a bare word may have meant, each with its field. */
function valuesLike(begun: string, span: Span, known: Known): Suggestion[] {
  return (['status', 'workflow', 'step'] as const).flatMap((name) =>
    optionsOf(name, known)
      .filter(({ text }) => isLike(text, begun))
      .map((option) => suggestion(span, `${name}:${option.text}`, option)),
  )
}

function suggestion(span: Span, text: string, { detail }: Option): Suggestion {
  return { span, insert: written(text, /^[^\s,"]+$/), label: text, detail }
}

/** Begins so, or a word of it does. */
function isLike(text: string, begun: string): boolean {
  const lower = text.toLowerCase()
  return lower.startsWith(begun) || lower.split(/[-_:]/).some((word) => begun !== '' && word.startsWith(begun))
}

const ages: readonly Option[] = [
  { text: '<1h', detail: 'within the last hour' },
  { text: '<1d', detail: 'within the last day' },
  { text: '<7d', detail: 'within the last week' },
  { text: '>1h', detail: 'longer than an hour ago' },
  { text: '>1d', detail: 'longer than a day ago' },
]
const lengths: readonly Option[] = [
  { text: '>1m', detail: 'longer than a minute' },
  { text: '>1h', detail: 'longer than an hour' },
  { text: '<1s', detail: 'shorter than a second' },
]
const statuses: readonly Option[] = [
  ...RunStatus.options.map((text) => ({ text, detail: 'status' })),
  ...RunWait.options.map((reason) => ({ text: `waiting:${reason}`, detail: 'status and what it waits for' })),
]

function optionsOf(field: FieldName, known: Known): readonly Option[] {
  switch (field) {
    case 'status':
      return statuses
    case 'workflow':
      return known.workflows.map((text) => ({ text, detail: 'workflow' }))
    case 'step':
      return known.steps.map((text) => ({ text, detail: 'step' }))
    case 'error':
      return FailureClass.options.map((text) => ({ text, detail: 'class of failure' }))
    case 'started':
    case 'ended':
      return ages
    case 'duration':
      return lengths
    case 'attempts':
      return [{ text: '>1', detail: 'something was tried again' }]
    case 'replay':
      return [{ text: '*', detail: 'a replay of any run' }]
    case 'parent':
      return [{ text: '*', detail: 'a child of any run' }]
    case 'version':
    case 'id':
    case 'correlation':
      return []
  }
}
