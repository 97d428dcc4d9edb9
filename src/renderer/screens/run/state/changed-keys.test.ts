import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { StepFact } from '../../../../model/checkpoint.ts'
import { Address } from '../../../../model/ids.ts'
import { changedKeys, kindOf, searchKeys } from './changed-keys.ts'
import type { PastState } from './past.ts'

const address = (digit: number): Address => Address.parse(String(digit).repeat(64))

function stateOf(values: Readonly<Record<string, number>>, facts: Readonly<Record<string, StepFact>> = {}): PastState {
  return { facts, values: new Map(Object.entries(values).map(([key, digit]) => [key, { address: address(digit), since: digit }])) }
}

const before = stateOf({ input: 0, 'output/draft/1': 1, 'output/gone/1': 2 }, { draft: { iteration: 1, status: 'completed' }, send: { iteration: 1, status: 'pending' } })
const after = stateOf({ input: 0, 'output/draft/1': 3, 'output/draft/2': 4 }, { draft: { iteration: 2, status: 'pending' }, send: { iteration: 1, status: 'pending' } })

test('what is the same is not among them, whenever it was set', () => {
  const found = changedKeys(before, after).map((each) => [each.name, kindOf(each)])
  expect(found).toEqual([
    ['draft', 'changed'],
    ['draft', 'changed'],
    ['draft, iteration 2', 'added'],
    ['gone', 'removed'],
  ])
})

test('a state does not differ from itself, and the other way round what was added is removed', () => {
  const states = fc.dictionary(fc.constantFrom('input', 'output/a/1', 'output/a/2', 'output/b/1'), fc.nat(9)).map((values) => stateOf(values))
  fc.assert(
    fc.property(states, states, (one, other) => {
      expect(changedKeys(one, one)).toEqual([])
      const keys = (kind: string, changed: ReturnType<typeof changedKeys>) =>
        changed.filter((each) => kindOf(each) === kind).map(({ key }) => key).toSorted()
      expect(keys('added', changedKeys(one, other))).toEqual(keys('removed', changedKeys(other, one)))
      expect(keys('changed', changedKeys(one, other))).toEqual(keys('changed', changedKeys(other, one)))
    }),
  )
})

test('they are found by name, by kind and by how a step stood', () => {
  const all = changedKeys(before, after)
  expect(searchKeys(all, ' ')).toEqual(all)
  expect(searchKeys(all, 'DRAFT new').map(({ key }) => key)).toEqual(['output/draft/2'])
  expect(searchKeys(all, 'completed').map(({ key }) => key)).toEqual(['step/draft'])
  expect(searchKeys(all, 'nothing like it')).toEqual([])
})
