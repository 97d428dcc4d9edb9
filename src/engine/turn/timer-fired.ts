import { engineActor } from '../../model/actor.ts'
import type { DecisionRecord } from '../../model/decision.ts'
import type { Failure } from '../../model/failure.ts'
import type { AttemptRecord, StepRecord } from '../../model/step.ts'
import { runTimeoutOf } from '../planner/time-limits.ts'
import { longestSilence, nextTimer, type Timer } from '../planner/timers.ts'
import { advance, complete } from './advance.ts'
import { timedOut } from './attempt-ended.ts'
import { close, compensate } from './close.ts'
import { carryOut, fail, leaveOut, recover } from './fail.ts'
import { breakerDue } from './hold-back.ts'
import { giveGrace } from './give-grace.ts'
import { goBack } from './go-back.ts'
import { startAttempt } from './start-attempt.ts'
import { tellFailure, tellRecovery } from './tell-error.ts'
import type { Turn } from './turn.ts'

/** Everything that is due by now, in the order in which it came due. Nothing happens early. */
export function timersFired(turn: Turn): void {
  if (turn.holds) return
  for (let timer = nextTimer(turn.state); timer !== undefined && timer.due <= turn.now; timer = nextTimer(turn.state)) {
    if (timer.type === 'going_back' && !turn.isClean) break
    turn.knowable = timer.due
    fire(turn, timer)
  }
  turn.knowable = null
}

function fire(turn: Turn, timer: Timer): void {
  switch (timer.type) {
    case 'attempt_timeout':
      return timedOut(turn, timer.attempt, tookTooLong(timer.attempt))
    case 'attempt_silence':
      return timedOut(turn, timer.attempt, wasSilent(turn, timer.attempt))
    case 'grace_over':
      return timedOut(turn, timer.attempt, outlastedGrace(timer.attempt))
    case 'step_wait':
      return waitOver(turn, timer.record)
    case 'deadline':
      return deadlinePassed(turn, timer.decision)
    case 'going_back':
      return goBack(turn)
    case 'run_timeout':
      close(turn, { outcome: 'failed', failure: runTimeout(turn) })
      return giveGrace(turn)
  }
}

function tookTooLong({ attempt, step, timeout }: AttemptRecord): Failure {
  return {
    class: 'timeout',
    name: 'StepTimeout',
    message: `attempt ${attempt} of ${step} took longer than its ${timeout ?? 0} ms`,
    wayOut: 'raise the step\'s timeout, or detection.timeouts where it has none, or let it do less in one attempt',
    ...(timeout !== null && { exceeded: { of: 'time', limit: timeout } }),
  }
}

function childTookTooLong(turn: Turn, { step, attempts, allowance }: StepRecord): Failure {
  const limit = allowance?.timeout ?? turn.state.manifest(step).timeout ?? 0
  return {
    class: 'timeout',
    name: 'StepTimeout',
    message: `the child run of attempt ${attempts} of ${step} took longer than its ${limit} ms`,
    wayOut: 'raise the step\'s timeout: what the child waits for counts, a person too',
    exceeded: { of: 'time', limit },
  }
}

function wasSilent(turn: Turn, tried: AttemptRecord): Failure {
  const { attempt, step } = tried
  return {
    class: 'timeout',
    name: 'HeartbeatMissed',
    message: `attempt ${attempt} of ${step} had no heartbeat for ${longestSilence(turn.state, tried) ?? 0} ms`,
    wayOut: 'let it call heartbeat more often, or raise the step\'s heartbeat, or detection.timeouts.heartbeat where it has none',
  }
}

function outlastedGrace({ attempt, step }: AttemptRecord): Failure {
  return {
    class: 'timeout',
    name: 'GraceOver',
    message: `attempt ${attempt} of ${step} had not ended within the grace that its run had to end`,
    wayOut: 'raise ending.grace, or give the step a timeout',
  }
}

function waitOver(turn: Turn, record: StepRecord): void {
  const { step, iteration } = record
  if (record.status === 'completed') compensate(turn, record)
  else if (record.status === 'in_doubt') startAttempt(turn, record, 'check')
  else if (record.waiting?.for === 'breaker') breakerDue(turn, record)
  else if (record.waiting?.for === 'child') stopChild(turn, record)
  else if (record.waiting?.for === 'timer') complete(turn, record, turn.keep(null, false), null)
  else {
    turn.emit({ type: 'step_ready', step, iteration })
    advance(turn, [step])
  }
}

/** It is told at once that it took too long. The child is cancelled after the commit, and the pass fails once that has ended. */
function stopChild(turn: Turn, record: StepRecord): void {
  const { step, iteration, child } = record
  if (child === null) return
  const failure = childTookTooLong(turn, record)
  turn.emit({ type: 'child_stopping', step, iteration, child, failure })
  tellFailure(turn, record, 'run', failure)
  tellRecovery(turn, record, 'run', { strategy: 'end_child', why: `what ${step} comes to is decided once its child run has ended` })
}

/** A deadline never approves: the author chose between leaving the step out and letting it fail. */
function deadlinePassed(turn: Turn, id: DecisionRecord['id']): void {
  const decision = turn.state.decision(id)
  if (decision === undefined) return
  const { step, iteration } = decision
  turn.emit({ type: 'decision_closed', id, status: 'expired', action: null, note: null, edit: null, actor: engineActor })
  const manifest = turn.state.manifest(step)
  const record = turn.state.pass({ step, iteration })
  if (decision.kind === 'recovery') return unanswered(turn, record, decision)
  if (manifest.kind === 'approval' && manifest.onDeadline === 'skip') return leaveOut(turn, record, 'expired')
  fail(turn, record, {
    class: 'expired',
    name: 'DeadlinePassed',
    message: `nobody decided ${step} before its deadline`,
    wayOut: 'raise the deadline, or say with onDeadline what follows',
  })
}

/** Nobody has said in time what is to be done about a failure: what was told when they were asked is done. */
function unanswered(turn: Turn, record: StepRecord, { atDeadline, failure }: DecisionRecord): void {
  const failed = failure ?? { class: 'expired', name: 'DeadlinePassed', message: `nobody decided ${record.step} before its deadline` }
  if (atDeadline === 'go_on') return recover(turn, record, failed, 'ask')
  const strategy = atDeadline === 'skip' && turn.state.manifest(record.step).optional ? 'skip' : 'fail'
  carryOut(turn, record, failed, { strategy, why: 'nobody answered before the deadline', until: null, to: null, passedOver: [] })
}

function runTimeout(turn: Turn): Failure {
  return {
    class: 'timeout',
    name: 'RunTimeout',
    message: `the run took longer than the ${runTimeoutOf(turn.state) ?? 0} ms that it may take`,
    wayOut: 'raise the workflow\'s timeout, or detection.timeouts.run where it has none; waiting for a person or in a wait does not count',
  }
}
