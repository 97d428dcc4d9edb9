import { expect, test } from 'vitest'
import { sampleAttempt, sampleDecision, sampleStep } from '../../../../../test/conformance/samples.ts'
import { StepId } from '../../../../model/ids.ts'
import { approvalStep, codeStep, manifestOf, waitStep } from '../../../../model/manifest.fixture.ts'
import { recordOf } from '../../../../model/run.fixture.ts'
import { detailAt } from './detail-at.ts'

const id = (name: string): StepId => StepId.parse(name)
const failure = { class: 'transient', name: 'Busy', message: 'later' } as const
const detail = {
  position: 9,
  record: recordOf({}),
  manifest: manifestOf('outreach', [codeStep('draft'), approvalStep('approve'), waitStep('rest'), codeStep('send')]),
  steps: [
    sampleStep({ step: id('draft'), status: 'completed', startedAt: 10, endedAt: 60, tries: 2, attempts: 3, compensation: 'done' }),
    sampleStep({ step: id('approve'), status: 'completed', startedAt: 60, endedAt: 90 }),
    sampleStep({ step: id('send') }),
  ],
  attempts: [
    sampleAttempt({ step: id('draft'), status: 'failed', failure, startedAt: 10, endedAt: 20 }),
    sampleAttempt({ step: id('draft'), attempt: 2, status: 'completed', startedAt: 50, endedAt: 60 }),
    sampleAttempt({ step: id('draft'), attempt: 3, phase: 'compensate', status: 'completed', startedAt: 100, endedAt: 110 }),
  ],
  decisions: [sampleDecision({ step: id('approve'), status: 'approved', action: 'approve', openedAt: 60, closedAt: 90 })],
  errors: [],
}

test('what came to its end later had not then, and what began later is not there', () => {
  const waits = detailAt(detail, 30)
  expect(waits.steps).toMatchObject([{ step: 'draft', status: 'waiting', waiting: { for: 'backoff' }, failure, attempts: 1, tries: 1, output: null, endedAt: null }])
  expect(waits.attempts).toMatchObject([{ attempt: 1, status: 'failed' }])
  expect(waits.decisions).toEqual([])

  const runs = detailAt(detail, 55)
  expect(runs.steps).toMatchObject([{ status: 'running', waiting: null, attempts: 2, tries: 1 }])
  expect(runs.attempts[1]).toMatchObject({ status: 'running', endedAt: null })

  const asks = detailAt(detail, 70)
  expect(asks.steps).toMatchObject([{ step: 'draft', status: 'completed', compensation: 'none', tries: 2 }, { step: 'approve', status: 'waiting', waiting: { for: 'decision' } }])
  expect(asks.decisions).toMatchObject([{ status: 'pending', action: null, closedAt: null }])

  expect(detailAt(detail, 105).steps[0]).toMatchObject({ status: 'completed', compensation: 'none' })
  expect(detailAt(detail, 200)).toEqual({ ...detail, steps: detail.steps.slice(0, 2) })
})
