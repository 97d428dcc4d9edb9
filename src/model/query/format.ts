import { writeDuration } from '../duration.ts'
import type { Amount, Moment, StatusChoice, Term, Time } from './terms.ts'
import { written } from './tokens.ts'

/** Terms as a query that says the same: what `parse` reads of it is what was given. */
export function format(terms: readonly Term[]): string {
  return terms.map(formatTerm).join(' ')
}

/** One term as it stands in a query. */
function formatTerm(term: Term): string {
  const name = term.field === 'text' ? '' : `${term.field}:`
  return `${term.not ? '-' : ''}${name}${alternatives(term).join(',')}`
}

function alternatives(term: Term): string[] {
  switch (term.field) {
    case 'status':
      return term.any.map(status)
    case 'version':
    case 'attempts':
      return term.any.map((amount) => amountIn(amount, String))
    case 'duration':
      return term.any.map((amount) => amountIn(amount, writeDuration))
    case 'started':
    case 'ended':
      return term.any.map(time)
    case 'text':
      return term.any.map((text) => written(text, plainText))
    default:
      return term.any.map((word) => written(word, plainWord))
  }
}

/** What means itself behind a field, and what does without one: no sign, no name, no word that joins terms. */
const plainWord = /^[^\s,"]+$/
const plainText = /^(?!(?:AND|OR|NOT)$)[^\s,":-][^\s,":]*$/

function status({ status: name, waiting }: StatusChoice): string {
  return waiting === null ? name : `${name}:${waiting}`
}

function amountIn(amount: Amount, write: (value: number) => string): string {
  if (amount.op === '..') return `${write(amount.from)}..${write(amount.to)}`
  return `${amount.op === '=' ? '' : amount.op}${write(amount.value)}`
}

function time(value: Time): string {
  if (value.op === '..') return `${moment(value.from)}..${moment(value.to)}`
  return `${value.op === '=' ? '' : value.op}${moment(value.moment)}`
}

function moment(value: Moment): string {
  return 'ago' in value ? writeDuration(value.ago) : value.date
}
