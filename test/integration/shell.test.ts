/** Programs as steps of real runs: what becomes of their ends, what is foretold of them, and how the command line tells it. */
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import type { Client } from '../../src/client/client.ts'
import { type RunId, StepId, WorkflowName } from '../../src/model/ids.ts'
import type { Json } from '../../src/model/json.ts'
import { asked, ended, runOnce } from './moments.ts'
import { cairn, hostOf, workspaceOf } from './workspaces.ts'

const release = `import { workflow, z } from 'cairn'

const node = (file, ...args) => ({ command: process.execPath, args: [file, ...args] })

export default workflow('release', { version: 1, input: z.object({ place: z.string(), token: z.string().meta({ sensitive: true }).default('') }) })
  .shell('build', { effect: 'none' }, () => ({ ...node('build.mjs'), cwd: 'app' }))
  .shell('test', { effect: 'none', needs: ['build'], exits: { 75: 'transient' }, retry: { attempts: 2, initial: '1ms' } }, () => node('app/test.mjs'))
  .shell('deploy', { needs: ['test'], compensate: () => node('app/undo.mjs') }, ({ input, outputs }) => node('app/deploy.mjs', input.place, outputs.build.stdout.trim(), input.token))
  .step('done', { needs: ['deploy'] }, ({ outputs }) => {
    if (outputs.deploy.stdout.includes('nowhere')) throw new TypeError('that is no place')
    return outputs.deploy.exitCode
  })
`

const files = {
  'workflows/release.ts': release,
  'app/build.mjs': `console.log('v7')`,
  'app/test.mjs': `import { existsSync, rmSync } from 'node:fs'
    if (existsSync('flaky')) { rmSync('flaky'); console.error('the network was away'); process.exit(75) }
    console.log('all green')`,
  'app/deploy.mjs': `import { existsSync } from 'node:fs'
    import { connect } from 'node:net'
    console.log('deploying ' + process.argv[3] + ' to ' + process.argv[2] + ' ' + process.argv[4])
    if (existsSync('broken')) { console.error('permission denied'); process.exit(13) }
    if (existsSync('hanging')) setInterval(() => {}, 1000)
    if (existsSync('connected')) connect(Number(process.argv[2]))`,
  'app/undo.mjs': `console.log('rolled back')`,
}

async function start(client: Client, input: Json): Promise<RunId> {
  return (await client.api.runs.start({ workflow: WorkflowName.parse('release'), input })).id
}

async function said(client: Client, run: RunId, step: string): Promise<readonly string[]> {
  const { signals } = await client.api.runs.signals({ run, step: StepId.parse(step), limit: 100 })
  return signals.flatMap((signal) => (signal.type === 'log' && signal.program !== undefined ? [`${signal.program}: ${signal.message}`] : []))
}

test('programs run in their folder, are tried again where their exit says so, and hand on what they printed', async () => {
  const workspace = await workspaceOf(files)
  writeFileSync(join(workspace, 'flaky'), '')
  const { client, host } = await hostOf(workspace)
  const run = await start(client, { place: 'the moon' })
  const { record, attempts, steps } = await ended(client, run)
  expect(record).toMatchObject({ status: 'completed' })
  expect(attempts.filter(({ step }) => step === 'test').map(({ failure }) => failure?.code ?? null)).toEqual(['EXIT_75', null])
  expect(attempts.map(({ step, effect }) => [step, effect])).toContainEqual(['deploy', 'begun'])
  expect(attempts.map(({ step, effect }) => [step, effect])).toContainEqual(['build', 'none'])
  expect(steps.every(({ status }) => status === 'completed')).toBe(true)
  expect((await client.api.runs.state({ run })).outputs[StepId.parse('deploy')]?.[0]?.output).toMatchObject({ stdout: 'deploying v7 to the moon \n', exitCode: 0 })

  // What an attempt has said is kept a second later at the latest, and with the host's end.
  await host.close()
  const shown = await cairn(['show', run, '-w', workspace])
  expect(shown.out).toMatch(/^ {2}deploy \$ .*app\/deploy\.mjs 'the moon' v7 ''\n {2}deploy = exit code 0 after \d+ ms$/m)
  expect(shown.out).not.toContain('all green')
})

