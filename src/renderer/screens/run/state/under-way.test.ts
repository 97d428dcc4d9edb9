import { expect, test } from 'vitest'
import { sampleAttempt, sampleDecision, sampleStep } from '../../../../../test/conformance/samples.ts'
import { StepId } from '../../../../model/ids.ts'
import { underWayAt } from './under-way.ts'

const id = (name: string): StepId => StepId.parse(name)
const rows = {
  steps: [
    sampleStep({ step: id('draft'), status: 'completed', startedAt: 10, endedAt: 60 }),
    sampleStep({ step: id('approve'), status: 'completed', startedAt: 60, endedAt: 90 }),
    sampleStep({ step: id('rest'), status: 'waiting', startedAt: 70, endedAt: null }),
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
    ['rest', 'waited', 70],
  ])
  expect(told(90)).toEqual([['rest', 'waited', 70]])
})
