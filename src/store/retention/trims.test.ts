import { expect, test } from 'vitest'
import { loneRun } from '../../../test/conformance/samples.ts'
import { hostActor } from '../../model/actor.ts'
import type { BranchRow } from '../format/rows.ts'
import { rangesToGo } from './trims.ts'

/** Three branches, the run being on the last: checkpoints 0 to 9, 10 to 14 and 15 to 29. */
const heads = [9, 14, 29]
const branches = heads.map((_, number): BranchRow => {
  const head = heads[number - 1]
  const left = head === undefined ? null : { status: 'failed' as const, waiting: null, head, pinned: null, checksum: null }
  return { number, parent: null, from: null, by: hostActor, why: null, at: 0, left, name: null, isSparse: false, kept: null }
})
const run = { record: { ...loneRun(1).record, branch: 2, head: 29 } }
const none = { branches: null, checkpoints: null }
const standing = { run, branches, gaps: [], needed: [] }

test('nothing goes without a bound', () => {
  expect(rangesToGo(standing, none)).toEqual([])
})

test('of the branches that were left the newest stay, and those that have a name', () => {
  expect(rangesToGo(standing, { ...none, branches: 1 })).toEqual([{ first: 0, number: 10, rule: 'branches' }])
  const named = branches.map((branch) => ({ ...branch, name: branch.number === 0 ? 'the first' : null }))
  expect(rangesToGo({ ...standing, branches: named }, { ...none, branches: 0 })).toEqual([{ first: 10, number: 15, rule: 'branches' }])
})

test('of each branch its newest checkpoints stay, and always its head', () => {
  expect(rangesToGo(standing, { ...none, checkpoints: 6 })).toEqual([
    { first: 0, number: 4, rule: 'checkpoints' },
    { first: 15, number: 24, rule: 'checkpoints' },
  ])
  expect(rangesToGo(standing, { ...none, checkpoints: 0 }).at(-1)).toEqual({ first: 15, number: 29, rule: 'checkpoints' })
})

test('what a replay was made from that has not ended stays, with its branch behind it', () => {
  expect(rangesToGo({ ...standing, needed: [3, 20] }, { branches: 0, checkpoints: 2 })).toEqual([
    { first: 0, number: 3, rule: 'checkpoints' },
    { first: 10, number: 15, rule: 'branches' },
    { first: 15, number: 20, rule: 'checkpoints' },
  ])
})

test('what went before goes no more', () => {
  expect(rangesToGo({ ...standing, gaps: [{ first: 0, number: 12 }, { first: 15, number: 20 }] }, { ...none, checkpoints: 1 })).toEqual([
    { first: 12, number: 14, rule: 'checkpoints' },
    { first: 20, number: 29, rule: 'checkpoints' },
  ])
})
