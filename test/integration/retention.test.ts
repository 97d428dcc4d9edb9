/** What retention leaves to a run that goes on, over the contract, on a real host. */
import { expect, test } from 'vitest'
import type { Client } from '../../src/client/client.ts'
import { WorkflowName } from '../../src/model/ids.ts'
import { goingInWords, type Retained } from '../../src/model/retention.ts'
import { asked, runOnce } from './moments.ts'
import { cairn, hostOf, workspaceOf } from './workspaces.ts'

const files = {
  'cairn.config.yaml': 'retention: { max_checkpoints: 1 }\nworkflows: { pay: { retention: { max_runs: 0 } }, order: { retention: { max_checkpoints: null } } }\n',
  'workflows/deploy.ts': `
    import { PermanentError, workflow, z } from 'cairn'
    export default workflow('deploy', { version: 1, input: z.object({}) })
      .step('build', () => 'built')
      .step('stage', { needs: ['build'], savepoint: 'before-deploy', compensate: () => undefined }, () => 'staged')
      .step('live', { needs: ['stage'] }, () => 'deployed')
      .approval('look', { needs: ['live'], actions: { primary: 'approve', secondary: ['reject'] } })
      .step('verify', { needs: ['look'], onFailure: { rollbackTo: 'before-deploy' } }, () => {
        throw new PermanentError('it is not reachable')
      })
  `,
  'workflows/paper.ts': `
    import { PermanentError, workflow, z } from 'cairn'
    export default workflow('paper', { version: 1, input: z.object({}) })
      .step('write', () => 'a text')
      .step('check', { needs: ['write'], onFailure: 'ask' }, () => {
        throw new PermanentError('it is not true')
      })
      .step('print', { needs: ['write'] }, () => 'printed')
      .step('bind', { needs: ['print'] }, () => 'bound')
      .step('sell', { needs: ['check', 'bind'] }, () => 'sold')
  `,
  'workflows/order.ts': `
    import { workflow, z } from 'cairn'
    import pay from './pay.ts'
    export default workflow('order', { version: 1, input: z.object({}) })
      .step('before', () => 'ready')
      .workflow('pay', { needs: ['before'] }, pay, () => ({}))
      .approval('ship', { needs: ['pay'], actions: { primary: 'approve', secondary: ['reject'] } })
  `,
  'workflows/pay.ts': `
    import { workflow, z } from 'cairn'
    export default workflow('pay', { version: 1, input: z.object({}) })
      .step('charge', { compensate: () => undefined }, () => 'charged')
  `,
}

async function started(workflow: string) {
  const workspace = await workspaceOf(files)
  const { client } = await hostOf(workspace)
  const { id: run } = await client.api.runs.start({ workflow: WorkflowName.parse(workflow), input: {} })
  const { decision } = await asked(client, run)
  return { client, run, decision, workspace }
}

async function removed({ api }: Client): Promise<Retained> {
  for await (const item of await api.retention.apply({})) if (item.type === 'finished') return item
  throw new Error('the stream was cut off')
}

test('a run whose failure leads back to a savepoint goes back there, and asks again', async () => {
  const { client, run, decision } = await started('deploy')
  expect((await removed(client)).removed.checkpoints).toBeGreaterThan(0)
  await client.api.decisions.decide({ run, decision: decision.id, action: 'approve' })
  await runOnce(client, run, ({ record }) => record.branch === 1)
  expect((await asked(client, run)).decision).toMatchObject({ step: 'look', branch: 1 })
})

test('whoever means a checkpoint that was removed is told so, when it was, and which are the nearest that stay', async () => {
  const { client, run, workspace } = await started('deploy')
  await removed(client)
  const { branches } = await client.api.runs.branches({ run })
  const [gone] = branches.flatMap((branch) => branch.removed)
  if (gone === undefined) throw new Error('nothing was removed')
  const said = expect.stringMatching(new RegExp(`retention removed it on \\d{4}-\\d\\d-\\d\\d by max_checkpoints; checkpoint ${gone.last + 1} is the nearest that stays`))
  for (const command of ['restore', 'replay', 'preview', 'state']) {
    expect(await cairn([command, run, String(gone.last), '-w', workspace])).toMatchObject({ exitCode: 2, err: said })
  }
  expect(await cairn(['diff', run, String(gone.last), String(gone.last + 1), '-w', workspace])).toMatchObject({ exitCode: 2, err: said })
})

