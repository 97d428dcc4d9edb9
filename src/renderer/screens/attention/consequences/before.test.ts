import { expect, test } from 'vitest'
import { decisionId, decisionOf, detailOf, stepOf } from '../../../../model/run.fixture.ts'
import { happeningsBefore } from './before.ts'

const open = decisionOf({ iteration: 2 })
const revised = decisionOf({ id: decisionId(2), status: 'approved', action: 'revise', note: 'too formal', closedAt: 200, actor: { kind: 'person', name: 'Sam' } })

test('what people said and the passes that led here are told, the latest first', () => {
  const steps = [stepOf('draft', { endedAt: 100 }), stepOf('draft', { iteration: 2, endedAt: 300 }), stepOf('approve', { endedAt: 200 })]
  expect(happeningsBefore(detailOf({ steps, decisions: [revised, open] }), open)).toMatchObject([
    { at: 300, what: 'Draft, iteration 2' },
    { at: 200, what: 'Approve it: Revise', by: 'Sam', note: 'too formal' },
    { at: 100, what: 'Draft, iteration 1' },
  ])
})

test('an only pass is nothing to tell, and what came after an answer is not before it', () => {
  expect(happeningsBefore(detailOf({ steps: [stepOf('draft', { endedAt: 100 })], decisions: [open] }), open)).toEqual([])
  const late = decisionOf({ id: decisionId(3), status: 'withdrawn', closedAt: 900 })
  expect(happeningsBefore(detailOf({ decisions: [late] }), revised)).toEqual([])
})

test('what a run took over when it was sent back is told once, and answers of before as such', () => {
  const passes = [0, 1].flatMap((branch) => [
    stepOf('draft', { branch, endedAt: 100 }),
    stepOf('draft', { branch, iteration: 2, endedAt: 300 }),
  ])
  const now = decisionOf({ branch: 1, iteration: 2 })
  expect(happeningsBefore(detailOf({ steps: passes, decisions: [revised, now] }), now).map(({ what }) => what)).toEqual([
    'Draft, iteration 2',
    'Approve it: Revise, before the run was sent back',
    'Draft, iteration 1',
  ])
})
