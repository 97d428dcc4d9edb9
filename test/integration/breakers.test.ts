/** A receiver that is down, and a host that leaves it alone: over a restart, until a person says that it is back. */
import { expect, test } from 'vitest'
import { json, receiver } from '../../src/effects/http/misbehaving-receiver.fixture.ts'
import { WorkflowName } from '../../src/model/ids.ts'
import { ended, runOnce } from './moments.ts'
import { cairn, hostOf, workspaceOf } from './workspaces.ts'

const workflow = WorkflowName.parse('orders')
const files = {
  'workflows/orders.ts': `import { workflow, z } from 'cairn'
    export default workflow('orders', { version: 1, input: z.object({ url: z.string() }) })
      .http('place', { effect: 'none', retry: { attempts: 20, initial: '1ms', factor: 1 } }, ({ input }) => ({ url: input.url }))`,
  'cairn.config.yaml': 'breakers: { failures: 3, cool_down: 1h }\n',
}

test('steps are held back from what fails again and again, and go on when a person closes its breaker', async () => {
  let isDown = true
  await using server = await receiver((asked, answer, socket) => (isDown ? socket.destroy() : json({ well: true })(asked, answer, socket)))
  const dependency = `127.0.0.1:${server.port}`
  const workspace = await workspaceOf(files)
  const { client, host } = await hostOf(workspace)
  const { id: run } = await client.api.runs.start({ workflow, input: { url: server.url } })
  const held = await runOnce(client, run, ({ record }) => record.waiting === 'breaker')
  expect(held.steps).toMatchObject([{ status: 'waiting', tries: 3, waiting: { for: 'breaker', on: dependency } }])
  expect(server.asked).toHaveLength(3)
  client.close()
  await host.close()

  const { client: next } = await hostOf(workspace)
  const { breakers } = await next.api.breakers.list()
  expect(breakers).toMatchObject([{ workflow, dependency, status: 'open', holds: 1, held: [{ run, step: 'place' }], last: { run, class: 'transient' } }])
  const { out } = await cairn(['breakers', '--workspace', workspace])
  expect(out).toMatch(new RegExp(`open +orders +${dependency}`))

  const { out: shown } = await cairn(['show', run, '--workspace', workspace])
  expect(shown).toContain(`held back from ${dependency} until `)

  isDown = false
  const { out: closed } = await cairn(['breakers', '--reset', dependency, '--reason', 'it is back', '--workspace', workspace])
  expect(closed).toBe('every breaker is closed')
  expect((await ended(next, run)).record.status).toBe('completed')
  expect(server.asked).toHaveLength(4)
  const { entries } = await next.api.journal.list({ limit: 1_000 })
  const told = entries.filter(({ events }) => events.some(({ type }) => type === 'breaker_closed'))
  expect(told).toMatchObject([{ actor: { kind: 'person' }, events: [{ dependency, by: 'person', reason: 'it is back' }] }])
})
