import { expect, test } from 'vitest'
import { Checkpoint } from '../../../../model/checkpoint.ts'
import { damagedMarks } from './damaged-marks.ts'

function checkpointOf(number: number, at: number): Checkpoint {
  const of = { step: null, iteration: null, note: null, run: '01J0000000000000000000000A', parent: null, checksum: 'e'.repeat(64) }
  return Checkpoint.parse({ ...of, number, branch: 0, type: 'step_complete', changes: [], at })
}

test('damaged checkpoints stand between those that are whole, in their order', () => {
  const line = [0, 3, 4].map((number) => checkpointOf(number, number * 100))
  expect(damagedMarks(line, [1, 2, 5], 0, 500)).toEqual([
    { number: 1, at: 100 },
    { number: 2, at: 200 },
    { number: 5, at: 450 },
  ])
  expect(damagedMarks([], [0], 100, 200)).toEqual([{ number: 0, at: 150 }])
})
