import { expect, test } from 'vitest'
import { hostActor } from '../../../../model/actor.ts'
import { Branch } from '../../../../model/branch.ts'
import { sampleRevision } from '../../../../../test/conformance/samples.ts'
import { damagedOn } from './damaged-on.ts'

function branch(number: number, head: number, parent: number | null, from: number | null): Branch {
  const standing = { status: 'completed', waiting: null, workflowVersion: 1, revision: sampleRevision.hash }
  return Branch.parse({ ...standing, number, head, parent, from, by: hostActor, why: null, at: 0, name: null, isPresent: false })
}

test('on a line are those that it came from, up to where it began, and its own; the newest branch may have grown since', () => {
  const branches = [branch(0, 9, null, null), branch(1, 19, 0, 4), branch(2, 22, 1, 12)]
  const damaged = [0, 4, 5, 9, 10, 12, 13, 20, 30]
  expect(damagedOn(branches, 0, damaged)).toEqual([0, 4, 5, 9])
  expect(damagedOn(branches, 1, damaged)).toEqual([0, 4, 10, 12, 13])
  expect(damagedOn(branches, 2, damaged)).toEqual([0, 4, 10, 12, 20, 30])
  expect(damagedOn([], 0, damaged)).toEqual(damaged)
})
