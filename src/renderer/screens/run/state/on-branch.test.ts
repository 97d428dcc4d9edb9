import { expect, test } from 'vitest'
import { sampleAttempt, sampleDecision } from '../../../../../test/conformance/samples.ts'
import { Branch, branchName } from '../../../../model/branch.ts'
import { Checkpoint, type StateChange } from '../../../../model/checkpoint.ts'
import { StepId } from '../../../../model/ids.ts'
import { detailOf, recordOf, stepOf } from '../../../../model/run.fixture.ts'
import { lineOf, onBranch } from './on-branch.ts'
import { stateAt } from './past.ts'
import { viewOf } from './view.ts'

function branchOf(number: number, parent: number | null, from: number | null): Branch {
  const by = { kind: 'person', name: 'Ann' }
  const pinned = { revision: 'a'.repeat(64), workflowVersion: 1 }
  return Branch.parse({ ...pinned, number, parent, from, by, why: null, at: 0, name: null, status: 'completed', waiting: null, head: 0, isPresent: false })
}

function checkpointOf(number: number, branch: number, changes: readonly StateChange[] = []): Checkpoint {
  const of = { step: null, iteration: null, note: null, run: '01J0000000000000000000000A', parent: null, checksum: 'e'.repeat(64) }
  return Checkpoint.parse({ number, branch, type: 'step_complete', changes, at: number * 10, ...of })
}

const done = (step: string, status: 'completed' | 'pending'): StateChange => ({ key: `step/${step}`, fact: { iteration: 1, status } })

/** Branch 1 began at checkpoint 1, branch 2 at checkpoint 4 of branch 1. */
const branches = [branchOf(0, null, null), branchOf(1, 0, 1), branchOf(2, 1, 4)]
const checkpoints = [
  checkpointOf(0, 0),
  checkpointOf(1, 0, [done('a', 'completed')]),
  checkpointOf(2, 0, [done('b', 'completed')]),
  checkpointOf(3, 1),
  checkpointOf(4, 1, [done('c', 'completed')]),
  checkpointOf(5, 1, [done('b', 'completed')]),
  checkpointOf(6, 2),
]
const line = (branch: number): readonly number[] => lineOf(checkpoints, branches, branch).map(({ number }) => number)

test('the moments of a branch are those that led to it, and its own', () => {
  expect([0, 1, 2].map(line)).toEqual([
    [0, 1, 2],
    [0, 1, 3, 4, 5],
    [0, 1, 3, 4, 6],
  ])
  expect(lineOf(checkpoints, branches, 2)).toBe(lineOf(checkpoints, branches, 2))
  expect(Object.keys(stateAt(lineOf(checkpoints, branches, 2), 6).facts)).toEqual(['a', 'c'])
})

const id = (step: string): StepId => StepId.parse(step)
const passes = [
  stepOf('a', { branch: 0, startedAt: 0, endedAt: 10 }),
  stepOf('a', { branch: 1, startedAt: 0, endedAt: 10 }),
  stepOf('b', { branch: 0, status: 'failed', startedAt: 10, endedAt: 20 }),
  stepOf('b', { branch: 1, generation: 1, status: 'running', startedAt: 50 }),
]
const detail = detailOf({
  record: recordOf({ branch: 1, loops: { b: 1 } }),
  steps: passes,
  attempts: [
    sampleAttempt({ step: id('a'), startedAt: 0, endedAt: 10, status: 'completed' }),
    sampleAttempt({ step: id('a'), attempt: 2, phase: 'compensate', startedAt: 20, endedAt: 30, status: 'completed' }),
    sampleAttempt({ step: id('b'), startedAt: 10, endedAt: 20, status: 'failed' }),
    sampleAttempt({ step: id('b'), branch: 1, startedAt: 50 }),
  ],
  decisions: [
    sampleDecision({ step: id('a'), openedAt: 5, closedAt: 8 }),
    sampleDecision({ step: id('a'), kind: 'in_doubt', openedAt: 25, closedAt: 28 }),
    sampleDecision({ step: id('b'), openedAt: 12, closedAt: 50, status: 'withdrawn' }),
  ],
})

test('of the branch that was left there is what was taken over, and nothing else', () => {
  const { detail: now, holds } = onBranch(detail, 1)
  expect(now.steps).toEqual([passes[1], passes[3]])
  expect(now.attempts.map(({ step, branch, phase }) => [step, branch, phase])).toEqual([
    ['a', 0, 'run'],
    ['b', 1, 'run'],
  ])
  expect(now.decisions.map(({ openedAt }) => openedAt)).toEqual([5])
  expect([0, 1].map((branch) => holds({ branch, step: id('b'), iteration: 1 }))).toEqual([false, true])
  expect(holds({ branch: 0, step: id('a'), iteration: 1 })).toBe(true)
  expect(onBranch(detail, 1)).toBe(onBranch(detail, 1))
})

test('a branch that was left is as it was, and ends with what happened last on it', () => {
  const { detail: then } = onBranch(detail, 0)
  expect(then.steps.map(({ step, status }) => [step, status])).toEqual([
    ['a', 'completed'],
    ['b', 'failed'],
  ])
  expect(then.attempts).toHaveLength(3)
  expect(then.record).toMatchObject({ endedAt: 50, loops: {}, branch: 1 })
})

test('a run that was never sent back is the very same', () => {
  const plain = detailOf({ record: recordOf({ branch: 0 }) })
  expect(onBranch(plain, 0).detail).toBe(plain)
})

test('a link leads to the moment that it names, wherever the run has gone since', () => {
  const run = { detail: { ...detail, record: recordOf({ branch: 2 }) }, checkpoints, branches }
  const shown = (branch?: number, checkpoint?: number) => {
    const { branch: on, chosen, isPresent, isMoment } = viewOf(run, { branch, checkpoint })
    return [on, chosen?.number, isPresent, isMoment]
  }
  expect(shown()).toEqual([2, undefined, true, false])
  expect(shown(undefined, 3)).toEqual([2, 3, true, true])
  expect(shown(undefined, 5)).toEqual([1, 5, false, true])
  expect(shown(1)).toEqual([1, 5, false, false])
  expect(shown(1, 2)).toEqual([0, 2, false, true])
  expect(shown(1, 3)).toEqual([1, 3, false, true])
  expect(shown(9, 99)).toEqual([2, undefined, true, false])
})

test('a branch is called by its name, or its number', () => {
  expect([{ number: 0 }, { number: 2 }, { number: 2, name: 'second try' }].map(branchName)).toEqual(['main', 'branch 2', 'second try'])
})