test('one that fails says so in its own words, and what completed before is undone by a program too', async () => {
  const workspace = await workspaceOf(files)
  const { client } = await hostOf(workspace)
  writeFileSync(join(workspace, 'broken'), '')
  const failed = await ended(client, await start(client, { place: 'the moon' }))
  expect(failed.record).toMatchObject({ status: 'failed', failure: { class: 'permanent', code: 'EXIT_13', message: expect.stringMatching(/exit code 13: permission denied$/) } })

  rmSync(join(workspace, 'broken'))
  const run = await start(client, { place: 'nowhere' })
  const undone = await ended(client, run)
  expect(undone.steps.find(({ step }) => step === 'deploy')).toMatchObject({ compensation: 'done' })
  const lines = cairn(['run', 'release', '-w', workspace, '-i', writeInput(workspace, { place: 'nowhere' })])
  expect((await lines).out).toMatch(/deploy │ deploying v7 to nowhere(?:.|\n)*deploy │ rolled back\n(?:.|\n)*deploy = exit code 0/)
})

test('a deployment that is cut off waits for a person, who is told before what would run', async () => {
  const workspace = await workspaceOf(files)
  writeFileSync(join(workspace, 'hanging'), '')
  const { client, host } = await hostOf(workspace)
  const run = await start(client, { place: 'mars' })
  for await (const item of client.watchRun(run, { after: 0 })) if (item.type === 'signal' && item.signal.type === 'log' && item.signal.program === 'stdout' && item.signal.step === 'deploy') break
  await host.close()

  rmSync(join(workspace, 'hanging'))
  const next = await hostOf(workspace)
  const { decision, runVersion } = await asked(next.client, run, 'deploy')
  expect(decision.kind).toBe('in_doubt')
  const { actions } = await next.client.api.decisions.consequences({ run, decision: decision.id })
  const again = actions.find(({ action }) => action === 'did-not-happen')
  expect(again?.outside).toMatchObject([{ step: 'deploy', kind: 'shell', summary: expect.stringMatching(/app\/deploy\.mjs mars v7/) }])
  await next.client.api.decisions.decide({ run, decision: decision.id, seen: runVersion, action: 'happened', note: null, edit: { stdout: 'it is there' } })
  await ended(next.client, run)
  const { outputs } = await next.client.api.runs.state({ run })
  expect(outputs[StepId.parse('deploy')]?.[0]?.output).toMatchObject({ stdout: 'it is there', exitCode: 0 })
})

test('one that hangs ends with its run, once that is cancelled: a person says whether it was there, and it is rolled back', async () => {
  const workspace = await workspaceOf({ ...files, connected: '', 'cairn.config.yaml': 'ending:\n  grace: 0s\n' })
  const receiver = createServer()
  const hears = new Promise<Socket>((resolve) => void receiver.once('connection', resolve))
  receiver.listen(0, '127.0.0.1')
  onTestFinished(() => void receiver.close())
  await once(receiver, 'listening')
  const { client } = await hostOf(workspace)
  const run = await start(client, { place: String(z.object({ port: z.int() }).parse(receiver.address()).port) })
  const deploying = await hears
  const gone = once(deploying.resume().on('error', () => undefined), 'close')
  await client.api.runs.cancel({ run, seen: null, reason: 'enough' })
  const { decision, runVersion } = await asked(client, run, 'deploy')
  await gone
  expect(decision).toMatchObject({ kind: 'in_doubt', failure: { name: 'GraceOver' } })
  await client.api.decisions.decide({ run, decision: decision.id, seen: runVersion, action: 'happened', note: null, edit: { stdout: 'it is there' } })
  const { record, steps } = await ended(client, run)
  expect(record.status).toBe('cancelled')
  expect(steps.find(({ step }) => step === 'deploy')).toMatchObject({ status: 'completed', compensation: 'done' })
})

test('what its run was given that is sensitive leaves the host nowhere', async () => {
  const { client } = await hostOf(await workspaceOf(files))
  const run = await start(client, { place: 'venus', token: 'open-sesame-77' })
  const detail = await runOnce(client, run, ({ record }) => record.endedAt !== null)
  const output = detail.steps.find(({ step }) => step === 'deploy')?.output ?? null
  const { value } = output === null ? { value: null } : await client.api.runs.value({ run, address: output })
  expect(value).toMatchObject({ stdout: 'deploying v7 to venus [hidden: sensitive]\n' })
  expect(JSON.stringify([detail, value, await client.api.runs.state({ run }), await said(client, run, 'deploy')])).not.toContain('sesame')
})

function writeInput(workspace: string, input: Json): string {
  const file = join(workspace, 'input.json')
  writeFileSync(file, JSON.stringify(input))
  return file
}
