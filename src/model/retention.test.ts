import { expect, test } from 'vitest'
import { howTrimmed, type RemovedCheckpoints } from './retention.ts'

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
