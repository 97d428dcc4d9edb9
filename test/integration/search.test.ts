import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { WorkflowName } from '../../src/model/ids.ts'
import { RunStatus } from '../../src/model/status.ts'
import { storePaths } from '../../src/store/paths.ts'
import { ended } from './moments.ts'
import { cairn, hostOf, workspaceOf } from './workspaces.ts'

const order = WorkflowName.parse('order')
const files = {
  'workflows/order.ts': `import { workflow, z } from 'cairn'
export default workflow('order', { version: 3, input: z.object({ customer: z.string(), card: z.string().optional(), amount: z.number() }) })
  .step('price', ({ input }) => ({ words: 'priced for ' + input.customer }))
  .step('charge', { needs: ['price'], retry: { attempts: 1 } }, ({ input }) => {
    if (input.amount > 100) throw new Error('the card of ' + input.customer + ' was declined')
    return { charged: input.amount }
  })
`,
}

async function orders() {
  const workspace = await workspaceOf(files)
  const { host, client } = await hostOf(workspace, { port: 0 })
  const start = async (customer: string, amount: number) => {
    const { id } = await client.api.runs.start({ workflow: order, input: { customer, amount } })
    await ended(client, id)
    return id
  }
  return { workspace, host, client, ada: await start('Ada Lovelace', 20), ben: await start('Ben Franklin', 500) }
}

test('a run is found by how it stands, what failed, and what it was given or gave', async () => {
  const { client, ada, ben } = await orders()
  const found = async (query: string) => {
    const { runs } = await client.api.runs.search({ query })
    return runs.map(({ id }) => id)
  }
  expect(await found('')).toEqual([ben, ada])
  expect(await found('status:failed workflow:order version:3 started:<1h step:charge')).toEqual([ben])
  expect(await found('error:"was declined"')).toEqual([ben])
  expect(await found('lovelace')).toEqual([ada])
  expect(await found('"priced for Ben"')).toEqual([ben])
  expect(await found(`id:${ada.slice(-8).toLowerCase()}`)).toEqual([ada])

  const all = await client.api.runs.search({ query: '', offset: 1, limit: 1, upTo: ben })
  expect(all).toMatchObject({ total: 2, newest: ben, runs: [await summaryOf(client, ada)] })
  const { byStatus } = await client.api.runs.counts({ query: 'status:failed workflow:order' })
  expect(byStatus).toEqual({ ...Object.fromEntries(RunStatus.options.map((status) => [status, 0])), failed: 1, completed: 1 })
})

test('what a search answers holds everything that was committed before it was asked', async () => {
  const { client } = await orders()
  for (let amount = 1; amount <= 5; amount += 1) {
    const { id } = await client.api.runs.start({ workflow: order, input: { customer: 'Cleo', amount } })
    const { runs, total, position } = await client.api.runs.search({ query: 'workflow:order', limit: 1 })
    expect(total).toBe(2 + amount)
    expect(runs[0]?.id).toBe(id)
    expect(position).toBeGreaterThan(0)
  }
})

test('a query that cannot be read is refused, with the way out', async () => {
  const { client } = await orders()
  await expect(client.api.runs.search({ query: 'staus:failed' })).rejects.toMatchObject({
    code: 'REFUSED',
    data: { failures: [{ path: 'query', message: 'there is no field staus', wayOut: 'did you mean status?' }] },
  })
})

test('REST has pages and orders in its query string', async () => {
  const { host, ada, ben } = await orders()
  const headers = { authorization: `Bearer ${readFileSync(host.tokenFile, 'utf8').trim()}` }
  const get = async (path: string) => {
    const answer = await fetch(`${host.url}/api/v1/runs/${path}`, { headers })
    return { status: answer.status, body: z.looseObject({}).parse(await answer.json()) }
  }
  const sorted = await get('search?query=workflow%3Aorder&limit=1&offset=1&sort[by]=started&sort[descending]=false')
  expect(sorted).toMatchObject({ status: 200, body: { total: 2, runs: [{ id: ben }] } })
  expect(await get(`counts?query=&upTo=${ada}`)).toMatchObject({ status: 200, body: { byStatus: { completed: 1, failed: 0 } } })
  expect(await get('search?query=status%3Ared')).toMatchObject({ status: 422 })
  expect(await get('search?sort[by]=id%3B%20DROP%20TABLE%20run&sort[descending]=true')).toMatchObject({ status: 400 })
  expect(await get('search?limit=201')).toMatchObject({ status: 400 })
})

test('the index may be deleted while nobody is there', async () => {
  const { client, host, workspace, ben } = await orders()
  await client.api.runs.search({})
  await host.close()
  const { index } = storePaths(workspace)
  expect(existsSync(index)).toBe(true)
  rmSync(index)
  const again = await hostOf(workspace)
  expect(await again.client.api.runs.search({ query: 'declined' })).toMatchObject({ total: 1, runs: [{ id: ben }] })
})

test('the command line searches, with a host and without one', async () => {
  const { workspace, host, ben } = await orders()
  for (const close of [async () => {}, () => host.close()]) {
    await close()
    const typed = await cairn(['runs', '--query', 'status:failed "Ben Franklin"', '-w', workspace])
    expect(typed).toMatchObject({ exitCode: 0, out: expect.stringContaining(ben), err: '' })
    expect(typed.out.split('\n')).toHaveLength(2)
  }
  expect(await cairn(['runs', '-q', 'order', '--limit', '1', '-w', workspace])).toMatchObject({ err: 'these are 1 of 2: --limit shows more' })
  expect(await cairn(['runs', '-q', 'status:red', '-w', workspace])).toMatchObject({ exitCode: 2, err: expect.stringContaining('a status is queued') })
  expect(await cairn(['runs', '-q', 'x', '--status', 'failed', '-w', workspace])).toMatchObject({ exitCode: 2 })
  expect(existsSync(join(workspace, '.cairn', 'index.db'))).toBe(true)
})

async function summaryOf({ api }: Awaited<ReturnType<typeof orders>>['client'], run: string) {
  const { runs } = await api.runs.list({})
  return runs.find(({ id }) => id === run)
}
