import { expect, test } from 'vitest'
import { decisionOf } from '../../../model/run.fixture.ts'
import { RunId, WorkflowName } from '../../../model/ids.ts'
import type { DecisionView } from '../../../model/views.ts'
import { noticeOf, questionsIn } from './notices.ts'

const failure = { class: 'permanent', name: 'Error', message: 'no such account' } as const
const viewOf = (more: Parameters<typeof decisionOf>[0]): DecisionView => ({
  run: RunId.parse('01J0000000000000000000000A'),
  workflow: WorkflowName.parse('letters'),
  origin: null,
  runVersion: 4,
  decision: decisionOf({ step: 'send', failure, ...more }),
  shown: null,
  editable: null,
})

test('what failed is told, after how many attempts, and of which run', () => {
  expect(noticeOf(viewOf({ kind: 'recovery', tries: 4 }))).toMatchObject({ title: 'send of letters failed after 4 attempts', text: expect.stringContaining('no such account') })
  expect(noticeOf(viewOf({ kind: 'recovery', tries: 1 })).title).toBe('send of letters failed after 1 attempt')
})

test('of questions about failures alone', () => {
  const items = [viewOf({ kind: 'recovery' }), viewOf({ kind: 'approval', failure: null }), viewOf({ kind: 'in_doubt' })].map((view) => ({ kind: 'decision' as const, view }))
  expect(questionsIn(items)).toHaveLength(1)
})
