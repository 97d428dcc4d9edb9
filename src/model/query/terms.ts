/**
 * What a search asks of a run. Terms are joined by *and*, the alternatives of one term by *or*; `not` turns a term
 * around. Text is compared without regard to case, names and ids of the store's own as they are written.
 */
import type { Instant, Millis } from '../ids.ts'
import type { RunStatus, RunWait } from '../status.ts'

/** `waiting` narrows the status to one reason; it is null for every other status, and for any reason. */
export interface StatusChoice {
  readonly status: RunStatus
  readonly waiting: RunWait | null
}

export const comparisons = ['>=', '<=', '>', '<'] as const
export type Comparison = (typeof comparisons)[number]

/** A count, or a length of time in milliseconds. A range holds both its ends. */
export type Amount =
  | { readonly op: '=' | Comparison; readonly value: number }
  | { readonly op: '..'; readonly from: number; readonly to: number }

/** So long ago, or a day, minute, second or millisecond as it is written in ISO 8601; UTC where it names no offset. */
export type Moment = { readonly ago: Millis } | { readonly date: string }

/** Of ages, `>` is longer ago; of dates, `>` is later. */
export type Time =
  | { readonly op: '=' | Comparison; readonly moment: Moment }
  | { readonly op: '..'; readonly from: Moment; readonly to: Moment }

export type StatusTerm = { readonly field: 'status'; readonly not: boolean; readonly any: readonly StatusChoice[] }
export type AmountTerm = {
  readonly field: 'version' | 'attempts' | 'duration'
  readonly not: boolean
  readonly any: readonly Amount[]
}
export type TimeTerm = { readonly field: 'started' | 'ended'; readonly not: boolean; readonly any: readonly Time[] }
export type WordTerm = {
  readonly field: 'workflow' | 'step' | 'error' | 'id' | 'replay' | 'parent' | 'correlation' | 'text'
  readonly not: boolean
  readonly any: readonly string[]
}

/** In the place of an id. */
export const anyRun = '*'

export type Term = StatusTerm | AmountTerm | TimeTerm | WordTerm
export type Field = Term['field']

/** What a query is asked with beside its terms: the moment that ages count from. */
export interface Asked {
  readonly terms: readonly Term[]
  readonly now: Instant
}
