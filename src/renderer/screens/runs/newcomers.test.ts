import { expect, test } from 'vitest'
import { newcomers } from './newcomers.ts'
import { pageSize } from './pages.ts'
import { runOf } from './summary.fixture.ts'

const of = (...numbers: readonly number[]) => numbers.map((number) => runOf(number))
const idsOf = (...numbers: readonly number[]) => new Set(of(...numbers).map(({ id }) => id))
const downFrom = (number: number, count: number) => Array.from({ length: count }, (_, index) => number - index)

test('a run that started since is new', () => {
  expect(newcomers({ upTo: runOf(2).id, began: idsOf(2, 1) }, { runs: of(3, 2, 1) })).toEqual(of(3))
})

test('so is one that started long ago, and only now fits', () => {
  expect(newcomers({ upTo: runOf(5).id, began: idsOf(4, 2) }, { runs: of(4, 3, 2, 1) })).toEqual(of(3, 1))
  expect(newcomers({ upTo: runOf(5).id, began: idsOf() }, { runs: of(1) })).toEqual(of(1))
})

test('one that fits no longer makes none new, though others move up', () => {
  const began = idsOf(...downFrom(500, pageSize))
  expect(newcomers({ upTo: runOf(500).id, began }, { runs: of(...downFrom(499, pageSize)) })).toEqual([])
  expect(newcomers({ upTo: runOf(500).id, began: idsOf(3, 2, 1) }, { runs: of(3, 1) })).toEqual([])
})

test('among those that move up, one that only now fits is told', () => {
  const numbers = downFrom(500, pageSize)
  const began = idsOf(...numbers.filter((number) => number !== 450), 400)
  expect(newcomers({ upTo: runOf(500).id, began }, { runs: of(...numbers.slice(1)) })).toEqual(of(450))
})

test('of a list that was left further down, only what it counts up to is known', () => {
  expect(newcomers({ upTo: runOf(2).id, began: null }, { runs: of(3, 2, 1) })).toEqual(of(3))
  expect(newcomers({ upTo: null, began: null }, { runs: of(1) })).toEqual(of(1))
})
