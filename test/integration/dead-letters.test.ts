/** A receiver that is down for long, and runs that are queued for later: looked at, drained a few at a time, and discarded, also over a restart. */
import { expect, test } from 'vitest'
import { json, receiver } from '../../src/effects/http/misbehaving-receiver.fixture.ts'
import type { Client } from '../../src/client/client.ts'
import type { LetterItem, Letters } from '../../src/contract/dead-letters.ts'
import { WorkflowName } from '../../src/model/ids.ts'
import { ended, runOnce } from './moments.ts'
import { cairn, hostOf, workspaceOf } from './workspaces.ts'

const workflow = WorkflowName.parse('orders')
const files = {
  'workflows/orders.ts': `import { workflow, z } from 'cairn'
    export default workflow('orders', { version: 1, input: z.object({ url: z.string() }) })
      .step('number', ({ idempotencyKey }) => idempotencyKey)
      .http('place', { needs: ['number'], effect: 'none', retry: { attempts: 2, initial: '1ms', factor: 1 } }, ({ input }) => ({ url: input.url }))`,
  'cairn.config.yaml': 'recovery: { chain: [retry, dead_letter] }\nbreakers: { failures: 100 }\ndead_letters: { at_once: 2, every: 1ms }\n',
}

async function drained(client: Client, on: Letters): Promise<LetterItem[]> {
  const items: LetterItem[] = []
  for await (const item of await client.api.deadLetters.drain({ on, note: 'the shop is open' })) items.push(item)
  return items
}

test('runs wait in the queue with what they have done, and are taken out of it by a person', async () => {
  const up = new Set<string>()
  let atOnce = 0
  let most = 0
  await using server = await receiver((asked, answer, socket) => {
    if (!up.has(asked.path)) return socket.destroy()
    atOnce += 1
    most = Math.max(most, atOnce)
    answer.on('close', () => (atOnce -= 1))
    return json({ well: true })(asked, answer, socket)
  })
  const workspace = await workspaceOf(files)
  const first = await hostOf(workspace)
  const queued = async (path: string) => {
    const { id } = await first.client.api.runs.start({ workflow, input: { url: `${server.url}${path}` } })
    await runOnce(first.client, id, ({ record }) => record.waiting === 'dead_letter')
    return id
  }
  const [one, two, three, other] = [await queued('/a'), await queued('/a'), await queued('/a'), await queued('/b')]
  if (one === undefined || two === undefined || three === undefined || other === undefined) throw new Error('there are four')
  expect(await first.client.api.metrics.now()).toMatchObject({ deadLetters: 4, pendingDecisions: 0, oldestDecisionAt: null })
  expect(await first.client.api.attention.list({})).toEqual({ items: [], moreDecisions: 0 })
  expect(await first.client.api.decisions.list({})).toEqual({ decisions: [], damaged: [] })
  first.client.close()
  await first.host.close()

  const { client } = await hostOf(workspace)
  const page = await client.api.deadLetters.list({ limit: 3 })
  expect(page).toMatchObject({ total: 4, letters: [{ run: one, workflow, decision: { step: 'place', tries: 2 }, error: { status: 'waiting' } }, { run: two }, { run: three }] })
  expect((await client.api.deadLetters.list({ after: page.next ?? undefined })).letters.map(({ run }) => run)).toEqual([other])
  const { out: listed } = await cairn(['dead-letters', '--workspace', workspace])
  expect(listed).toMatch(new RegExp(`${one} +orders +place +2 +transient +retry`))

  up.add('/a')
  const items = await drained(client, { runs: [one, other, other] })
  expect(items[0]).toEqual({ type: 'planned', total: 2 })
  expect(items).toContainEqual({ type: 'result', run: one, step: 'place', action: 'retry', outcome: 'recovered', message: null })
  expect(items).toContainEqual({ type: 'result', run: other, step: 'place', action: 'retry', outcome: 'requeued', message: null })
  expect(items.at(-1)).toEqual({ type: 'finished', outcomes: { recovered: 1, requeued: 1 } })
  const { record, decisions, attempts } = await ended(client, one)
  expect(record.status).toBe('completed')
  expect(attempts.filter(({ step }) => step === 'number')).toHaveLength(1)
  expect(decisions).toMatchObject([{ kind: 'dead_letter', action: 'retry', note: 'the shop is open', actor: { kind: 'person' } }])
  expect(await drained(client, { runs: [one] })).toMatchObject([{ total: 1 }, { run: one, step: null, outcome: 'not_found' }, { outcomes: { not_found: 1 } }])

  up.add('/b')
  const ahead = ['drain 3 runs: a few at a time; what fails again comes back to the queue', /of +orders: 3 runs$/, /does +retry: 3 runs$/, /runs again +place: 3 runs$/]
  const preview = await cairn(['drain', '--like', two, '--preview', '--workspace', workspace])
  expect(preview).toMatchObject({ exitCode: 0, out: expect.stringMatching(/^drain 3 runs/) })
  expect(preview.out.split('\n')).toHaveLength(ahead.length)
  expect((await client.api.deadLetters.list({})).total).toBe(3)
  expect(await cairn(['drain', '--all', '--workspace', workspace])).toMatchObject({ exitCode: 2, err: 'this is all of the queue (orders: 3 runs): --yes does it all the same' })
  expect((await client.api.deadLetters.list({})).total).toBe(3)
  const { out, exitCode } = await cairn(['drain', '--like', two, '--workspace', workspace])
  expect(exitCode).toBe(0)
  const lines = out.split('\n')
  expect(lines).toHaveLength(ahead.length + 3)
  for (const [index, line] of ahead.entries()) expect(lines[index]).toMatch(line)
  expect(most).toBeLessThanOrEqual(2)
  for (const run of [two, three, other]) expect((await ended(client, run)).record.status).toBe('completed')
  expect((await client.api.deadLetters.list({})).total).toBe(0)
  await expect(client.api.deadLetters.drain({ on: { like: two } })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('what nobody wants any more is discarded, and why is kept; what touches the outside world is asked about', async () => {
  const workspace = await workspaceOf({ ...files, 'workflows/orders.ts': files['workflows/orders.ts'].replace("effect: 'none'", "method: 'POST'") })
  const { client } = await hostOf(workspace)
  const { id: run } = await client.api.runs.start({ workflow, input: { url: 'http://127.0.0.1:1/' } })
  await runOnce(client, run, ({ record }) => record.waiting === 'dead_letter')
  expect(await cairn(['drain', run, '--workspace', workspace])).toMatchObject({ exitCode: 2, err: 'this touches the outside world (place): --yes does it all the same' })
  expect(await client.api.deadLetters.list({})).toMatchObject({ total: 1, most: 10_000 })
  expect(await cairn(['discard', run, '--workspace', workspace])).toMatchObject({ exitCode: 2, err: expect.stringContaining('--reason') })
  expect((await cairn(['discard', run, '--reason', 'ordered elsewhere', '--workspace', workspace])).out).toContain('discarded')
  const { record, errors } = await ended(client, run)
  expect(record.status).toBe('failed')
  expect(errors.find(({ step }) => step === 'place')).toMatchObject({ status: 'failed', recoveries: [{ strategy: 'retry' }, { strategy: 'dead_letter', outcome: 'answered' }, { why: expect.stringContaining('ordered elsewhere') }] })
})
