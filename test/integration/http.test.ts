/** Requests as steps of real runs, to a receiver on loopback that misbehaves in every way that one can. */
import { expect, test } from 'vitest'
import { type Behaviour, inTurn, json, receiver } from '../../src/effects/http/misbehaving-receiver.fixture.ts'
import type { Client } from '../../src/client/client.ts'
import { type RunId, StepId, WorkflowName } from '../../src/model/ids.ts'
import { asked, ended } from './moments.ts'
import { cairn, hostOf, workspaceOf } from './workspaces.ts'

const workflows = {
  'workflows/orders.ts': `import { workflow, z } from 'cairn'

const quick = { attempts: 6, initial: '1ms', max: '1ms' }

export default workflow('orders', { version: 1, input: z.object({ url: z.string(), nobody: z.string() }) })
  .http('reach', { optional: true, retry: { ...quick, attempts: 2 } }, ({ input }) => ({ url: input.nobody }))
  .http('look', { needs: ['reach'], timeout: '2s', retry: quick }, ({ input }) => ({ url: input.url + '/stock', headers: { Authorization: 'Bearer open-sesame-77' } }))
  .http('order', { method: 'PUT', needs: ['look'], effect: { repeat: 'safe' }, retry: quick }, ({ input }) => ({ url: input.url + '/orders/7', json: { amount: 3 } }))
  .http('charge', { method: 'POST', needs: ['order'], retry: quick }, ({ input }) => ({ url: input.url + '/charges', json: { cents: 900 } }))
`,
}

const hangs: Behaviour = () => undefined
const cuts: Behaviour = (_asked, _answer, socket) => socket.destroy()

/** Something different from each place, whatever order it is asked in. */
function places(of: Readonly<Record<string, Behaviour>>): Behaviour {
  return (heard, ...rest) => of[heard.path]?.(heard, ...rest)
}

async function exchanged(client: Client, run: RunId, step: string): Promise<readonly unknown[]> {
  const { signals } = await client.api.runs.signals({ run, step: StepId.parse(step), limit: 100 })
  return signals.flatMap((signal) => (signal.type === 'log' && signal.exchange !== undefined ? [signal.data] : []))
}

test('a receiver that misbehaves is asked again as far as that is safe, and never by guess', async () => {
  const away = await receiver(hangs)
  await away[Symbol.asyncDispose]()
  const large = 'x'.repeat(12_000)
  await using server = await receiver(
    places({
      '/stock': inTurn(json({ error: 'broken' }, 500), cuts, hangs, json({}, 429, { 'retry-after': '1' }), json({ stock: 9, large })),
      '/orders/7': inTurn(json({}, 503), json({ id: 7 }, 201)),
      '/charges': cuts,
    }),
  )
  const { client, host } = await hostOf(await workspaceOf(workflows))
  const { workspace } = host
  const { id: run } = await client.api.runs.start({ workflow: WorkflowName.parse('orders'), input: { url: server.url, nobody: away.url } })

  // Whether the card was charged nobody knows: a person is asked, and it was sent once.
  const { decision, runVersion } = await asked(client, run, 'charge')
  expect(decision.kind).toBe('in_doubt')
  expect(server.asked.filter(({ path }) => path === '/charges')).toHaveLength(1)
  await client.api.decisions.decide({ run, decision: decision.id, seen: runVersion, action: 'happened', note: null, edit: { status: 201, headers: {}, body: null } })
  const { record, attempts, steps, errors } = await ended(client, run)
  expect(record.status).toBe('completed')

  const failuresOf = (of: string) => attempts.filter(({ step }) => step === of).map(({ failure }) => failure && [failure.class, failure.name])
  expect(failuresOf('reach')).toEqual([['transient', 'NotSent'], ['transient', 'NotSent']])
  expect(steps.find(({ step }) => step === 'reach')).toMatchObject({ status: 'skipped', skipped: 'optional' })
  expect(failuresOf('look')).toEqual([['transient', 'HttpStatus'], ['transient', 'NoAnswer'], ['timeout', expect.any(String)], ['resource', 'HttpStatus'], null])
  expect(failuresOf('order')).toEqual([['transient', 'HttpStatus'], null])

  // It asked for a second, and had it; why it was waited for is on record.
  const looks = attempts.filter(({ step }) => step === 'look')
  expect((looks[4]?.startedAt ?? 0) - (looks[3]?.endedAt ?? 0)).toBeGreaterThanOrEqual(1_000)
  expect(looks[3]?.failure?.retryAfter).toBe(1_000)
  expect(errors.find(({ step }) => step === 'look')?.recoveries.at(-1)).toMatchObject({ outcome: 'worked', why: expect.stringContaining('asked to be left alone for 1s') })

  // One order, however often it was sent.
  const keys = server.asked.flatMap(({ path, headers }) => (path === '/orders/7' ? [headers['idempotency-key']] : []))
  expect(keys).toEqual([`${run}/order/1/0`, `${run}/order/1/0`])

  // What was said on both sides is kept as it was, without what proves who asks.
  await host.close()
  const next = await hostOf(workspace)
  const looked = await exchanged(next.client, run, 'look')
  expect(looked).toHaveLength(8)
  expect(looked[0]).toMatchObject({ http: 'request', method: 'GET', headers: { authorization: '(not shown)' } })
  expect(looked.at(-1)).toMatchObject({ http: 'answer', status: 200, body: { text: expect.stringContaining(large) } })
  expect(JSON.stringify(looked)).not.toContain('sesame')
  const { out } = await cairn(['show', run, '-w', workspace])
  expect(out).toMatch(/^ {2}order > PUT .*\/orders\/7\n {2}order < answered 201 Created, \d+ bytes after \d+ ms$/m)
})
