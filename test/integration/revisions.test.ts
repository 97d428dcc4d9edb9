import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Client } from '../../src/client/client.ts'
import { WorkflowName } from '../../src/model/ids.ts'
import type { RunRecord } from '../../src/model/run.ts'
import { asked, ended } from './moments.ts'
import { hostOf, workspaceOf } from './workspaces.ts'

const name = WorkflowName.parse('saying')
const file = 'workflows/saying.ts'

/** A workflow that waits for a person, then says its words. */
const saying = (words: string, version: number): string => `
  import { workflow, z } from 'cairn'
  import { end } from './parts/end.ts'
  export default workflow('saying', { version: ${version}, input: z.object({}) })
    .approval('gate', { actions: { primary: 'approve' } })
    .step('say', { needs: ['gate'] }, () => '${words}' + end)
`
const end = (mark: string): string => `export const end = '${mark}'`

const start = (client: Client): Promise<RunRecord> => client.api.runs.start({ workflow: name, input: {} })

/** What the run said in the end, approved. */
async function said(client: Client, { id: run }: RunRecord): Promise<unknown> {
  const { decision } = await asked(client, run)
  await client.api.decisions.decide({ run, decision: decision.id, action: 'approve' })
  await ended(client, run)
  const { outputs } = await client.api.runs.state({ run })
  return Object.entries(outputs).find(([step]) => step === 'say')?.[1][0]?.output
}

/** Resolves once the journal tells, after this position, that the file was loaded or refused. */
async function told(client: Client, after: number, type: 'workflow_loaded' | 'workflow_refused'): Promise<void> {
  for await (const item of client.watchJournal({ after })) {
    if (item.type === 'entry' && item.entry.events.some((event) => event.type === type)) return
  }
}

describe('a run and the code that it was started with', () => {
  test('a run finishes on its own revision after the file changed and the host restarted', async () => {
    const workspace = await workspaceOf({ [file]: saying('old', 1), 'workflows/parts/end.ts': end('.') })
    const first = await hostOf(workspace)
    const run = await start(first.client)
    await asked(first.client, run.id)
    await first.host.close()

    writeFileSync(join(workspace, file), saying('new', 2))
    writeFileSync(join(workspace, 'workflows/parts/end.ts'), end('!'))
    const second = await hostOf(workspace)
    expect(second.host.info().recovery.waiting).toMatchObject([{ run: run.id, why: 'a decision is open' }])
    const younger = await start(second.client)
    expect(await said(second.client, run)).toBe('old.')
    expect(await said(second.client, younger)).toBe('new!')
    const old = await second.client.api.runs.get({ run: run.id })
    expect(old.record).toMatchObject({ status: 'completed', workflowVersion: 1, revision: run.revision })
    expect(younger).toMatchObject({ workflowVersion: 2 })
    expect(younger.revision).not.toBe(run.revision)
  })

  test('a changed import is loaded again by itself, and runs under way keep what they have', async () => {
    const workspace = await workspaceOf({ [file]: saying('same', 1), 'workflows/parts/end.ts': end('.') })
    const { client } = await hostOf(workspace)
    const before = await start(client)
    const { position } = await client.api.host.health()
    writeFileSync(join(workspace, 'workflows/parts/end.ts'), end('!'))
    await told(client, position, 'workflow_loaded')
    const after = await start(client)
    expect(await said(client, after)).toBe('same!')
    expect(await said(client, before)).toBe('same.')
  })

  test('a file that is broken is refused by name with the way out, and the others stay usable', async () => {
    const workspace = await workspaceOf({
      [file]: saying('fine', 1),
      'workflows/parts/end.ts': end('.'),
      'workflows/other.ts': saying('other', 1).replace("'saying'", "'other'"),
    })
    const { client } = await hostOf(workspace)
    const { position } = await client.api.host.health()
    writeFileSync(join(workspace, 'workflows/other.ts'), 'export default 1 +')
    await told(client, position, 'workflow_refused')
    const { workflows } = await client.api.workflows.list()
    expect(workflows).toMatchObject([
      {
        state: 'refused',
        name: 'other',
        file: 'workflows/other.ts',
        failures: [{ message: expect.stringContaining('other.ts') }],
      },
      { state: 'ready', name: 'saying' },
    ])
    await expect(client.api.runs.start({ workflow: WorkflowName.parse('other'), input: {} })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('workflows/other.ts'),
    })
    expect(await said(client, await start(client))).toBe('fine.')
  })

  test('a workflow whose file is gone starts no new run, and ends those under way', async () => {
    const workspace = await workspaceOf({ [file]: saying('last', 1), 'workflows/parts/end.ts': end('.') })
    const first = await hostOf(workspace)
    const run = await start(first.client)
    await asked(first.client, run.id)
    await first.host.close()
    rmSync(join(workspace, 'workflows'), { recursive: true })
    const { client } = await hostOf(workspace)
    await expect(start(client)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await said(client, run)).toBe('last.')
  })
})