test('a question about a failure is answered as it offers', async () => {
  const { client, run, decision } = await started('paper')
  await runOnce(client, run, ({ steps }) => steps.some(({ step, status }) => step === 'bind' && status === 'completed'))
  await removed(client)
  expect(await client.api.decisions.decide({ run, decision: decision.id, action: 'restore' })).toMatchObject({ branch: 1 })
})

test('a run that a person keeps says so, by whom and why', async () => {
  const workspace = await workspaceOf(files)
  const { client } = await hostOf(workspace)
  const { id: run } = await client.api.runs.start({ workflow: WorkflowName.parse('deploy'), input: {} })
  await asked(client, run)
  expect(await cairn(['keep', run, '--reason', 'for the auditors', '-w', workspace])).toMatchObject({ exitCode: 0 })
  const kept = await client.api.runs.get({ run })
  expect((await cairn(['show', run, '-w', workspace])).out).toMatch(new RegExp(`kept +whatever retention says, by ${kept.record.kept?.by.name ?? fail('nobody')}: for the auditors`))
  expect(await cairn(['keep', run, '--undo', '-w', workspace])).toMatchObject({ exitCode: 0 })
  expect((await cairn(['show', run, '-w', workspace])).out).not.toContain('whatever retention says')
})

test('what goes of a run that stays is told apart from runs that go, and of one that is kept by whom and why', async () => {
  const workspace = await workspaceOf({ ...files, 'cairn.config.yaml': 'retention: { max_runs: 0, max_checkpoints: 1 }\n' })
  const { client } = await hostOf(workspace)
  const { api } = client
  const [goes, stays, waits] = await Promise.all(
    ['pay', 'pay', 'deploy'].map((workflow) => api.runs.start({ workflow: WorkflowName.parse(workflow), input: {} })),
  )
  if (goes === undefined || stays === undefined || waits === undefined) throw new Error('not all have begun')
  for (const { id } of [goes, stays]) await runOnce(client, id, ({ record }) => record.status === 'completed')
  await asked(client, waits.id)
  const { kept } = await api.runs.keep({ run: stays.id, keep: true, reason: 'for the auditors' })

  const { total, trimmed } = await api.retention.plan()
  expect([total.runs, trimmed.runs]).toEqual([1, 1])
  expect(trimmed.checkpoints).toBeLessThan(total.checkpoints)
  const goesInWords = goingInWords(1, trimmed)
  expect(goesInWords).toMatch(/^1 run and \d+ checkpoints? of 1 run that stays$/)
  const { out } = await cairn(['retention', '-w', workspace])
  expect(out).toContain(`To go: ${goesInWords}.`)
  expect(out).toContain(`${kept?.by.name ?? fail('nobody')} keeps it: for the auditors (cairn keep --undo lets it go)`)
  expect((await cairn(['retention', '--apply', '-w', workspace])).out).toContain(`removed ${goesInWords}, `)
})

test('a run that has ended and is sent back undoes its child, whatever the bounds of that are', async () => {
  const { client, run, decision } = await started('order')
  const { api } = client
  await api.decisions.decide({ run, decision: decision.id, action: 'approve' })
  const { steps } = await runOnce(client, run, ({ record }) => record.status === 'completed')
  const child = steps.find(({ step }) => step === 'pay')?.child ?? fail('it has no child')
  expect((await api.retention.plan()).staying).toMatchObject([{ run: child, why: 'child' }])
  await removed(client)

  const { checkpoints } = await api.runs.checkpoints({ run })
  const paid = checkpoints.findLast(({ step, type }) => step === 'pay' && type === 'step_complete') ?? fail('its step did not complete')
  await api.runs.restore({ run, checkpoint: paid.number })
  await asked(client, run, 'ship')
  await api.runs.cancel({ run })
  await runOnce(client, run, ({ record }) => record.status === 'cancelled')
  expect((await api.runs.get({ run: child })).record.status).toBe('cancelled')
})

function fail(why: string): never {
  throw new Error(why)
}
