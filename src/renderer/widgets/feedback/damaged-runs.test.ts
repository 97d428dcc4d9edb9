import { expect, test } from 'vitest'
import { damagedInWords } from './damaged-runs.tsx'

test('one damaged run is named, and of several it is said how many', () => {
  expect(damagedInWords(['0000000000000000000000002'])).toBe('Run 00000002 is damaged, and not shown')
  expect(damagedInWords(['a', 'b'])).toBe('2 runs are damaged, and not shown')
})
