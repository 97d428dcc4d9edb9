import { z } from 'zod'

export const RunStatus = z.enum([
  'queued',
  'running',
  'waiting',
  'paused',
  'compensating',
  'completed',
  'failed',
  'cancelled',
  'quarantined',
])
export type RunStatus = z.infer<typeof RunStatus>

/** Why a waiting run waits: one reason, the nearest that can end the wait. */
export const RunWait = z.enum(['timer', 'backoff', 'decision', 'resource', 'child', 'breaker', 'in_doubt', 'dead_letter'])
export type RunWait = z.infer<typeof RunWait>

export const StepStatus = z.enum([
  'pending',
  'running',
  'waiting',
  'completed',
  'skipped',
  'failed',
  'superseded',
  'cancelled',
  'in_doubt',
])
export type StepStatus = z.infer<typeof StepStatus>

/** Why a waiting step waits. */
export const StepWait = z.enum(['backoff', 'timer', 'decision', 'fallback', 'breaker', 'child', 'resource', 'dead_letter'])
export type StepWait = z.infer<typeof StepWait>

/** What became of one try. `interrupted` was cut off through no fault of its own and is not counted. */
export const AttemptStatus = z.enum([
  'running',
  'completed',
  'failed',
  'interrupted',
  'superseded',
  'cancelled',
  'in_doubt',
])
export type AttemptStatus = z.infer<typeof AttemptStatus>

export const DecisionStatus = z.enum(['pending', 'approved', 'rejected', 'edited', 'expired', 'withdrawn'])
export type DecisionStatus = z.infer<typeof DecisionStatus>

/**
 * How an error stands. `recovering`: something is done about it. `waiting`: a person is asked. `recovered`: what failed went
 * well after all, or the run does without it. `withdrawn`: it matters no more, since the run went back or ended for another reason.
 */
export const ErrorStatus = z.enum(['recovering', 'waiting', 'recovered', 'failed', 'withdrawn'])
export type ErrorStatus = z.infer<typeof ErrorStatus>

/** How a breaker stands between the steps of a workflow and what they reach. `half_open`: one of them is let through, to see. */
export const BreakerStatus = z.enum(['closed', 'open', 'half_open'])
export type BreakerStatus = z.infer<typeof BreakerStatus>

/** An ended run moves again only by restore. */
export function isEnded(status: RunStatus): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled'
}
