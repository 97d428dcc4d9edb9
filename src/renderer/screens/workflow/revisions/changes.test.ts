import { expect, test } from 'vitest'
import { codeStep, manifestOf } from '../../../../model/manifest.fixture.ts'
import { changesBetween } from './changes.ts'

test('each difference is a sentence; what is the same is none', () => {
  const before = manifestOf('orders', [codeStep('a'), codeStep('b', ['a'])])
  expect(changesBetween(before, before)).toEqual([])
  const changed = codeStep('b', [], { timeout: 30_000, output: { type: 'string' } })
  const after = manifestOf('orders', [changed, codeStep('c')], { version: 2, input: { type: 'object' } })
  expect(changesBetween(before, after)).toEqual([
    'The version: 1 → 2',
    'The input: its schema changed',
    'Step a was taken away',
    'Step b, needs: a → Nothing: it starts with the run',
    'Step b, timeout: none → An attempt ends after 30 s',
    'Step b, output: its schema changed',
    'Step c was added',
  ])
})
