/**
 * Whether a run stands still for good: it has not ended, and nothing will ever move it. Where the definition is sound and the
 * engine is, that cannot be; so whatever may be the cause, it is looked for at the end of each turn.
 *
 * A run of which anything is in an executor is seen to move at once: one that goes forwards step by step pays next to nothing.
 */
import type { Failure } from '../../model/failure.ts'
import { isEnded } from '../../model/status.ts'
import type { StepRecord } from '../../model/step.ts'
import { mayGoBack } from './compensation.ts'
import { isSettled, type RunState } from '../state/run-state.ts'

export function standsStill(state: RunState): boolean {
  if (!state.attempts().next().done || !state.decisions().next().done) return false
  const { status, paused, admitted, closing } = state.record
  if ((!admitted && closing === null) || paused || status === 'quarantined' || isEnded(status)) return false
  return !state.underWay().some(isAwaited) && !mayGoBack(state)
}

/**
 * A wait that ends by itself. That for a resource does: where those who hold it wait for one another, one of them gives way
 * (`engine/allocation`). A person's is among the
 * decisions, and a fallback's is the fallback's own.
 */
function isAwaited({ waiting }: StepRecord): boolean {
  switch (waiting?.for) {
    case undefined:
    case 'decision':
    case 'dead_letter':
    case 'fallback':
      return false
    case 'backoff':
    case 'timer':
    case 'breaker':
      return waiting.until !== null
    default:
      return true
  }
}

/** Which steps stand still, and what each of them waits for. */
export function standstill(state: RunState): Failure {
  const pending = [...state.unsettled()].filter(({ status }) => status === 'pending')
  const held = pending.filter(({ step }) => !state.manifest(step).onlyAsFallback)
  const underWay = [...state.underWay()]
  const why = [...held.map((record) => heldBy(state, record)), ...underWay.map((record) => leftWaiting(state, record))]
  const never = underWay.length === 0
  return {
    class: never ? 'deadlock' : 'stuck',
    name: never ? 'NeverReady' : 'Standstill',
    message: `nothing will ever move the run again: ${why.join('; ')}`,
    wayOut: 'go back to a checkpoint with a definition in which nothing waits for what never comes; where there is nothing of the kind in it, this is a fault of the engine: report it',
  }
}

function heldBy(state: RunState, { step }: StepRecord): string {
  const unsettled = state.manifest(step).needs.map((need) => state.step(need)).filter((need) => !isSettled(need))
  const needs = unsettled.map((need) => `${need.step} (${need.status})`)
  return needs.length === 0 ? `${step} could start and has not` : `${step} needs ${needs.join(' and ')}`
}

function leftWaiting(state: RunState, { step, status, waiting }: StepRecord): string {
  const { fallback } = state.manifest(step)
  switch (waiting?.for) {
    case undefined:
      return `${step} is ${status.replaceAll('_', ' ')}, and nobody works on it`
    case 'fallback':
      return fallback === null ? `${step} waits for a fallback that it does not have` : `${step} waits for ${fallback} to stand in for it, which is ${state.step(fallback).status}`
    case 'decision':
    case 'dead_letter':
      return `${step} waits for a person, who is not asked`
    default:
      return `${step} waits for a time that is not set`
  }
}
