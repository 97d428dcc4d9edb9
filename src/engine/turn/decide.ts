import type { Actor } from '../../model/actor.ts'
import type { DecisionRecord } from '../../model/decision.ts'
import type { Failure } from '../../model/failure.ts'
import type { StepId } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import type { DecisionStatus } from '../../model/status.ts'
import { advance, complete } from './advance.ts'
import { leaveCircle } from './circle.ts'
import { close, continueClosing } from './close.ts'
import { carryOut, leaveOutByHand } from './fail.ts'
import { tellRecovery } from './tell-error.ts'
import type { Turn } from './turn.ts'

/** A person's answer, and what the definition made of it where the question was the author's. */
export interface Verdict {
  readonly action: string
  readonly note: string | null
  readonly by: Actor
  /** What the person changed or vouches for. */
  readonly edit: Json | null
  readonly settled: {
    readonly output: Json
    readonly next: StepId | null
    /** The whole changed output of the step that the approval edits. */
    readonly edited: Json | null
  } | null
}

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
    const output = turn.keep(settled.edited, turn.state.manifest(step).sensitive)
    turn.emit({ type: 'output_edited', step, iteration, output, by: decision.id })
  }
  const output = turn.keep(settled.output, manifest.sensitive)
  if (rejects) {
    const { step, iteration } = record
    turn.emit({ type: 'step_completed', step, iteration, output, via: null })
    close(turn, { outcome: 'cancelled', failure: rejection(decision, verdict) })
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
    else compensateAgain(turn, decision, verdict)
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

function recoverBy(turn: Turn, decision: DecisionRecord, verdict: Verdict): void {
  const { step, iteration, failure } = decision
  const record = turn.state.pass(decision)
  closeDecision(turn, decision, verdict, verdict.action === 'retry' || verdict.action === 'happened' ? 'approved' : 'rejected')
  if (record.status === 'completed') {
    if (verdict.action === 'retry') compensateAgain(turn, decision, verdict)
    else turn.emit({ type: 'compensation_settled', step, iteration, as: verdict.action === 'happened' ? 'done' : 'given_up' })
  } else if (verdict.action === 'retry') {
    tellRecovery(turn, record, 'run', { strategy: 'retry', why: `${verdict.by.name} has it tried again` })
    turn.emit({ type: 'step_ready', step, iteration })
    advance(turn, [step])
  } else if (verdict.action === 'skip') {
    tellRecovery(turn, record, 'run', { strategy: 'skip', why: `${verdict.by.name} leaves it out` })
    leaveOutByHand(turn, record)
  } else {
    const why = `${verdict.by.name} lets it fail`
    carryOut(turn, record, failure ?? failedByHand(step), { strategy: 'fail', why, until: null, to: null, passedOver: [] })
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

/** Due at once, by the timer, so that a paused run holds it too. */
function compensateAgain(turn: Turn, { step, iteration, failure }: DecisionRecord, { by }: Verdict): void {
  tellRecovery(turn, turn.state.pass({ step, iteration }), 'compensate', { strategy: 'retry', why: `${by.name} has it tried again` })
  turn.emit({ type: 'compensation_waiting', step, iteration, until: turn.now, failure: failure ?? failedByHand(step) })
}

function failedByHand(step: StepId): Failure {
  return { class: 'rejected', name: 'FailedByHand', message: `${step} was failed by a person` }
}

function closeDecision(
  turn: Turn,
  { id, edits, step }: DecisionRecord,
  { action, note, by, edit }: Verdict,
  status: Exclude<DecisionStatus, 'pending'>,
): void {
  const { sensitive } = turn.state.manifest(edits?.target.step ?? step)
  const kept = edit === null ? null : turn.keep(edit, sensitive)
  turn.emit({ type: 'decision_closed', id, status, action, note, edit: kept, actor: by })
}
