import { expect, test } from 'vitest'
import { codeStep, emailStep } from '../../../model/manifest.fixture.ts'
import { following, searchSteps } from './search.ts'

const steps = [codeStep('draft', [], { title: 'Entwürfe schreiben' }), codeStep('review', ['draft']), emailStep('send', ['review'])]
const found = (text: string): readonly string[] => searchSteps(text, steps, new Map())

test.each([
  ['REV', ['review']],
  ['entwurfe', ['draft']],
  ['email', ['send']],
  ['code ent', ['draft']],
  ['nothing like it', []],
  ['  ', []],
])('%s finds %j', (text, ids) => expect(found(text)).toEqual(ids))

test('one follows the other around the end', () => {
  expect(following(['a', 'b'], 'b')).toBe('a')
  expect(following(['a', 'b'], 'a', -1)).toBe('b')
  expect(following(['a', 'b'], null)).toBe('a')
  expect(following(['a', 'b'], 'z', -1)).toBe('b')
  expect(following([], null)).toBeUndefined()
})
