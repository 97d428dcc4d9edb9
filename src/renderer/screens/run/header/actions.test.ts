import { describe, expect, test } from 'vitest'
import { sampleDecision, sampleStep } from '../../../../../test/conformance/samples.ts'
import { RunId, StepId } from '../../../../model/ids.ts'
import { codeStep, emailStep, manifestOf } from '../../../../model/manifest.fixture.ts'
import { unavailableOf } from './available.ts'
import { cancelConsequences } from './cancel-consequences.ts'

describe('what can be done', () => {
  test('to a run under way all but resuming, to a paused one all but pausing', () => {
    expect(unavailableOf({ status: 'running', paused: false, closing: null, failure: null, parent: null })).toEqual({
      pause: undefined,
      resume: 'the run is not paused',
      cancel: undefined,
      recover: 'the run has not failed: it is running',
    })
    expect(unavailableOf({ status: 'paused', paused: true, closing: null, failure: null, parent: null })).toEqual({
      pause: 'the run is paused already',
      resume: undefined,
      cancel: undefined,
      recover: 'the run has not failed: it is paused',
    })
  })

  test('to one that has failed only recovering, to one that is damaged cancelling too', () => {
    const ended = 'the run has ended: it is failed'
    expect(unavailableOf({ status: 'failed', paused: false, closing: null, failure: null, parent: null })).toEqual({
      pause: ended,
      resume: ended,
      mark: ended,
      cancel: ended,
    })
    const damaged = { class: 'corruption', name: 'StoreDamaged', message: 'value 7' } as const
    const quarantined = unavailableOf({ status: 'quarantined', paused: false, closing: null, failure: damaged, parent: null })
    expect([quarantined.cancel, quarantined.recover]).toEqual([undefined, undefined])
    expect(quarantined.pause).toMatch(/set aside/)
    expect(quarantined.resume).toMatch(/set aside/)
  })

  test('one that was set aside whole may be resumed', () => {
    const failure = { class: 'crash', name: 'CrashLoop', message: 'two hosts ended' } as const
    const { pause, resume } = unavailableOf({ status: 'quarantined', paused: false, closing: null, failure, parent: null })
    expect([pause, resume]).toEqual([expect.stringMatching(/set aside/), undefined])
  })

  test('one that was paused with its parent goes on with that', () => {
    const parent = { run: RunId.parse('01J0000000000000000000000A'), step: StepId.parse('letter'), iteration: 1, attempt: 1, depth: 1, held: true }
    const { resume } = unavailableOf({ status: 'paused', paused: true, closing: null, failure: null, parent })
    expect(resume).toBe('it was paused with its parent, run 0000000A: resume that one')
  })

  test('one that is being cancelled is not cancelled again', () => {
    expect(
      unavailableOf({ status: 'compensating', paused: false, closing: { outcome: 'cancelled', failure: null }, failure: null, parent: null }).cancel,
    ).toBe('the run is being cancelled already')
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
  expect(cancelConsequences({ manifest, steps, decisions: [sampleDecision({ status: 'pending' })] })).toEqual([
    'What runs is cut off: ship.',
    'Undone, in this order: charge, reserve.',
    'Stays as it is in the outside world: tell.',
    'Its open decision is withdrawn.',
    'Its history is kept.',
  ])
  expect(cancelConsequences({ manifest, steps: [], decisions: [] })).toEqual([
    'Nothing runs at the moment; nothing further starts.',
    'Nothing that completed declares how to undo it.',
    'Its history is kept.',
  ])
})
