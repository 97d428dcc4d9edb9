/**
 * The rows of a run as they were at one of its moments: what had begun by then, and came to its end later, had not; what began
 * later is left out. What a row does not remember of its past (how often it had been tried) is counted anew.
 */
import type { DecisionRecord } from '../../../../model/decision.ts'
import type { Instant } from '../../../../model/ids.ts'
import type { RunRecord } from '../../../../model/run.ts'
import type { AttemptRecord, StepRecord } from '../../../../model/step.ts'
import type { RunDetail } from '../../../../model/views.ts'
import { errorAt } from './error-at.ts'
import { underWayAt } from './under-way.ts'

/** `detail` is that of the branch whose moment it is. */
export function detailAt(detail: RunDetail, at: Instant): RunDetail {
  const attempts = detail.attempts.filter(({ startedAt }) => startedAt <= at).map((attempt) => attemptAt(attempt, at))
  const decisions = detail.decisions.filter(({ openedAt }) => openedAt <= at).map((decision) => decisionAt(decision, at))
  const errors = detail.errors.filter(({ openedAt }) => openedAt <= at).map((error) => errorAt(error, attempts, at))
  return { ...detail, record: recordAt(detail.record, at), attempts, decisions, errors, steps: stepsAt(detail, attempts, at) }
}

/** How the run ended is not known before it has. What else its record says is of now. */
function recordAt(record: RunRecord, at: Instant): RunRecord {
  const hasEnded = record.endedAt !== null && record.endedAt <= at
  return hasEnded ? record : { ...record, endedAt: null, failure: null }
}

function attemptAt(attempt: AttemptRecord, at: Instant): AttemptRecord {
  const goesOn = attempt.endedAt !== null && attempt.endedAt > at
  return goesOn ? { ...attempt, status: 'running', failure: null, endedAt: null } : attempt
}

function decisionAt(decision: DecisionRecord, at: Instant): DecisionRecord {
  const isOpen = decision.closedAt !== null && decision.closedAt > at
  return isOpen ? { ...decision, status: 'pending', closedAt: null, action: null, note: null, edit: null, actor: null } : decision
}

function stepsAt(detail: RunDetail, attempts: readonly AttemptRecord[], at: Instant): StepRecord[] {
  const on = new Map(underWayAt(detail, at).map((each) => [passKey(each), each]))
  const tried = Map.groupBy(attempts, passKey)
  return detail.steps.flatMap((pass) => {
    if ((pass.startedAt ?? pass.endedAt ?? Infinity) > at) return []
    const own = tried.get(passKey(pass)) ?? []
    const counts = {
      attempts: own.length,
      tries: Math.min(pass.tries, own.filter(({ phase, endedAt }) => phase === 'run' && endedAt !== null).length),
      compensation: own.some(({ phase, endedAt }) => phase === 'compensate' && endedAt !== null) ? pass.compensation : ('none' as const),
    }
    const underWay = on.get(passKey(pass))
    if (pass.endedAt !== null && pass.endedAt <= at) return { ...pass, ...counts }
    const { status = 'running' as const, waitsFor = null, until = null, child = null } = underWay ?? {}
    const failure = status === 'running' ? null : (own.findLast(({ endedAt }) => endedAt !== null)?.failure ?? null)
    const waiting = waitsFor === null ? null : { for: waitsFor, until }
    return { ...pass, ...counts, status, waiting, child, failure, output: null, via: null, skipped: null, follows: null, order: null, endedAt: null }
  })
}

const passKey = ({ step, iteration }: Pick<StepRecord, 'step' | 'iteration'>): string => `${step}#${iteration}`
