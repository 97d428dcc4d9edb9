/** What a person said is to be done about a failure, about a dead letter, or about a compensation that failed, is done. */
import { Conflict } from '../../model/control-errors.ts'
import type { DecisionRecord } from '../../model/decision.ts'
import type { Failure } from '../../model/failure.ts'
import type { StepRecord } from '../../model/step.ts'
import { fallback } from '../recovery/fallback.ts'
import { situationOf } from '../recovery/situation.ts'
import { advance } from './advance.ts'
import { closeDecision } from './close-decision.ts'
import { compensateAgain, failedByHand } from './compensate-again.ts'
import { cancel } from './control.ts'
import { carryOut, leaveOutByHand } from './fail.ts'
import { restore } from './restore.ts'
import { tellRecovery } from './tell-error.ts'
import type { Turn } from './turn.ts'
import type { Verdict } from './verdict.ts'

export function recoverBy(turn: Turn, decision: DecisionRecord, verdict: Verdict): void {
  const record = turn.state.pass(decision)
  closeDecision(turn, decision, verdict, endsIt.has(verdict.action) ? 'rejected' : 'approved')
  if (record.status === 'completed') return undo(turn, decision, verdict)
  const failure = decision.failure ?? failedByHand(record.step)
  const { name } = verdict.by
  switch (verdict.action) {
    case 'retry':
      return again(turn, record, `${name} has it tried again`)
    case 'skip':
      tellRecovery(turn, record, 'run', { strategy: 'skip', why: `${name} leaves it out` })
      return leaveOutByHand(turn, record)
    case 'fallback':
      return standIn(turn, record, failure, `${name} has another step stand in for it`)
    case 'restore':
    case 'restart':
      return sendBack(turn, record, verdict, verdict.action)
    case 'discard':
      return carryOut(turn, record, failure, { ...bare, strategy: 'fail', why: `${name} discards it: ${verdict.note ?? ''}` })
    case 'cancel':
      tellRecovery(turn, record, 'run', { strategy: 'cancel', why: `${name} ends the run` })
      return cancel(turn, verdict.note ?? `${name} cancelled it at ${record.step}: ${failure.message}`)
    default:
      return carryOut(turn, record, failure, { ...bare, strategy: 'fail', why: `${name} lets it fail` })
  }
}

const endsIt: ReadonlySet<string> = new Set(['skip', 'fail', 'cancel', 'discard'])

const bare = { until: null, to: null, passedOver: [] } as const

function undo(turn: Turn, decision: DecisionRecord, verdict: Verdict): void {
  const { step, iteration } = decision
  if (verdict.action === 'retry') compensateAgain(turn, decision, verdict.by)
  else turn.emit({ type: 'compensation_settled', step, iteration, as: verdict.action === 'happened' ? 'done' : 'given_up' })
}

function again(turn: Turn, record: StepRecord, why: string): void {
  const { step, iteration } = record
  tellRecovery(turn, record, 'run', { strategy: 'retry', why })
  turn.emit({ type: 'step_ready', step, iteration })
  advance(turn, [step])
}

/** @throws Conflict where the step that stands in has had its turn since the question was asked */
function standIn(turn: Turn, record: StepRecord, failure: Failure, why: string): void {
  const plan = fallback.plan(situationOf(turn, record, failure))
  if ('not' in plan) throw new Conflict(`${record.step} cannot be stood in for any more: ${plan.not}`, turn.state.record)
  carryOut(turn, record, failure, { ...plan, passedOver: [], strategy: 'fallback', why })
}

/** The error goes along, and ends once the step has come to something on the branch that begins. */
function sendBack(turn: Turn, record: StepRecord, { by, note, destination }: Verdict, strategy: 'restore' | 'restart'): void {
  if (destination === null) throw new Error(`the answer of ${by.name} does not say where ${record.step} goes back to`)
  const { number } = destination.moment.checkpoint
  tellRecovery(turn, record, 'run', { strategy, why: `${by.name} sends the run back to checkpoint ${number}` })
  const error = turn.state.errorOf(record, 'run')
  const why = note ?? `${record.step} failed: ${strategy === 'restart' ? 'begun anew' : `back to checkpoint ${number}`}`
  restore(turn, destination, why, { error: error?.id ?? null })
}
