import { expect, test } from 'vitest'
import { chainsOf, type Standing } from './chains.ts'

const failed = (run: string, more: Partial<Standing> = {}): Standing => ({ run, workflow: `of ${run}`, step: 'send', fingerprint: `f-${run}`, child: null, isBelow: false, at: 1, ...more })
const told = (standing: readonly Standing[]) => chainsOf(standing).map(({ cause, above }) => [cause.run, ...above.map(({ run }) => run)])

test('a run that failed since its child did is told under the child, at whatever depth', () => {
  const grandchild = failed('c', { isBelow: true })
  const child = failed('b', { isBelow: true, child: 'c' })
  expect(told([failed('a', { child: 'b' }), child, grandchild, failed('d')])).toEqual([['c', 'b', 'a'], ['d']])
})

test('a child whose parent did not fail since it did is not told of', () => {
  expect(told([failed('b', { isBelow: true })])).toEqual([])
  expect(told([failed('a', { child: 'c' }), failed('b', { isBelow: true }), failed('c', { isBelow: true })])).toEqual([['c', 'a']])
})

test('a run that failed of a child which stands at failed no more is told of itself', () => {
  expect(told([failed('a', { child: 'gone' })])).toEqual([['a']])
})
