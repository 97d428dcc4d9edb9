import { expect, test } from 'vitest'
import { decisionId, decisionOf } from '../../../model/run.fixture.ts'
import { RunId, WorkflowName } from '../../../model/ids.ts'
import type { DeadLetter } from '../../../model/dead-letter.ts'
import { drainedBy, groupsOf } from './groups.ts'

let made = 0
function letter(step: string, message: string, action: string): DeadLetter {
  const failure = { class: 'transient', name: 'Error', message }
  const decision = decisionOf({ id: decisionId((made += 1)), kind: 'dead_letter', step, failure, recommended: { action, why: 'it may pass' } })
  return { run: RunId.parse(decisionId(made)), workflow: WorkflowName.parse('letters'), runVersion: 3, decision, error: null }
}

test('what failed of the same is one group, the largest first, whatever varies from run to run', () => {
  const all = [letter('pay', 'no route', 'retry'), letter('send', 'port 25 is closed', 'retry'), letter('send', 'port 587 is closed', 'retry')]
  expect(groupsOf(all).map(({ letters }) => letters.map(({ decision }) => decision.step))).toEqual([['send', 'send'], ['pay']])
})

test('what draining does is counted by action', () => {
  const all = [letter('a', 'x', 'restore'), letter('a', 'x', 'retry'), letter('a', 'x', 'retry')]
  expect(drainedBy(all)).toEqual([['retry', 2], ['restore', 1]])
})
