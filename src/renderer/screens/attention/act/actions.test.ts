import { expect, test } from 'vitest'
import { answersOf, labelOf, said } from './actions.ts'

const keysOf = (primary: string, ...secondary: string[]) =>
  answersOf({
    kind: 'approval',
    actions: [...secondary.map((name) => ({ name, role: 'secondary' as const })), { name: primary, role: 'primary' }],
  }).map(({ name, key }) => [name, key])

test('the primary comes first and has A; others their first letter, else another', () => {
  expect(keysOf('approve', 'revise', 'reject')).toEqual([['approve', 'a'], ['revise', 'r'], ['reject', 'x']])
  expect(keysOf('ship', 'abort', 'next')).toEqual([['ship', 'a'], ['abort', 'x'], ['next', 't']])
})

test('no two answers share a key, and none has a key of the screen', () => {
  const keys = keysOf('go', 'hold', 'hole', 'keep', 'jump', 'nnn', 'xx').flatMap(([, key]) => (key === undefined ? [] : [key]))
  expect(new Set(keys).size).toBe(keys.length)
  expect(keys.filter((key) => 'ejkhlng'.includes(key))).toEqual([])
})

test('answers are words', () => {
  expect(labelOf('in_doubt', 'did-not-happen')).toBe('It did not happen')
  expect(labelOf('approval', 'sendBack')).toBe('Send back')
  expect(said('approval', 'approve')).toBe('Approved')
  expect(said('recovery', 'retry')).toBe('Answered “Try again”')
})
