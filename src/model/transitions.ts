/**
 * The one transition table (law 5). Every writer goes through `move`; what the table does not list cannot happen.
 *
 * Invariants:
 * 1. An ended run has no way out here; a restore starts a new branch and says so by its own entry.
 * 2. A step that is completed leaves only by a new iteration (a loop, a restore), which is a new record.
 * 3. A decision ends once, and so does an error: the same failure later is another.
 */
import type { AttemptStatus, BreakerStatus, DecisionStatus, ErrorStatus, RunStatus, StepStatus } from './status.ts'

type Table<Status extends string> = { readonly [from in Status]: readonly Status[] }

const run: Table<RunStatus> = {
  queued: ['running', 'waiting', 'paused', 'compensating', 'completed', 'failed', 'cancelled', 'quarantined'],
  running: ['queued', 'waiting', 'paused', 'compensating', 'completed', 'failed', 'cancelled', 'quarantined'],
  waiting: ['queued', 'running', 'paused', 'compensating', 'completed', 'failed', 'cancelled', 'quarantined'],
  paused: ['queued', 'running', 'waiting', 'compensating', 'completed', 'failed', 'cancelled', 'quarantined'],
  compensating: ['paused', 'failed', 'cancelled', 'quarantined'],
  completed: [],
  failed: [],
  cancelled: [],
  quarantined: ['queued', 'running', 'waiting', 'paused', 'compensating', 'cancelled'],
}

const step: Table<StepStatus> = {
  pending: ['running', 'waiting', 'skipped', 'failed', 'superseded', 'cancelled'],
  running: ['pending', 'waiting', 'completed', 'skipped', 'failed', 'superseded', 'cancelled', 'in_doubt'],
  waiting: ['pending', 'running', 'completed', 'skipped', 'failed', 'superseded', 'cancelled'],
  completed: [],
  skipped: [],
  failed: [],
  superseded: [],
  cancelled: [],
  in_doubt: ['pending', 'waiting', 'running', 'completed', 'failed', 'skipped', 'superseded', 'cancelled'],
}

const attempt: Table<AttemptStatus> = {
  running: ['completed', 'failed', 'interrupted', 'superseded', 'cancelled', 'in_doubt'],
  completed: [],
  failed: [],
  interrupted: [],
  superseded: [],
  cancelled: [],
  in_doubt: ['completed', 'failed'],
}

const decision: Table<DecisionStatus> = {
  pending: ['approved', 'rejected', 'edited', 'expired', 'withdrawn'],
  approved: [],
  rejected: [],
  edited: [],
  expired: [],
  withdrawn: [],
}

const error: Table<ErrorStatus> = {
  recovering: ['waiting', 'recovered', 'failed', 'withdrawn'],
  waiting: ['recovering', 'recovered', 'failed', 'withdrawn'],
  recovered: [],
  failed: [],
  withdrawn: [],
}

const breaker: Table<BreakerStatus> = {
  closed: ['open'],
  open: ['half_open', 'closed'],
  half_open: ['open', 'closed'],
}

export const transitions = { run, step, attempt, decision, error, breaker } as const

type Statuses = { run: RunStatus; step: StepStatus; attempt: AttemptStatus; decision: DecisionStatus; error: ErrorStatus; breaker: BreakerStatus }
export type Noun = keyof Statuses

export class IllegalTransition extends Error {
  override readonly name = 'IllegalTransition'
  readonly noun: Noun
  readonly from: string
  readonly to: string

  constructor(noun: Noun, subject: string, from: string, to: string) {
    super(`${noun} ${subject} cannot move from ${from} to ${to}`)
    this.noun = noun
    this.from = from
    this.to = to
  }
}

/** True where the table has the move. */
export function canMove<N extends Noun>(noun: N, from: Statuses[N], to: Statuses[N]): boolean {
  const table: Table<string> = transitions[noun]
  return table[from]?.includes(to) ?? false
}

/**
 * The status moved to.
 * @throws IllegalTransition where the table does not have the move; nothing has changed then.
 */
export function move<N extends Noun>(noun: N, subject: string, from: Statuses[N], to: Statuses[N]): Statuses[N] {
  if (!canMove(noun, from, to)) throw new IllegalTransition(noun, subject, from, to)
  return to
}
