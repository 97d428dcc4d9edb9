/** Receivers that misbehave. */
import { type Behaviour, json } from '../../../src/effects/http/misbehaving-receiver.fixture.ts'
import type { Scenario } from '../scenario.ts'

const resets: Behaviour = (_asked, _answer, socket) => socket.destroy()
/** In the middle of the answer. */
const cuts: Behaviour = (_asked, answer, socket) => {
  answer.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
  answer.write('{"well":', () => socket.destroy())
}
const hangs: Behaviour = () => undefined

export const requests: readonly Scenario[] = [
  { name: 'connection refused', class: 'transient', workflow: 'asks-nobody', times: 2, ends: 'recovers', by: 'retry' },
  { name: 'connection reset', class: 'transient', workflow: 'asks', times: 2, answers: resets, ends: 'recovers', by: 'retry' },
  { name: 'cut off in the answer', class: 'transient', workflow: 'asks', times: 2, answers: cuts, ends: 'recovers', by: 'retry' },
  { name: 'answered 500', class: 'transient', workflow: 'asks', times: 2, answers: json({ error: 'broken' }, 500), ends: 'recovers', by: 'retry' },
  { name: 'no answer', class: 'timeout', workflow: 'asks', answers: hangs, limit: 5_000, ends: 'recovers', by: 'retry' },
  {
    name: 'answered 429',
    class: 'resource',
    workflow: 'waits',
    waits: true,
    ends: 'recovers',
    by: 'wait_for_resource',
    answers: json({}, 429, { 'retry-after': '1' }),
  },
  { name: 'breaker opens', class: 'transient', workflow: 'held', times: 3, answers: resets, waits: true, ends: 'recovers', by: 'retry' },
  {
    name: 'answered 404',
    class: 'permanent',
    workflow: 'elsewhere',
    ends: 'recovers',
    by: 'fallback',
    world: ['did/other'],
    answers: json({ error: 'gone' }, 404),
  },
  {
    name: 'answered 422',
    class: 'permanent',
    workflow: 'optional',
    ends: 'recovers',
    by: 'skip',
    world: ['did/after'],
    answers: json({ error: 'no' }, 422),
  },
]
