import type { DecisionRecord } from '../../model/decision.ts'
import type { Failure } from '../../model/failure.ts'
import { isOutputSensitive } from '../planner/maker.ts'
import { advance, complete } from './advance.ts'
import { leaveCircle } from './circle.ts'
import { closeDecision } from './close-decision.ts'
import { close, continueClosing } from './close.ts'
import { compensateAgain } from './compensate-again.ts'
import { leaveOutByHand } from './fail.ts'
import { giveGrace } from './give-grace.ts'
import { takePlaceBack } from './place-again.ts'
import { recoverBy } from './recover-by.ts'
import { tellRecovery } from './tell-error.ts'
import type { Turn } from './turn.ts'
import type { Verdict } from './verdict.ts'

/** Carries out a person's answer to a decision that is still pending. */
export function decide(turn: Turn, decision: DecisionRecord, verdict: Verdict): void {
  switch (decision.kind) {
    case 'approval':
      approve(turn, decision, verdict)
      break
    case 'in_doubt':
      settleDoubt(turn, decision, verdict)
      break
    case 'recovery':
      recoverBy(turn, decision, verdict)
      break
    case 'dead_letter':
      takePlaceBack(turn)
      recoverBy(turn, decision, verdict)
      break
    case 'arm':
      arm(turn, decision, verdict)
      break
    case 'loop':
      closeDecision(turn, decision, verdict, verdict.action === 'fail' ? 'rejected' : 'approved')
      leaveCircle(turn, decision, verdict.action)
      break
  }
  continueClosing(turn)
}

function approve(turn: Turn, decision: DecisionRecord, verdict: Verdict): void {
  const { settled, action } = verdict
  if (settled === null) throw new Error(`decision ${decision.id} was not settled by its definition`)
  const record = turn.state.pass(decision)
  const manifest = turn.state.manifest(decision.step)
  const rejects = action === 'reject' && settled.next === null

  closeDecision(turn, decision, verdict, action === 'reject' ? 'rejected' : settled.edited === null ? 'approved' : 'edited')
  if (settled.edited !== null && decision.edits !== null) {
    const { step } = decision.edits.target
    const { iteration } = turn.state.step(step)
    const output = turn.keep(settled.edited, isOutputSensitive(turn.state, step))
    turn.emit({ type: 'output_edited', step, iteration, output, by: decision.id })
  }
  const output = turn.keep(settled.output, manifest.sensitive)
  if (rejects) {
    const { step, iteration } = record
    turn.emit({ type: 'step_completed', step, iteration, output, via: null })
    close(turn, { outcome: 'cancelled', failure: rejection(decision, verdict) })
    giveGrace(turn)
  } else {
    complete(turn, record, output, settled.next)
  }
}

function rejection({ step }: DecisionRecord, { by, note }: Verdict): Failure {
  const why = note === null || note === '' ? '' : `: ${note}`
  return { class: 'rejected', name: 'Rejected', message: `${by.name} rejected at ${step}${why}` }
}

function settleDoubt(turn: Turn, decision: DecisionRecord, verdict: Verdict): void {
  const { step, iteration } = decision
  const record = turn.state.pass(decision)
  const compensates = record.status === 'completed'
  const happened = verdict.action === 'happened'
  closeDecision(turn, decision, verdict, happened ? 'approved' : 'rejected')
  if (compensates) {
    if (happened) turn.emit({ type: 'compensation_settled', step, iteration, as: 'done' })
    else compensateAgain(turn, decision, verdict.by)
  } else if (happened) {
    complete(turn, record, turn.keep(verdict.edit, turn.state.manifest(step).sensitive), null)
  } else if (!turn.state.isPresent(decision)) {
    turn.emit({ type: 'step_superseded', step, iteration })
    advance(turn, [step])
  } else if (turn.state.record.closing !== null) {
    turn.emit({ type: 'step_cancelled', step, iteration })
  } else {
    tellRecovery(turn, record, 'run', { strategy: 'retry', why: `${verdict.by.name} says that it did not happen` })
    turn.emit({ type: 'step_ready', step, iteration })
    advance(turn, [step])
  }
}

/** Armed, the pass goes on as in any other run, its retries included. A compensation starts as the run closes. */
function arm(turn: Turn, decision: DecisionRecord, verdict: Verdict): void {
  const { step, iteration } = decision
  const record = turn.state.pass(decision)
  const compensates = record.status === 'completed'
  const { action } = verdict
  closeDecision(turn, decision, verdict, action === 'skip' ? 'rejected' : 'approved')
  if (action === 'arm') {
    turn.emit({ type: 'step_armed', step, iteration, phase: compensates ? 'compensate' : 'run' })
    if (!compensates) advance(turn, [step])
  } else if (compensates) {
    turn.emit({ type: 'compensation_settled', step, iteration, as: action === 'happened' ? 'done' : 'given_up' })
  } else if (action === 'happened') {
    complete(turn, record, turn.keep(verdict.edit, turn.state.manifest(step).sensitive), null)
  } else {
    leaveOutByHand(turn, record)
  }
}
