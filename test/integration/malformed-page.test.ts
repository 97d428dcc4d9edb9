/** A store in whose file a page is malformed where a run is to be written: whoever asks is told which file, and what can be done; nobody waits. */
import { closeSync, copyFileSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { type RunId, WorkflowName } from '../../src/model/ids.ts'
import type { Failure } from '../../src/model/failure.ts'
import { storePaths } from '../../src/store/paths.ts'
import { asked, ended } from './moments.ts'
import { cairn, hostOf, workspaceOf } from './workspaces.ts'

const asking = `import { workflow, z } from 'cairn'
export default workflow('asking', { version: 1, input: z.object({}) }).approval('ok', { actions: { primary: 'approve' } })
`
const workflow = WorkflowName.parse('asking')

/** Where entries of a run are looked up: written with each transition, and with nothing of the host's own. */
const index = "SELECT rootpage FROM sqlite_schema WHERE tbl_name = 'journal' AND type = 'index' AND sql LIKE '%run%'"

/** A workspace with a run that waits, whose store has a malformed page since; answers what mends that. */
async function damagedWorkspace(): Promise<{ workspace: string; run: RunId; mend: () => void }> {
  const workspace = await workspaceOf({ 'workflows/asking.ts': asking, 'inputs/none.json': '{}' })
  const { host, client } = await hostOf(workspace)
  const { id: run } = await client.api.runs.start({ workflow, input: {} })
  await asked(client, run)
  await host.close()
  const { store } = storePaths(workspace)
  copyFileSync(store, `${store}.whole`)
  const db = new Database(store)
  const page = db.prepare<[], number>(index).pluck().get() ?? expect.fail('there is no such page')
  const size = Number(db.pragma('page_size', { simple: true }))
  db.close()
  const handle = openSync(store, 'r+')
  writeSync(handle, Buffer.alloc(100, 0xff), 0, 100, (page - 1) * size)
  closeSync(handle)
  return { workspace, run, mend: () => copyFileSync(`${store}.whole`, store) }
}

test('a host that starts on it says so, begins nothing that it cannot store, and ends; mended, its runs go on', async () => {
  const { workspace, run, mend } = await damagedWorkspace()
  const { store } = storePaths(workspace)
  const said: (Failure | null)[] = []
  const { host, client } = await hostOf(workspace, { faulted: (fault) => said.push(fault) })
  const damage = { class: 'corruption', message: expect.stringContaining(store), wayOut: expect.stringContaining('cairn restore-backup FILE') }
  expect(said).toMatchObject([damage])
  expect(host.info().recovery).toMatchObject({ recovered: [], waiting: [], failed: [{ run, reason: expect.stringContaining('malformed') }] })
  const { items } = await client.api.attention.list({})
  expect(items).toContainEqual(expect.objectContaining({ kind: 'alarm', failure: expect.objectContaining(damage) }))

  await expect(client.api.runs.start({ workflow, input: {} })).rejects.toMatchObject({ code: 'CORRUPTION', message: expect.stringContaining(store) })
  await expect(client.api.runs.cancel({ run, reason: null })).rejects.toMatchObject({ code: 'CORRUPTION', message: expect.stringContaining(store) })
  const typed = await cairn(['run', 'asking', '-w', workspace, '--input', join(workspace, 'inputs/none.json')])
  expect(typed.err).toContain(store)
  expect(typed.err).toContain('cairn restore-backup FILE')
  const [first = expect.fail('it said nothing')] = said
  expect(said).toEqual([first])
  await host.close()

  mend()
  const next = await hostOf(workspace)
  const { decision, runVersion } = await asked(next.client, run)
  await next.client.api.decisions.decide({ run, decision: decision.id, seen: runVersion, action: 'approve', note: null })
  expect((await ended(next.client, run)).record.status).toBe('completed')
})
