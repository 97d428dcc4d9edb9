import { expect, test } from 'vitest'
import type { Failure, FailureClass } from '../../model/failure.ts'
import type { Outcome } from './breaker.ts'
import { outcomeOf } from './outcome.ts'

const of = (kind: FailureClass, more: Partial<Failure> = {}): Failure => ({ class: kind, name: 'Error', message: 'it failed', ...more })

test.each<readonly [Outcome, Failure]>([
  ['failed', of('transient')],
  ['failed', of('timeout')],
  ['answered', of('permanent')],
  ['answered', of('resource')],
  ['gone', of('crash')],
  ['gone', of('resource', { exceeded: { of: 'memory', limit: 1_000 } })],
  ['gone', of('resource', { code: 'ENOSPC' })],
])('what is reached has %s where an attempt fails of %o', (outcome, failure) => {
  expect(outcomeOf({ status: 'failed', failure })).toBe(outcome)
})

test('what completed was answered, and what was stopped says nothing', () => {
  expect(outcomeOf({ status: 'completed', failure: null })).toBe('answered')
  expect(outcomeOf({ status: 'cancelled', failure: null })).toBe('gone')
})
