/** What a host does with a run over which hosts before it have ended. */
import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { WorkflowName } from '../../src/model/ids.ts'
import { layoutOf } from '../../src/host/workspace/layout.ts'
import { asked, ended } from './moments.ts'
import { hostOf, workspaceOf } from './workspaces.ts'

const name = WorkflowName.parse('saying')
const saying = `
  import { workflow, z } from 'cairn'
  export default workflow('saying', { version: 1, input: z.object({}) })
    .approval('gate', { actions: { primary: 'approve' } })
    .step('say', { needs: ['gate'] }, () => 'said')
`

test('a run that brought two hosts down is set aside, told of, and goes on once a person says so', async () => {
  const workspace = await workspaceOf({ 'workflows/saying.ts': saying })
  const first = await hostOf(workspace)
  const { id: run } = await first.client.api.runs.start({ workflow: name, input: {} })
  await asked(first.client, run)
  await first.host.close()

  // As a second host leaves it that ended in the middle of taking the run up.
  const { takeUps } = layoutOf(workspace)
  writeFileSync(takeUps, JSON.stringify({ ends: [[run, 1]], underWay: [run] }))
  const { host, client } = await hostOf(workspace)
  expect(host.info().recovery).toMatchObject({ recovered: [], waiting: [{ run, why: expect.stringContaining('2 hosts ended') }], failed: [] })
  expect((await client.api.runs.get({ run })).record).toMatchObject({ status: 'quarantined', failure: { name: 'CrashLoop' } })
  const { entries } = await client.api.journal.list({ limit: 50 })
  expect(entries.flatMap((entry) => (entry.run === null ? entry.events : []))).toContainEqual(
    expect.objectContaining({ type: 'runs_taken_up', recovered: 0, waiting: 1, failed: 0, named: { waiting: [run], failed: [] } }),
  )

  await client.api.runs.resume({ run, reason: 'looked at' })
  const { decision } = await asked(client, run)
  await client.api.decisions.decide({ run, decision: decision.id, action: 'approve' })
  await ended(client, run)
})
