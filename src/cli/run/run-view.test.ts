import { expect, test } from 'vitest'
import { engineActor } from '../../model/actor.ts'
import type { RunEvent } from '../../model/event.ts'
import { Checksum, CorrelationId, ErrorId, RunId, StepId } from '../../model/ids.ts'
import { codeStep, manifestOf } from '../../model/manifest.fixture.ts'
import { decisionOf } from '../../model/run.fixture.ts'
import { RunView } from './run-view.ts'

const pay = { step: StepId.parse('pay'), iteration: 1, attempt: 1 }
const told = (...events: RunEvent[]) => ({
  ...{ at: 1, actor: engineActor, correlation: CorrelationId.parse('c'), run: RunId.parse('0'.repeat(26)), version: 1, position: 1 },
  ...{ digest: Checksum.parse('0'.repeat(64)), events },
})

test('a run that is brought to its end rests where a person is asked and nothing runs', () => {
  const view = new RunView(manifestOf('paying', [codeStep('pay')]))
  view.take(told({ type: 'attempt_started', ...pay, phase: 'run', effect: 'begun', timeout: null, allowance: null }))
  view.take(told({ type: 'run_moved', to: 'compensating', waiting: null }))
  expect(view.rests).toBe(false)
  const failure = { class: 'crash', name: 'Gone', message: 'gone' } as const
  view.take(told({ type: 'attempt_ended', ...pay, status: 'in_doubt', failure, counts: false }, { type: 'step_in_doubt', ...pay, failure }))
  expect(view.rests).toBe(false)
  view.take(told({ type: 'decision_opened', decision: decisionOf({ kind: 'in_doubt', step: 'pay' }) }))
  expect(view.rests).toBe(true)
})

test('a run that is set aside for damage moves on where it goes back by itself, and rests where a person is asked instead', () => {
  const view = new RunView(manifestOf('paying', [codeStep('pay')]))
  const failure = { class: 'corruption', name: 'CorruptionFound', message: 'a value is corrupt' } as const
  const began = (strategy: 'restore_valid' | 'ask'): RunEvent => ({
    ...{ type: 'recovery_began', id: ErrorId.parse('0'.repeat(26)), counts: false },
    recovery: { strategy, why: 'so it is', until: null, passedOver: [] },
  })
  view.take(told({ type: 'run_quarantined', failure }, began('restore_valid')))
  expect([view.isSetAside, view.rests]).toEqual([false, false])
  view.take(told(began('ask')))
  expect([view.isSetAside, view.rests]).toEqual([true, true])
})
