import { expect, test } from 'vitest'
import type { Failure } from '../../../model/failure.ts'
import { otherRefusals, refusalsAt } from './refusals.ts'

const failure = (path: string | undefined): Failure => {
  return { class: 'validation', name: 'Refused', message: 'is wrong', ...(path !== undefined && { path }) }
}
const given = { input: { lines: [{ cents: 1 }] }, context: { tenant: 'a' } }
const refusals = { of: given, failures: [failure('input.lines.0.cents'), failure('context.tenant'), failure(undefined)] }

test('a refusal stands at the field that it names', () => {
  expect(refusalsAt('input', refusals, given)).toEqual([{ path: ['lines', '0', 'cents'], message: 'is wrong' }])
  expect(refusalsAt('context', refusals, given)).toEqual([{ path: ['tenant'], message: 'is wrong' }])
  expect(otherRefusals(refusals)).toHaveLength(1)
})

test('it goes when what stands there is something else, and with nothing else', () => {
  expect(refusalsAt('input', refusals, { ...given, input: { lines: [{ cents: 2 }] } })).toEqual([])
  expect(refusalsAt('input', refusals, { ...given, context: {} })).toHaveLength(1)
})
