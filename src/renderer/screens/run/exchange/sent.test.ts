import { expect, test } from 'vitest'
import { runId, sampleAttempt, sampleStep } from '../../../../../test/conformance/samples.ts'
import { keyOf, timesSent } from './sent.ts'

const failed = (name: string) => ({ status: 'failed' as const, failure: { class: 'transient' as const, name, message: '' } })

test('what was not sent is not counted, nor what undoes it', () => {
  const attempts = [
    sampleAttempt({ effect: 'none', ...failed('NotSent') }),
    sampleAttempt({ effect: 'begun', ...failed('HttpStatus') }),
    sampleAttempt({ effect: 'begun', status: 'completed', failure: null }),
    sampleAttempt({ effect: 'begun', phase: 'compensate' }),
  ]
  expect(timesSent({ effect: { repeat: 'safe' } }, attempts)).toBe(2)
})

test('what reads begins no effect, and is sent all the same', () => {
  const attempts = [sampleAttempt({ effect: 'none', ...failed('RequestRefused') }), sampleAttempt({ effect: 'none', ...failed('HttpStatus') })]
  expect(timesSent({ effect: null }, attempts)).toBe(1)
})

test('every try of a pass has the same key, and none where the receiver is told none', () => {
  const run = runId(1)
  const record = sampleStep({ iteration: 2, generation: 1, attempts: 3 })
  expect(keyOf(run, { idempotencyHeader: 'Idempotency-Key' }, record)).toBe(`${run}/${record.step}/2/1`)
  expect(keyOf(run, { idempotencyHeader: null }, record)).toBeNull()
})
