import { expect, test } from 'vitest'
import { Checkpoint, type StateChange } from '../../../../model/checkpoint.ts'
import { Address, StepId } from '../../../../model/ids.ts'
import { bytes } from '../../../../model/bytes.ts'
import { seenBy } from './seen.ts'

const address = (digit: string): Address => Address.parse(digit.repeat(64))
const checkpoint = (number: number, at: number, change: StateChange): Checkpoint =>
  Checkpoint.parse({
    number,
    at,
    changes: [change],
    branch: 0,
    type: 'step_complete',
    step: null,
    iteration: null,
    note: null,
    run: '01J0000000000000000000000A',
    parent: null,
    checksum: 'e'.repeat(64),
  })

test('a step saw the newest outputs of its needs at the time, and no later ones', () => {
  const checkpoints = [
    checkpoint(0, 10, { key: 'input', address: address('0') }),
    checkpoint(1, 20, { key: 'output/draft/1', address: address('1') }),
    checkpoint(2, 30, { key: 'output/other/1', address: address('2') }),
    checkpoint(3, 40, { key: 'output/draft/2', address: address('3') }),
  ]
  const draft = [StepId.parse('draft')]
  expect(seenBy(draft, 20, checkpoints)).toEqual([
    { title: 'input of the run', address: address('0'), since: 0 },
    { title: 'draft', address: address('1'), since: 1 },
  ])
  expect(seenBy(draft, 45, checkpoints)[1]).toEqual({ title: 'draft, iteration 2', address: address('3'), since: 3 })
  expect(seenBy(draft, 5, checkpoints)).toEqual([])
})

test('sizes have two places that matter', () => {
  expect([0, 312, 999, 1_023, 6_350, 41_984, 5_347_737].map(bytes)).toEqual([
    '0 B',
    '312 B',
    '999 B',
    '1.0 KB',
    '6.2 KB',
    '41 KB',
    '5.1 MB',
  ])
})
