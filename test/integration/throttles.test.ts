/** A receiver that answers that it is too much, and a host that asks it by fewer at once: over a restart, until a person lifts that. */
import { expect, test } from 'vitest'
import { json, receiver } from '../../src/effects/http/misbehaving-receiver.fixture.ts'
import { WorkflowName } from '../../src/model/ids.ts'
import { ended, entryOf, runOnce } from './moments.ts'
import { cairn, hostOf, workspaceOf } from './workspaces.ts'

const workflow = WorkflowName.parse('orders')
const files = {
  'workflows/orders.ts': `import { workflow, z } from 'cairn'
    export default workflow('orders', { version: 1, input: z.object({ url: z.string() }) })
      .http('place', { effect: 'none', retry: { attempts: 20, initial: '1ms', factor: 1 } }, ({ input }) => ({ url: input.url }))`,
}

test('half as many go on at once as when it was too much, and all once a person lifts that', async () => {
  const held: (() => void)[] = []
  let isOpen = false
  const came = Promise.withResolvers<void>()
  await using server = await receiver((asked, answer, socket) => {
    const well = (): void => json({ well: true })(asked, answer, socket)
    if (isOpen) return well()
    held.push(server.asked.length === 1 ? () => void answer.writeHead(429).end() : well)
    if (held.length === 4) came.resolve()
  })
  const dependency = `127.0.0.1:${server.port}`
  const workspace = await workspaceOf(files)
  const { client, host } = await hostOf(workspace)
  const runs = await Promise.all([1, 2, 3, 4].map(async () => (await client.api.runs.start({ workflow, input: { url: server.url } })).id))
  await came.promise
  held[0]?.()
  const refused = await Promise.race(runs.map(async (run) => {
    await entryOf(client, run, ({ events }) => events.some((event) => event.type === 'resources_awaited' && event.on === dependency))
    return run
  }))
  expect((await client.api.throttles.list()).throttles).toMatchObject([{ workflow, dependency, steps: ['place'], limit: 2, from: 4, underWay: 3, waiting: 1, last: { run: refused } }])
  expect((await runOnce(client, refused, ({ record }) => record.waiting === 'resource')).steps).toMatchObject([{ waiting: { for: 'resource', on: dependency } }])
  client.close()
  await host.close()

  const { client: next } = await hostOf(workspace)
  expect((await next.api.throttles.list()).throttles).toMatchObject([{ dependency, limit: 2, from: 4, underWay: 2, waiting: 2 }])
  expect((await cairn(['throttles', '--workspace', workspace])).out).toMatch(new RegExp(`orders +${dependency} +2 of 2, were 4 +2 `))
  const details = await Promise.all(runs.map((run) => next.api.runs.get({ run })))
  const waiting = details.filter(({ record }) => record.waiting === 'resource').map(({ record }) => record.id)
  expect(waiting).toHaveLength(2)
  expect((await cairn(['show', waiting[0] ?? '', '--workspace', workspace])).out).toContain(`fewer reach ${dependency} at once`)

  isOpen = true
  const { out } = await cairn(['throttles', '--reset', dependency, '--reason', 'it has room', '--workspace', workspace])
  expect(out).toBe('nothing is throttled')
  for (const answer of held.slice(4)) answer()
  for (const run of runs) expect((await ended(next, run)).record.status).toBe('completed')
})
