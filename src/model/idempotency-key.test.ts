import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { idempotencyKey, passOfKey } from './idempotency-key.ts'
import { RunId, StepId } from './ids.ts'

const run = RunId.parse('01ARZ3NDEKTSV4RRFFQ69G5FAV')
const passes = fc.record({
  step: fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_-]{0,63}$/).map((id) => StepId.parse(id)),
  iteration: fc.integer({ min: 1, max: 999_999_999 }),
  generation: fc.integer({ min: 0, max: 999_999_999 }),
})

describe('an idempotency key', () => {
  test('says which pass of which step it belongs to', () => {
    fc.assert(
      fc.property(passes, fc.constantFrom('run' as const, 'compensate' as const), (pass, phase) => {
        const { step, iteration } = pass
        expect(passOfKey(idempotencyKey(run, pass, phase))).toEqual({ run, step, iteration })
      }),
    )
  })

  test.each([
    '',
    'send',
    `${run}/send/1`,
    `${run}/send/0/0`,
    `${run}/send/01/0`,
    `${run}/send/1/0/again`,
    `${run}/send/1/0/compensate/`,
    `${run}/<b>/1/0`,
    `${run.toLowerCase()}/send/1/0`,
    `${run}/send/1e3/0`,
    `${run}/send/9999999999/0`,
    ` ${run}/send/1/0`,
    `${run}/send/1/0\n`,
  ])('is not made of %j', (text) => {
    expect(passOfKey(text)).toBeNull()
  })
})
