import { expect, test } from 'vitest'
import { goingInWords, howTrimmed, noneTrimmed, type RemovedCheckpoints } from './retention.ts'

const at = Date.UTC(2026, 10, 24)
const removed: readonly RemovedCheckpoints[] = [
  { first: 0, last: 2, at, rule: 'branches' },
  { first: 3, last: 4, at, rule: 'checkpoints' },
  { first: 7, last: 8, at, rule: 'checkpoints' },
]

test.each([
  [1, 'retention removed it on 2026-11-24 by max_branches; checkpoint 5 is the nearest that stays'],
  [4, 'retention removed it on 2026-11-24 by max_checkpoints; checkpoint 5 is the nearest that stays'],
  [7, 'retention removed it on 2026-11-24 by max_checkpoints; checkpoints 6 and 9 are the nearest that stay'],
  [5, undefined],
  [99, undefined],
])('of checkpoint %i it says why it is not there: %s', (checkpoint, said) => {
  expect(howTrimmed(removed, checkpoint)).toBe(said)
})

test.each([
  [3, noneTrimmed, '3 runs'],
  [0, noneTrimmed, '0 runs'],
  [1, { runs: 2, checkpoints: 1_200, bytes: 1 }, '1 run and 1,200 checkpoints of 2 runs that stay'],
  [0, { runs: 1, checkpoints: 1, bytes: 1 }, '1 checkpoint of 1 run that stays'],
])('of runs that go what goes of others is told apart: %i, %o: %s', (runs, trimmed, words) => {
  expect(goingInWords(runs, trimmed)).toBe(words)
})
