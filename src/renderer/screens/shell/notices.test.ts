import { expect, test } from 'vitest'
import { decisionOf } from '../../../model/run.fixture.ts'
import { RunId, StepId, WorkflowName } from '../../../model/ids.ts'
import type { DecisionView } from '../../../model/views.ts'
import { noticesIn } from './notices.ts'

const failure = { class: 'permanent', name: 'Error', message: 'no such account' } as const
const viewOf = (more: Parameters<typeof decisionOf>[0]): DecisionView => ({
  run: RunId.parse('01J0000000000000000000000A'),
  workflow: WorkflowName.parse('letters'),
  origin: null,
  disarmed: false,
  runVersion: 4,
  decision: decisionOf({ step: 'send', kind: 'recovery', failure, openedAt: 10, ...more }),
  shown: null,
  editable: null,
})
const told = (...views: readonly DecisionView[]) => [...noticesIn(views.map((view) => ({ kind: 'decision' as const, view })), 10).values()]

test('what failed is told, after how many attempts, and of which run', () => {
  expect(told(viewOf({ tries: 4 }))).toMatchObject([{ title: 'send of letters failed after 4 attempts', text: expect.stringContaining('no such account') }])
  expect(told(viewOf({ tries: 1 }))).toMatchObject([{ title: 'send of letters failed after 1 attempt' }])
})

test('a replay is told as one', () => {
  const origin = { run: RunId.parse('01J0000000000000000000000B'), checkpoint: 2, edited: [] }
  expect(told(viewOf({}))).toMatchObject([{ text: expect.stringMatching(/^Run 0000000A asks/) }])
  expect(told({ ...viewOf({}), disarmed: true })).toMatchObject([{ text: expect.stringMatching(/^Run 0000000A, of a replay, asks/) }])
  expect(told({ ...viewOf({}), origin, disarmed: true })).toMatchObject([{ text: expect.stringMatching(/^Replay 0000000A asks/) }])
})

test('of questions about failures alone, and of those that were asked since', () => {
  expect(told(viewOf({ kind: 'approval', failure: null }), viewOf({ kind: 'in_doubt' }), viewOf({ openedAt: 9 }))).toEqual([])
})

test('many runs that fail of a step are told of at once', () => {
  expect(told(viewOf({}), viewOf({}), viewOf({ step: StepId.parse('pay') }))).toMatchObject([
    { title: 'send of letters failed in 2 runs', decisions: [expect.any(String), expect.any(String)] },
    { title: expect.stringContaining('pay') },
  ])
})
