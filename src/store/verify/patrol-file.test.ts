import { expect, test } from 'vitest'
import { checkOf } from './patrol-file.ts'
import { newPatrol, type PatrolState } from './patrol.ts'
import { nothingChecked } from './round.ts'

const looked = (checkpoints: number): PatrolState['now'] => ({ ...nothingChecked, checkpoints })
const check = (now: number, before: number | null) =>
  checkOf({ patrol: { ...newPatrol, now: looked(now), before: before === null ? null : looked(before) }, checkedAt: 2, wholeAt: before === null ? null : 1 })

test('nothing is told of a store before anything of it was looked at', () => {
  expect(checkOf({ patrol: newPatrol, checkedAt: null, wholeAt: null })).toBeNull()
})

test('what was looked at is that of the last whole round, and of this one where it has come to more, as in a store that was empty then', () => {
  expect(check(7, null)).toMatchObject({ checkpoints: 7, wholeAt: null })
  expect(check(7, 22)).toMatchObject({ checkpoints: 22, wholeAt: 1 })
  expect(check(4_213, 0)).toMatchObject({ checkpoints: 4_213, wholeAt: 1 })
})
