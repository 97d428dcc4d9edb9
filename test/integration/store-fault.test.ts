/** What is answered while the store takes nothing: the exit code of the store, with the cause and the way out. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { WorkflowName } from '../../src/model/ids.ts'
import { storePaths } from '../../src/store/paths.ts'
import { asked, runOnce } from './moments.ts'
import { cairn, hostOf, workspaceOf } from './workspaces.ts'

const files = {
  'workflows/asking.ts': `import { workflow, z } from 'cairn'
    export default workflow('asking', { version: 1, input: z.object({}) }).approval('ok', { actions: { primary: 'approve' } })`,
  'workflows/late.ts': `import { workflow, z } from 'cairn'
    export default workflow('late', { version: 1, input: z.object({}) }).step('fail', () => { throw new Error('not now') })`,
  'cairn.config.yaml': 'workflows: { late: { recovery: { chain: [dead_letter] } } }\n',
  'inputs/none.json': '{}',
}

test('while another process holds the store, each command that would write ends with the exit code of the store', async () => {
  const workspace = await workspaceOf(files)
  const { host, client } = await hostOf(workspace, { port: 0 })
  const at = (...args: string[]) => cairn([...args, '-w', workspace])
  const { id: run } = await client.api.runs.start({ workflow: WorkflowName.parse('asking'), input: {} })
  await asked(client, run)
  const { id: late } = await client.api.runs.start({ workflow: WorkflowName.parse('late'), input: {} })
  await runOnce(client, late, ({ record }) => record.waiting === 'dead_letter')
  const other = new Database(storePaths(workspace).store)
  onTestFinished(() => void other.close())
  other.exec('BEGIN IMMEDIATE')

  const writing: readonly string[][] = [
    ['run', 'asking', '-i', join(workspace, 'inputs/none.json')],
    ['checkpoint', run],
    ['pause', run],
    ['cancel', run],
    ['decide', run, 'approve'],
    ['keep', run],
    ['name-branch', run, '0', 'first'],
    ['restore', run, '0', '--yes'],
    ['replay', run, '0'],
    ['drain', late],
    ['discard', late, '--reason', 'too late', '--yes'],
  ]
  for (const words of writing) {
    const { exitCode, out, err } = await at(...words)
    expect(out + err, words.join(' ')).toMatch(/another process holds it .*: close whatever else has it open/)
    expect(exitCode, words.join(' ')).toBe(12)
  }
  const headers = { authorization: `Bearer ${readFileSync(host.tokenFile, 'utf8').trim()}`, 'content-type': 'application/json' }
  const answer = await fetch(`${host.url}/api/v1/runs/${run}/pause`, { method: 'POST', headers, body: '{}' })
  expect(answer.status).toBe(503)
  expect(await answer.json()).toMatchObject({ code: 'UNAVAILABLE', data: { fault: 'held' } })

  other.exec('ROLLBACK')
  expect(await at('cancel', run)).toMatchObject({ exitCode: 0 })
})
