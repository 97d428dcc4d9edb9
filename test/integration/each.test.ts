import { describe, expect, test } from 'vitest'
import type { Client } from '../../src/client/client.ts'
import type { EachItem } from '../../src/contract/each.ts'
import { RunId, WorkflowName } from '../../src/model/ids.ts'
import { asked, ended } from './moments.ts'
import { hostOf, workspaceOf } from './workspaces.ts'

const hold = WorkflowName.parse('hold')
const files = {
  'workflows/hold.ts': `import { workflow, z } from 'cairn'
export default workflow('hold', { version: 1, input: z.object({}) })
  .approval('ok', { actions: { primary: 'approve' } })
`,
}
const many = 60

async function holding() {
  const { client } = await hostOf(await workspaceOf(files))
  const runs = await Promise.all(Array.from({ length: many }, () => client.api.runs.start({ workflow: hold, input: {} })))
  const ids = runs.map(({ id }) => id)
  await Promise.all(ids.map((id) => asked(client, id)))
  return { client, ids }
}

async function told(client: Client, asks: Parameters<Client['api']['runs']['each']>[0]): Promise<EachItem[]> {
  const items: EachItem[] = []
  for await (const item of await client.api.runs.each(asks)) items.push(item)
  return items
}

const results = (items: readonly EachItem[]) => items.flatMap((item) => (item.type === 'result' ? [item] : []))

describe('acting on many runs of a host', () => {
  test('each is done, or it says why it was not', async () => {
    const { client, ids } = await holding()
    const [over, touched, ...others] = ids
    if (over === undefined || touched === undefined) throw new Error('there are runs')
    const { decision } = await asked(client, over)
    await client.api.decisions.decide({ run: over, decision: decision.id, action: 'approve' })
    await ended(client, over)
    const { version: seen } = await client.api.runs.pause({ run: touched })
    await client.api.runs.resume({ run: touched })
    const nobody = RunId.parse('0'.repeat(26))

    const twice = [{ run: touched, seen }, { run: touched }]
    const runs = [...twice, { run: over }, { run: nobody }, ...others.map((run) => ({ run }))]
    const items = await told(client, { action: 'cancel', on: { runs }, reason: 'a wrong batch', actor: 'ann' })
    expect(items[0]).toEqual({ type: 'planned', total: many + 1 })
    expect(items.at(-1)).toEqual({ type: 'finished', done: others.length, failed: 3 })
    const byRun = new Map(results(items).map((result) => [result.run, result]))
    expect(byRun.size).toBe(many + 1)
    const saying = (message: string) => ({ message: expect.stringContaining(message) })
    expect(byRun.get(touched)).toMatchObject({ outcome: 'conflict', status: 'waiting', ...saying('look again') })
    expect(byRun.get(over)).toMatchObject({ outcome: 'conflict', status: 'completed', ...saying('has ended') })
    expect(byRun.get(nobody)).toMatchObject({ outcome: 'not_found', status: null, ...saying('list the runs') })
    for (const run of others) {
      expect(byRun.get(run)).toEqual({ type: 'result', run, outcome: 'done', status: 'cancelled', message: null })
      const { record } = await client.api.runs.get({ run })
      expect(record).toMatchObject({ status: 'cancelled', failure: { message: 'a wrong batch' } })
    }
    expect((await client.api.runs.get({ run: touched })).record.status).toBe('waiting')
  })

  test('a query selects what it finds, up to the run that was seen', async () => {
    const { client, ids } = await holding()
    const { newest } = await client.api.runs.search({ query: '' })
    if (newest === null) throw new Error('there are runs')
    const { id: later } = await client.api.runs.start({ workflow: hold, input: {} })
    const items = await told(client, { action: 'pause', on: { query: 'workflow:hold status:waiting', upTo: newest } })
    expect(items[0]).toEqual({ type: 'planned', total: many })
    const paused = results(items).filter(({ outcome, status }) => outcome === 'done' && status === 'paused')
    expect(paused.map(({ run }) => run).toSorted()).toEqual(ids.toSorted())
    expect((await client.api.runs.get({ run: later })).record.paused).toBe(false)
    const unread = told(client, { action: 'pause', on: { query: 'status:', upTo: newest } })
    await expect(unread).rejects.toMatchObject({ code: 'REFUSED' })
  })
})
