import { expect, test } from 'vitest'
import { decisionOf, manifest } from '../../../../model/run.fixture.ts'
import { whyWaiting } from './why-waiting.ts'

const step = manifest.steps.find(({ id }) => id === 'approve')

test('why a run waits is said with what ends the wait by itself', () => {
  expect(whyWaiting(decisionOf({ deadline: 61_000 }), step, 1_000)).toBe(
    'For a person: the workflow asks at “Approve it” before anything that follows it. If nobody answers, it fails in 1 min.',
  )
  expect(whyWaiting(decisionOf({ deadline: 500 }), step, 1_000)).toContain('Its deadline has passed')
  expect(whyWaiting(decisionOf({ kind: 'in_doubt' }), undefined, 1_000)).toContain('There is no deadline.')
})
