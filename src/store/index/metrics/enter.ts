/**
 * The figures of a run as the fold of its entries; docs/METRICS.md says in words what each counts.
 *
 * Invariants:
 * 1. Nothing is read but the account and the entry, so that the slices in which the journal is read do not matter.
 * 2. An error is counted once, under the time at which it happened: as `open` until something ends it.
 */
import type { RunEntry } from '../../../model/entry.ts'
import type { RunEvent, RunEventMap } from '../../../model/event.ts'
import type { ErrorEnding } from '../../../model/metrics.ts'
import type { RunRecord } from '../../../model/run.ts'
import { cellOf } from '../../measure/histogram.ts'
import type { Account, Figure } from './account.ts'
import { Book } from './book.ts'

export interface Entered {
  readonly account: Account
  readonly figures: readonly Figure[]
}

/** What a run is by its birth. */
export interface Born extends Pick<RunRecord, 'workflow' | 'revision' | 'createdAt'> {
  readonly isReplay: boolean
}

/** The account of a run of which nothing is under way. */
export function opened({ workflow, revision, createdAt, isReplay }: Born): Account {
  return { workflow, revision, began: createdAt, sentBack: isReplay, attempts: [], errors: [], questions: [] }
}

/** Enters the next entry of a run into its account. */
export function enter(account: Account, entry: RunEntry): Entered {
  const book = new Book(account, entry.at)
  for (const event of entry.events) note(book, event, entry)
  return { account: book.account, figures: book.figures }
}

function note(book: Book, event: RunEvent, entry: RunEntry): void {
  switch (event.type) {
    case 'run_created':
      return book.count({ kind: 'run', name: 'started', detail: book.account.revision })
    case 'run_moved':
      return runMoved(book, event)
    case 'run_closing':
      return runClosing(book, event, entry)
    case 'run_restored':
      return runRestored(book, event)
    case 'run_quarantined':
      return book.err(event.failure, null)
    case 'attempt_started':
      return attemptStarted(book, event)
    case 'attempt_ended':
      return attemptEnded(book, event)
    case 'step_completed':
      return book.settle(event, event.via === null ? 'retried' : 'fallback')
    case 'step_skipped':
      return book.settle(event, event.reason === 'person' ? 'person' : 'skipped')
    case 'step_superseded':
      return book.settle(event, isSentBack(entry) ? 'person' : 'skipped')
    case 'step_failed':
      return stepFailed(book, event, entry)
    case 'decision_opened':
      return decisionOpened(book, event)
    case 'decision_closed':
      return decisionClosed(book, event)
    default:
  }
}

/** What an end of the run makes of errors that nothing else has ended; only a person cancels a run. */
const atTheEnd = { completed: 'skipped', failed: 'failed', cancelled: 'person' } as const satisfies Record<string, ErrorEnding>

function runMoved(book: Book, { to }: RunEventMap['run_moved']): void {
  if (book.isOver || (to !== 'completed' && to !== 'failed' && to !== 'cancelled')) return
  book.isOver = true
  const { revision, began, sentBack } = book.account
  book.count({ kind: 'run', name: to, detail: revision })
  if (to === 'completed' && !sentBack) book.count({ kind: 'run_took', name: '', detail: cellOf(book.at - began) })
  book.settle(null, atTheEnd[to])
}

/** Whoever sends a run back ends all that had gone wrong with it. What it comes to then counts as well. */
function runRestored(book: Book, { basis }: RunEventMap['run_restored']): void {
  book.settle(null, 'person')
  const revision = basis?.revision ?? book.account.revision
  book.account = { ...book.account, revision, sentBack: true }
}

function isSentBack({ events }: RunEntry): boolean {
  return events.some(({ type }) => type === 'run_restored')
}

/** The run fails as a whole, by its timeout for one: where a step failed, that is the error. */
function runClosing(book: Book, { closing: { outcome, failure } }: RunEventMap['run_closing'], entry: RunEntry): void {
  const isOfAStep = entry.events.some(({ type }) => type === 'step_failed')
  if (outcome === 'failed' && failure !== null && !isOfAStep) book.err(failure, null)
}

function attemptStarted(book: Book, { step, iteration, attempt, phase }: RunEventMap['attempt_started']): void {
  const { attempts } = book.account
  book.account = { ...book.account, attempts: [...attempts, { step, iteration, attempt, phase, since: book.at }] }
}

function attemptEnded(book: Book, event: RunEventMap['attempt_ended']): void {
  const { step, status, failure } = event
  const isIt = (other: Account['attempts'][number]): boolean =>
    other.step === step && other.iteration === event.iteration && other.attempt === event.attempt
  const begun = book.account.attempts.find(isIt)
  book.account = { ...book.account, attempts: book.account.attempts.filter((other) => !isIt(other)) }
  if (begun?.phase === 'run' && (status === 'completed' || status === 'failed')) {
    book.count({ kind: 'attempt_took', name: step, detail: cellOf(book.at - begun.since) })
    if (status === 'failed') book.count({ kind: 'attempt_failed', name: step, detail: '' })
  }
  // A check that has answered has not mended anything: what it found out has an event of its own.
  if (status === 'completed' && begun?.phase !== 'check') book.settle(event, 'retried')
  else if (failure !== null && (status === 'failed' || status === 'in_doubt')) book.err(failure, event)
}

/** A step fails by an attempt, which is an error already, by a person, who has ended that error, or by itself. */
function stepFailed(book: Book, event: RunEventMap['step_failed'], { actor }: RunEntry): void {
  if (!book.isOpen(event) && actor.kind !== 'person') book.err(event.failure, event)
  book.settle(event, 'failed')
}

function decisionOpened(book: Book, { decision: { id, kind, step, iteration } }: RunEventMap['decision_opened']): void {
  const { questions } = book.account
  book.account = { ...book.account, questions: [...questions, { id, step, iteration, planned: kind === 'approval' }] }
}

/** Whoever answers what the engine asks ends the error that it asks about; that nobody answers in time is an error. */
function decisionClosed(book: Book, { id, status, actor }: RunEventMap['decision_closed']): void {
  const question = book.account.questions.find((other) => other.id === id)
  book.account = { ...book.account, questions: book.account.questions.filter((other) => other !== question) }
  if (question === undefined || status === 'withdrawn') return
  if (status === 'expired') book.err({ class: 'expired', name: 'DeadlinePassed', message: '' }, question)
  else if (!question.planned && actor.kind === 'person') book.settle(question, 'person')
}
