import { expect, test } from 'vitest'
import { Branch } from '../../../../model/branch.ts'
import { hostActor } from '../../../../model/actor.ts'
import { sampleRevision } from '../../../../../test/conformance/samples.ts'
import { removedOn, spansOf } from './removed-on.ts'

const gone = (first: number, last: number) => ({ first, last, at: 5, rule: 'checkpoints' })

function branch(number: number, parent: number | null, from: number | null, removed: readonly object[]): Branch {
  const standing = { status: 'completed', waiting: null, head: 0, workflowVersion: 1, revision: sampleRevision.hash }
  return Branch.parse({ ...standing, number, parent, from, by: hostActor, why: null, at: 0, name: null, removed, isPresent: false })
}

test('of a line is gone what went of those that it came from, up to where it began, and of its own', () => {
  const branches = [branch(0, null, null, [gone(0, 50)]), branch(1, 0, 30, [gone(51, 56)]), branch(2, 1, 54, []), branch(3, 0, 60, [])]
  expect(spansOf(removedOn(branches, 0))).toBe('checkpoints 0 to 50')
  expect(spansOf(removedOn(branches, 1))).toBe('checkpoints 0 to 30, 51 to 56')
  expect(spansOf(removedOn(branches, 2))).toBe('checkpoints 0 to 30, 51 to 54')
  expect(spansOf(removedOn(branches, 3))).toBe('checkpoints 0 to 50')
  expect(spansOf([...removedOn([branch(0, null, null, [gone(4, 4)])], 0)])).toBe('checkpoint 4')
  expect(removedOn([], 0)).toEqual([])
})
