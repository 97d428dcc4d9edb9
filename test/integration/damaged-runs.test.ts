/** What is damaged hides nothing else: each list tells of the others, and names a run whose row is damaged. */
import { rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { type RunId, WorkflowName } from '../../src/model/ids.ts'
import { storePaths } from '../../src/store/paths.ts'
import { cairn, hostOf, workspaceOf } from './workspaces.ts'

const failing = `
  import { workflow, z } from 'cairn'
  export default workflow('letter', { version: 1, input: z.object({ to: z.string() }) })
    .step('draft', { output: z.string(), retry: { attempts: 1 } }, async ({ input }) => { throw new Error('nobody is called ' + input.to) })
`
const letter = WorkflowName.parse('letter')

/** A closed workspace in which three runs have failed, the oldest first; then its store is damaged. */
async function damagedBy(sql: string): Promise<{ workspace: string; runs: RunId[] }> {
  const workspace = await workspaceOf({ 'workflows/letter.ts': failing })
  const before = await hostOf(workspace)
  const runs: RunId[] = []
  for (const to of ['Ada', 'Bob', 'Cyd']) {
    const { id } = await before.client.api.runs.start({ workflow: letter, input: { to } })
    runs.push(id)
    for await (const item of before.client.followRun(id)) {
      const record = item.type === 'whole' ? item.detail.record : item.type === 'changed' ? item.record : undefined
      if (record?.status === 'failed') break
    }
  }
  await before.host.close()
  const db = new Database(storePaths(workspace).store)
  db.exec(sql)
  db.close()
  return { workspace, runs }
}

test('lists of runs and of errors are without it, and say so, by a host and without one', async () => {
  const { workspace, runs } = await damagedBy('UPDATE run SET checksum = zeroblob(32) WHERE number = 2')
  const [first, damaged, last] = runs
  const lists = async (): Promise<void> => {
    for (const args of [['runs'], ['runs', '-q', 'status:failed'], ['runs', '--status', 'failed', '--limit', '2'], ['errors']]) {
      const { exitCode, out, err } = await cairn([...args, '-w', workspace])
      expect([args, exitCode, err]).toEqual([args, 0, expect.stringContaining(`1 run is damaged, and not told of here: ${damaged}; cairn verify`)])
      if (args[0] === 'runs') for (const run of [first, last]) expect(out).toContain(run)
      else expect(out).toContain('nobody is called')
    }
  }
  await lists()
  const verified = await cairn(['verify', '-w', workspace])
  expect(verified).toMatchObject({ exitCode: 7, out: expect.stringContaining(`run   ${damaged}  ${damaged}`) })
  expect(verified.err).toContain('cairn restore-backup FILE')
  expect(verified.err, 'it would be refused').not.toContain('cairn restore 0')

  const { client } = await hostOf(workspace)
  await lists()
  expect(await client.api.runs.list({})).toMatchObject({ runs: [{ id: last }, { id: first }], damaged: [damaged] })
  expect(await client.api.runs.search({ query: 'status:failed' })).toMatchObject({ runs: [{ id: last }, { id: first }], total: 2, damaged: [damaged] })
  const { items } = await client.api.attention.list({})
  expect(items.filter(({ kind }) => kind === 'failures')).not.toEqual([])
  await expect(client.api.runs.get({ run: damaged ?? expect.fail() })).rejects.toThrow(`run ${damaged} is corrupt`)
})

test('where an entry of the journal is damaged, lists of runs, of errors and of storage tell of all that is whole', async () => {
  const { workspace, runs } = await damagedBy("UPDATE journal SET body = body || ' ' WHERE position = (SELECT max(position) FROM journal WHERE run = 2)")
  rmSync(storePaths(workspace).index, { force: true })
  await hostOf(workspace)
  const lists = await Promise.all([['runs', '-q', 'status:failed'], ['errors'], ['storage']].map((args) => cairn([...args, '-w', workspace])))
  expect(lists.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0])
  for (const run of runs) expect(lists[0]?.out).toContain(run)
  expect(lists[1]?.out).toContain('nobody is called')
  expect(await cairn(['verify', '-w', workspace])).toMatchObject({ exitCode: 7, out: expect.stringContaining('its digest does not match') })
})
