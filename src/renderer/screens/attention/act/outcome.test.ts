import { expect, test } from 'vitest'
import type { FollowItem } from '../../../../contract/streams.ts'
import { detailOf, recordOf, stepOf } from '../../../../model/run.fixture.ts'
import { outcomeOf } from './outcome.ts'

const decidedAt = 1_000
const whole = (more: Parameters<typeof detailOf>[0] = {}): FollowItem => ({ type: 'whole', detail: detailOf(more), signals: [] })

async function* told(...items: readonly FollowItem[]): AsyncGenerator<FollowItem> {
  yield* items
}

test('a mail that went out and a run that ended are told with how long they took', async () => {
  const steps = [stepOf('send', { endedAt: 1_600 })]
  const record = recordOf({ status: 'completed', waiting: null, endedAt: 1_640 })
  expect(await outcomeOf(told(whole({ record, steps })), decidedAt)).toEqual({
    isGood: true,
    words: 'The mail was sent 600 ms later. The run completed, 640 ms later.',
  })
})

test('a run that waits again says where, and one that failed says why', async () => {
  const again = [stepOf('approve', { iteration: 2, status: 'waiting', waiting: { for: 'decision', until: null } })]
  expect((await outcomeOf(told(whole({ steps: again })), decidedAt))?.words).toBe('The run waits for a person at approve.')
  const failure = { class: 'permanent' as const, name: 'Error', message: 'the server refused it' }
  const failed = recordOf({ status: 'failed', waiting: null, endedAt: 2_000, failure })
  expect(await outcomeOf(told(whole({ record: failed })), decidedAt)).toEqual({ isGood: false, words: 'The run failed, 1.0 s later: the server refused it.' })
})

test('what still runs when nobody watches longer is said as it stands; without news nothing is', async () => {
  const steps = [stepOf('draft', { iteration: 2, status: 'running' })]
  const going = whole({ record: recordOf({ status: 'running', waiting: null }), steps })
  expect((await outcomeOf(told(going), decidedAt))?.words).toBe('The run goes on: draft is running.')
  expect(await outcomeOf(told(), decidedAt)).toBeUndefined()
})
