import { expect, test } from 'vitest'
import { counted, times } from './counted.ts'

test('one is not many', () => {
  expect([counted(1, 'edit'), counted(1_200, 'pass', 'passes')]).toEqual(['1 edit', '1,200 passes'])
  expect([0, 1, 2, 1_200].map(times)).toEqual(['0 times', 'once', '2 times', '1,200 times'])
})
