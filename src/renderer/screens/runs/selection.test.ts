import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  add,
  countMarked,
  isMarked,
  markedAmong,
  matchAll,
  nothingMarked,
  rowsBetween,
  toggle,
  toggleAll,
} from './selection.ts'
import { runOf } from './summary.fixture.ts'

const runs = Array.from({ length: 10 }, (_, index) => runOf(index))
const [first, second, third] = [runOf(0), runOf(1), runOf(2)]

test('a run is marked, and its mark taken away', () => {
  const one = toggle(nothingMarked, first, 0)
  expect(isMarked(one, first.id)).toBe(true)
  expect(one.anchor).toBe(0)
  expect(countMarked(toggle(one, first, 0))).toBe(0)
})

test('the box of the header marks all in view, then none of them', () => {
  const some = toggle(nothingMarked, second, 1)
  expect(markedAmong(some, runs)).toBe('some')
  const all = toggleAll(some, runs)
  expect(markedAmong(all, runs)).toBe(true)
  expect(markedAmong(toggleAll(all, runs), runs)).toBe(false)
})

test('marking all in view and back keeps the marks of others', () => {
  const other = runOf(99)
  const both = toggleAll(toggleAll(toggle(nothingMarked, other, 99), runs), runs)
  expect([...both.marked.keys()]).toEqual([other.id])
})

test('all that match are counted as they were, up to the newest of then', () => {
  const all = matchAll(toggle(nothingMarked, first, 0), { query: '', upTo: second.id, total: 4_218 })
  expect(countMarked(all)).toBe(4_218)
  expect(isMarked(all, second.id)).toBe(true)
  expect(isMarked(all, third.id)).toBe(false)
})

test('pointing at one of all that match goes back to those marked before', () => {
  const all = matchAll(toggle(nothingMarked, first, 0), { query: '', upTo: third.id, total: 3 })
  expect([...toggle(all, second, 1).marked.keys()]).toEqual([first.id, second.id])
})

test('a range holds both of its ends, whichever comes first', () => {
  expect(rowsBetween(7, 3)).toEqual({ first: 3, last: 7 })
})

test('however marks are made, each run counts once', () => {
  const step = fc.array(fc.nat(9), { maxLength: 5 })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 10 }), (steps) => {
      const all = steps.reduce((now, indexes) => add(now, indexes.map((index) => runOf(index))), nothingMarked)
      expect(countMarked(all)).toBe(new Set(steps.flat()).size)
    }),
  )
})
