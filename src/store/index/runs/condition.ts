/**
 * Terms as a condition on the index's runs.
 *
 * Invariants:
 * 1. No text of a query stands in SQL: what an operator wrote is bound.
 * 2. A condition is true or false, never NULL: its negation finds what it does not.
 * 3. It finds what `matches` (model/query) says of a summary, where that says anything.
 * 4. The runs that say its texts stand in `heard` (`hearing.ts`).
 */
import type { Instant } from '../../../model/ids.ts'
import { folded } from '../../../model/query/folded.ts'
import { amountInterval, type Interval, timeInterval } from '../../../model/query/intervals.ts'
import { type AmountTerm, anyRun, type Asked, type StatusChoice, type Term, type TimeTerm, type WordTerm } from '../../../model/query/terms.ts'

export interface Condition {
  readonly sql: string
  readonly given: readonly (string | number)[]
}

/** All of these, or everything where there are none. */
export function allOf(conditions: readonly Condition[]): Condition {
  return joined(conditions, ' AND ') ?? { sql: 'TRUE', given: [] }
}

/** The texts that are to be heard before the condition of these terms holds. */
export function textsIn(terms: readonly Term[]): string[] {
  return terms.flatMap((term) => (term.field === 'text' ? term.any.map(folded) : []))
}

export function conditionsOf({ terms, now }: Asked): Condition[] {
  return terms.map((term) => {
    const { sql, given } = conditionOf(term, now)
    return { sql: term.not ? `NOT ${sql}` : sql, given }
  })
}

function conditionOf(term: Term, now: Instant): Condition {
  switch (term.field) {
    case 'status':
      return anyOf(term.any.map(ofStatus))
    case 'version':
    case 'attempts':
    case 'duration':
      return anyOf(term.any.map((amount) => ofAmount(term.field, amountInterval(amount), now)))
    case 'started':
    case 'ended':
      return anyOf(term.any.map((time) => ofTime(term.field, timeInterval(time, now))))
    case 'workflow':
    case 'step':
    case 'error':
    case 'id':
    case 'replay':
    case 'parent':
    case 'correlation':
    case 'text':
      return anyOf(term.any.map((word) => ofWord(term.field, word)))
  }
}

function ofStatus({ status, waiting }: StatusChoice): Condition {
  if (waiting === null) return { sql: 'status = ?', given: [status] }
  return { sql: '(status = ? AND waiting IS ?)', given: [status, waiting] }
}

function ofAmount(field: AmountTerm['field'], { least, most }: Interval, now: Instant): Condition {
  if (field !== 'duration') return { sql: `${field} BETWEEN ? AND ?`, given: [least, most] }
  return { sql: 'max(0, coalesce(ended, ?) - started) BETWEEN ? AND ?', given: [now, least, most] }
}

function ofTime(field: TimeTerm['field'], { least, most }: Interval): Condition {
  if (field === 'started') return { sql: 'started BETWEEN ? AND ?', given: [least, most] }
  return { sql: '(ended IS NOT NULL AND ended BETWEEN ? AND ?)', given: [least, most] }
}

function ofWord(field: WordTerm['field'], word: string): Condition {
  switch (field) {
    case 'workflow':
    case 'correlation':
      return { sql: `${field} = ?`, given: [word] }
    case 'step':
      return { sql: 'number IN (SELECT run FROM stands WHERE step = ?)', given: [word] }
    case 'id':
      return ofId('id', word.toUpperCase())
    case 'replay':
      return word === anyRun ? { sql: 'origin IS NOT NULL', given: [] } : ofId('origin', word.toUpperCase())
    case 'parent':
      return word === anyRun ? { sql: 'parent IS NOT NULL', given: [] } : ofId('parent', word.toUpperCase())
    case 'error': {
      const text = folded(word)
      const sql = 'number IN (SELECT run FROM failure WHERE class = ? OR name = ? OR instr(message, ?) > 0)'
      return { sql, given: [text, text, text] }
    }
    case 'text':
      return ofText(folded(word))
  }
}

function ofId(column: 'id' | 'origin' | 'parent', part: string): Condition {
  const { length } = part
  const sql = `(${column} IS NOT NULL AND (substr(${column}, 1, ?) = ? OR substr(${column}, -?) = ?))`
  return { sql, given: [length, part, length, part] }
}

function ofText(text: string): Condition {
  const failed = 'SELECT run FROM failure WHERE instr(name, ?) > 0 OR instr(message, ?) > 0'
  return { sql: `number IN (SELECT run FROM heard WHERE text = ? UNION ALL ${failed})`, given: [text, text, text] }
}

function anyOf(conditions: readonly Condition[]): Condition {
  const { sql, given } = joined(conditions, ' OR ') ?? { sql: 'FALSE', given: [] }
  return { sql: `(${sql})`, given }
}

function joined(conditions: readonly Condition[], by: string): Condition | undefined {
  if (conditions.length === 0) return undefined
  return { sql: conditions.map(({ sql }) => sql).join(by), given: conditions.flatMap(({ given }) => given) }
}
