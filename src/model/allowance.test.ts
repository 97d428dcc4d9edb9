import { expect, test } from 'vitest'
import { allowanceInWords } from './allowance.ts'
import { parseSize } from './size.ts'

test('memory is told in the megabytes in which the settings say it', () => {
  expect(allowanceInWords({ memory: parseSize('2GB') })).toBe('2000 MB of memory')
  expect(allowanceInWords({ timeout: 120_000, memory: parseSize('512MB'), processor: 7_200_000 })).toBe('2m, 512 MB of memory, 2h of processor time')
})
