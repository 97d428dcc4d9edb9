import { describe, expect, test } from 'vitest'
import { loneRun, sampleAttempt, sampleDecision, sampleStep } from '../../../../../test/conformance/samples.ts'
import { RunId, StepId } from '../../../../model/ids.ts'
import { codeStep, emailStep, manifestOf } from '../../../../model/manifest.fixture.ts'
import type { RunRecord } from '../../../../model/run.ts'
import { type Standing, unavailableOf } from './available.ts'
import { cancelConsequences } from './cancel-consequences.ts'

const standing = (fields: Partial<Standing>) =>
  unavailableOf({ status: 'running', paused: false, closing: null, failure: null, parent: null, updatedAt: 0, underWay: false, ...fields })

describe('what can be done', () => {
  test('to a run under way all but resuming, to a paused one all but pausing', () => {
    expect(standing({ status: 'running' })).toEqual({
      pause: undefined,
      resume: 'the run is not paused',
      cancel: undefined,
      recover: 'the run has not failed: it is running',
    })
    expect(standing({ status: 'paused', paused: true })).toEqual({
      pause: 'the run is paused already',
      resume: undefined,
      cancel: undefined,
      recover: 'the run has not failed: it is paused',
    })
  })

  test('to one that has failed only recovering, to one that is damaged cancelling too', () => {
    const ended = 'the run has ended: it is failed'
    expect(standing({ status: 'failed' })).toEqual({
      pause: ended,
      resume: ended,
      mark: ended,
      cancel: ended,
    })
    const damaged = { class: 'corruption', name: 'StoreDamaged', message: 'value 7' } as const
    const quarantined = standing({ status: 'quarantined', failure: damaged })
    expect([quarantined.cancel, quarantined.recover]).toEqual([undefined, undefined])
    expect(quarantined.pause).toMatch(/set aside/)
    expect(quarantined.resume).toMatch(/set aside/)
  })

  test('one that was set aside whole may be resumed', () => {
    const failure = { class: 'crash', name: 'CrashLoop', message: 'two hosts ended' } as const
    const { pause, resume } = standing({ status: 'quarantined', failure })
    expect([pause, resume]).toEqual([expect.stringMatching(/set aside/), undefined])
  })

  test('one that was paused with its parent goes on with that', () => {
    const parent = { run: RunId.parse('01J0000000000000000000000A'), step: StepId.parse('letter'), iteration: 1, attempt: 1, depth: 1, held: true }
    const { resume } = standing({ status: 'paused', paused: true, parent })
    expect(resume).toBe('it was paused with its parent, run 0000000A: resume that one')
  })

  test('one that is being brought to its end is cancelled again only where something is under way without a grace', () => {
    const cancelled = { outcome: 'cancelled', failure: null } as const
    const ending = (closing: RunRecord['closing'], underWay: boolean) => standing({ status: 'compensating', closing, underWay, updatedAt: 5_000 }).cancel
    expect(ending(cancelled, false)).toBe('the run is being cancelled already')
    expect(ending({ ...cancelled, grace: { since: 0, until: 10_000 } }, true)).toBe('the run is being cancelled already')
    expect(ending({ ...cancelled, outcome: 'failed' }, false)).toBe('the run is being brought to its end as failed')
    expect(ending(cancelled, true)).toBeUndefined()
    expect(ending({ ...cancelled, grace: { since: 0, until: 5_000 } }, true)).toBeUndefined()
  })
})

test('cancelling says what is cut off, undone backwards, and stays as it is', () => {
  const at = (step: string, fields: object) => sampleStep({ step: StepId.parse(step), iteration: 1, ...fields })
  const manifest = manifestOf('order', [
    codeStep('reserve', [], { compensates: true }),
    codeStep('charge', [], { compensates: true }),
    emailStep('tell'),
    codeStep('ship'),
  ])
  const steps = [
    at('reserve', { status: 'completed', order: 1 }),
    at('charge', { status: 'completed', order: 2 }),
    at('tell', { status: 'completed', order: 3 }),
    at('ship', { status: 'running' }),
  ]
  const about = { record: loneRun(1).record, manifest, attempts: [] }
  expect(cancelConsequences({ ...about, steps, decisions: [sampleDecision({ status: 'pending' })] }, '10s')).toEqual([
    'What runs is cut off: ship.',
    'Undone, in this order: charge, reserve.',
    'Stays as it is in the outside world: tell.',
    'Its open decision is withdrawn.',
    'Its history is kept.',
  ])
  expect(cancelConsequences({ ...about, steps: [], decisions: [] }, '10s')).toEqual([
    'Nothing runs at the moment; nothing further starts.',
    'Nothing that completed declares how to undo it.',
    'Its history is kept.',
  ])
})

test('cancelling says how long what is inside an effect has to end, also where the run is being brought to its end already', () => {
  const manifest = manifestOf('order', [emailStep('tell'), codeStep('ship'), codeStep('pay', [], { effect: { repeat: 'safe' } })])
  const running = ['tell', 'ship', 'pay'].map((id) => ({ step: StepId.parse(id), iteration: 1, status: 'running' }) as const)
  const steps = running.map((pass) => sampleStep(pass))
  const attempts = running.map((pass) => sampleAttempt({ ...pass, phase: 'run', effect: pass.step === 'ship' ? 'none' : 'begun' }))
  const { record } = loneRun(1)
  const told = cancelConsequences({ record, manifest, steps, attempts, decisions: [] }, '10s')
  const outlasts = 'inside an effect, and has 10s to end. Then it is cut off, and a person is asked whether it happened.'
  expect(told.slice(0, 2)).toEqual(['What runs is cut off: ship, pay.', `tell is ${outlasts}`])
  const failing = { ...record, closing: { outcome: 'failed', failure: null } } as const
  const left = { steps: steps.slice(0, 1), attempts: attempts.slice(0, 1) }
  expect(cancelConsequences({ record: failing, manifest, ...left, decisions: [] }, '10s')).toEqual([
    `tell is ${outlasts}`,
    'The run ends as failed all the same.',
    'Its history is kept.',
  ])
})
