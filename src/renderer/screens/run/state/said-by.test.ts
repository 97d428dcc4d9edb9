import { expect, test } from 'vitest'
import { lastSaidBy, saidBy } from './said-by.ts'

const all = [1, 2, 3].map((at) => ({ at }))

test('at a moment there is what had been said by then, at the present all', () => {
  expect(saidBy(all, 2)).toEqual(all.slice(0, 2))
  expect(saidBy(all, undefined)).toEqual(all)
})

test('where only the last is kept, and is of later, nobody knows what had been said', () => {
  expect(lastSaidBy({ at: 3 }, 2)).toBe('not_kept')
  expect(lastSaidBy({ at: 2 }, 2)).toEqual({ at: 2 })
  expect(lastSaidBy({ at: 3 }, undefined)).toEqual({ at: 3 })
  expect(lastSaidBy(undefined, 2)).toBeUndefined()
})
