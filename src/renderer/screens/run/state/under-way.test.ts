import { expect, test } from 'vitest'
import { runId, sampleAttempt, sampleDecision, sampleStep } from '../../../../../test/conformance/samples.ts'
import { approvalStep, codeStep, manifestOf, waitStep, workflowStep } from '../../../../model/manifest.fixture.ts'
import { StepId } from '../../../../model/ids.ts'
import { underWayAt } from './under-way.ts'

const id = (name: string): StepId => StepId.parse(name)
const rows = {
  manifest: manifestOf('outreach', [codeStep('draft'), approvalStep('approve'), waitStep('rest'), workflowStep('call', 'letters'), codeStep('send')]),
  steps: [
    sampleStep({ step: id('draft'), status: 'completed', startedAt: 10, endedAt: 60 }),
    sampleStep({ step: id('approve'), status: 'completed', startedAt: 60, endedAt: 90 }),
    sampleStep({ step: id('rest'), status: 'waiting', startedAt: 70, endedAt: null, waiting: { for: 'timer', until: 500 } }),
    sampleStep({ step: id('call'), status: 'completed', startedAt: 100, endedAt: 120, child: runId(7) }),
    sampleStep({ step: id('send') }),
  ],
  attempts: [
    sampleAttempt({ step: id('draft'), status: 'failed', startedAt: 10, endedAt: 20 }),
    sampleAttempt({ step: id('draft'), attempt: 2, status: 'completed', startedAt: 50, endedAt: 60 }),
  ],
  decisions: [sampleDecision({ step: id('approve'), openedAt: 60, closedAt: 90 })],
}

test('what ran, was asked or waited at a moment is told, and nothing of before or after', () => {
  const told = (at: number) => underWayAt(rows, at).map(({ step, what, since }) => [step, what, since])
  expect(told(5)).toEqual([])
  expect(told(15)).toEqual([['draft', 'ran', 10]])
  expect(told(30)).toEqual([['draft', 'waited to be tried again', 20]])
  expect(told(60)).toEqual([['approve', 'waited for a person', 60]])
  expect(told(75)).toEqual([
    ['approve', 'waited for a person', 60],
    ['rest', 'waited for its time', 70],
  ])
  expect(told(90)).toEqual([['rest', 'waited for its time', 70]])
  expect(underWayAt(rows, 110)).toMatchObject([
    { step: 'rest', until: 500 },
    { step: 'call', what: 'waited for its child run', child: runId(7), status: 'waiting', waitsFor: 'child' },
  ])
})
