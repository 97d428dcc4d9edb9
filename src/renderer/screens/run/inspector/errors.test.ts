import { expect, test } from 'vitest'
import { sampleAttempt, sampleError, sampleStep, loneRun } from '../../../../../test/conformance/samples.ts'
import type { Failure } from '../../../../model/failure.ts'
import { errorGroups } from './errors.ts'

const { record } = loneRun(1)
const failure = (message: string): Failure => ({ class: 'transient', name: 'Error', message })

test('the same failure of a step stands once, with each time that it happened', () => {
  const attempts = [1, 2, 3].map((attempt) =>
    sampleAttempt({ attempt, endedAt: attempt * 10, failure: failure(attempt === 2 ? 'other' : 'busy') }),
  )
  const groups = errorGroups({ record, steps: [], attempts, errors: [] })
  expect(
    groups.map(({ newest, occurrences }) => [newest.failure.message, occurrences.map(({ attempt }) => attempt)]),
  ).toEqual([
    ['busy', [3, 1]],
    ['other', [2]],
  ])
})

test('what a step or the run failed of is told once, where its attempt told it already', () => {
  const attempts = [sampleAttempt({ endedAt: 5, failure: failure('busy') })]
  const steps = [sampleStep({ failure: failure('busy'), status: 'failed' })]
  expect(errorGroups({ record: { ...record, failure: failure('busy') }, steps, attempts, errors: [] })).toHaveLength(1)
  expect(errorGroups({ record: { ...record, failure: failure('took too long') }, steps, attempts, errors: [] })).toHaveLength(2)
})

test('what has been on record since it went wrong is not told twice', () => {
  const attempts = [sampleAttempt({ endedAt: 5, failure: failure('early') }), sampleAttempt({ attempt: 2, endedAt: 9, failure: failure('busy') })]
  const groups = errorGroups({ record, steps: [], attempts, errors: [sampleError({ openedAt: 9 })] })
  expect(groups.map(({ newest }) => newest.failure.message)).toEqual(['early'])
})
