import { expect, test } from 'vitest'
import { bytes } from './bytes.ts'

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_002, '1.0 KB'],
  [6_349, '6.2 KB'],
  [41 * 1_024, '41 KB'],
  [1_002 * 1_024, '1.0 MB'],
  [5.1 * 1_024 ** 2, '5.1 MB'],
  [2_000 * 1_024 ** 4, '2000 TB'],
])('%d bytes are told as %s', (size, told) => {
  expect(bytes(size)).toBe(told)
})
