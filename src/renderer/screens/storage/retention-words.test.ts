import { expect, test } from 'vitest'
import { amountWords, progressWords, sizeWords } from './retention-words.ts'

test('a removal is told in runs as long as some are to go, and in checkpoints then', () => {
  const done = { runs: 1, checkpoints: 1_200, bytes: 2_048 }
  expect(progressWords({ ...done, of: { runs: 3, checkpoints: 4_000, bytes: 9_000 } })).toBe('1 of 3 runs, 2.0 KB')
  expect(progressWords({ ...done, of: { runs: 1, checkpoints: 4_000, bytes: 9_000 } })).toBe('1,200 of 4,000 checkpoints, 2.0 KB')
  expect(progressWords({ ...done, runs: 0, of: { runs: 0, checkpoints: 4_000, bytes: 9_000 } })).toBe('1,200 of 4,000 checkpoints, 2.0 KB')
  expect(amountWords({ runs: 0, checkpoints: 1 })).toBe('1 checkpoint')
})

test('a file that gives nothing back yet is not said to be no smaller: it will be', () => {
  expect(sizeWords({ returned: 4_096, givesBack: true })).toBe('the store is 4.0 KB smaller')
  expect(sizeWords({ returned: 0, givesBack: false })).toContain('until the host starts next')
})
