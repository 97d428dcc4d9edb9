import { expect, test } from 'vitest'
import { sampleAttempt, sampleDecision, sampleError, sampleStep } from '../../../../../test/conformance/samples.ts'
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

test('an error stands as it did: what was done about it later was not, and what failed later had not', () => {
  const worse = { ...failure, message: 'still later' }
  const attempts = [
    sampleAttempt({ step: id('draft'), status: 'failed', failure, startedAt: 10, endedAt: 20 }),
    sampleAttempt({ step: id('draft'), attempt: 2, status: 'failed', failure: worse, startedAt: 30, endedAt: 40 }),
  ]
  const done = { why: 'it may pass', passedOver: [], until: null }
  const recoveries = [
    { ...done, strategy: 'retry' as const, beganAt: 20, endedAt: 40, outcome: 'failed' as const },
    { ...done, strategy: 'ask' as const, beganAt: 40, endedAt: 60, outcome: 'answered' as const },
  ]
  const error = sampleError({ status: 'failed', failure: worse, attempts: { first: 1, last: 2 }, recoveries, made: 5, took: [id('send')], openedAt: 20, closedAt: 60 })
  const ended = { ...detail, attempts, errors: [error], record: recordOf({ status: 'failed', failure: worse, endedAt: 60 }) }

  expect(detailAt(ended, 19)).toMatchObject({ errors: [], record: { failure: null, endedAt: null } })
  const tried = { status: 'recovering', failure, attempts: { first: 1, last: 1 }, made: 4, took: [], closedAt: null }
  expect(detailAt(ended, 35).errors).toMatchObject([{ ...tried, recoveries: [{ strategy: 'retry', outcome: 'under_way', endedAt: null }] }])
  expect(detailAt(ended, 50).errors).toMatchObject([{ status: 'waiting', failure: worse, recoveries: [recoveries[0], { strategy: 'ask', outcome: 'under_way' }] }])
  expect(detailAt(ended, 60)).toMatchObject({ errors: [error], record: { failure: worse, endedAt: 60 } })
})
