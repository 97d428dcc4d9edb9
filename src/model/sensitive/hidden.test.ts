import { expect, test } from 'vitest'
import { differences } from '../difference.ts'
import { type Hidden, holdsHidden, pathOf, pointer, withoutHidden } from './hidden.ts'

const mark = (is: string): Hidden => ({ $hidden: 'sensitive', at: '/pin', is })

test('a difference says that something hidden has changed, and not into what', () => {
  const [one, other] = [mark('one'), mark('other')]
  expect(differences({ pin: one, a: 1 }, { pin: mark('one'), a: 1 })).toEqual([])
  expect(differences({ pin: one }, { pin: other })).toEqual([{ path: ['pin'], kind: 'changed', before: one, after: other }])
  expect(differences({ pin: one }, { pin: 'new' })).toEqual([{ path: ['pin'], kind: 'changed', before: one, after: 'new' }])
})

test('a value goes without its marks', () => {
  expect(withoutHidden({ pin: mark('x'), list: [mark('x'), { a: 1, pin: mark('x') }] })).toEqual({ list: [null, { a: 1 }] })
  expect([withoutHidden(mark('x')), holdsHidden({ a: [mark('x')] }), holdsHidden({ a: [1] })]).toEqual([undefined, true, false])
})

test('a path is what its pointer says', () => {
  for (const path of [[], ['a'], ['a/b', 'c~d', ''], ['~1', '/']]) expect(pathOf(pointer(path))).toEqual(path)
})
