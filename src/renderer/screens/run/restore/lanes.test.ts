import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lanesOf } from './lanes.ts'

const drawn = (parents: readonly (number | null)[]) =>
  lanesOf(parents.map((parent, number) => ({ number, parent }))).map(({ branch, lane, passing, arriving }) => [branch.number, lane, passing, arriving])

test('one after the other they are one line, and what was taken back passes beside', () => {
  expect(drawn([null])).toEqual([[0, 0, [], []]])
  expect(drawn([null, 0, 1])).toEqual([
    [2, 0, [], []],
    [1, 0, [], [0]],
    [0, 0, [], [0]],
  ])
  expect(drawn([null, 0, 0])).toEqual([
    [2, 1, [], []],
    [1, 0, [1], []],
    [0, 0, [], [0, 1]],
  ])
})

test('no line passes through a branch of another', () => {
  const parents = fc.array(fc.nat(), { maxLength: 12 }).map((picks) => [null, ...picks.map((pick, index) => pick % (index + 1))])
  fc.assert(
    fc.property(parents, (each) => {
      for (const { lane, passing } of lanesOf(each.map((parent, number) => ({ number, parent })))) {
        expect(passing).not.toContain(lane)
        expect(new Set(passing).size).toBe(passing.length)
      }
    }),
  )
})
