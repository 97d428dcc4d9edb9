/** Settings that are changed while a host runs: what comes into force, when, and what is told of it. */
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Client } from '../../src/client/client.ts'
import type { HostEvent, HostEventMap } from '../../src/model/event.ts'
import { WorkflowName } from '../../src/model/ids.ts'
import type { Setting } from '../../src/model/policy/policy-view.ts'
import { asked, ended } from './moments.ts'
import { cairn, hostOf, starterWorkspace, workspaceOf } from './workspaces.ts'

const letter = WorkflowName.parse('letter')
const workflow = `
  import { workflow, z } from 'cairn'
  export default workflow('letter', { version: 1, input: z.object({}) })
    .step('draft', () => 'Dear all')
    .approval('gate', { needs: ['draft'], actions: { primary: 'approve' } })
    .step('send', { needs: ['gate'] }, ({ outputs }) => outputs.draft)
`
const files = { 'workflows/letter.ts': workflow, 'cairn.config.yaml': '' }
const configOf = (workspace: string) => join(workspace, 'cairn.config.yaml')

type Changed = 'policy_changed' | 'policy_refused'

/** Does it, and answers the first event of the kind that the journal tells after that. */
async function told<T extends Changed>(client: Client, type: T, act: () => unknown): Promise<HostEventMap[T]> {
  const { position } = await client.api.host.health()
  await act()
  for await (const item of client.watchJournal({ after: position })) {
    if (item.type !== 'entry' || item.entry.run !== null) continue
    const found = item.entry.events.find((event): event is HostEvent & HostEventMap[T] => event.type === type)
    if (found !== undefined) return found
  }
  throw new Error('the journal ended')
}

async function setting(client: Client, key: string): Promise<Setting> {
  const { settings } = await client.api.policy.get()
  const found = settings.find((each) => each.key === key)
  if (found === undefined) throw new Error(`there is no setting ${key}`)
  return found
}

test('a rule that is written while a run is under way is in force with its next turn, and journaled', async () => {
  const workspace = await workspaceOf(files)
  const { client } = await hostOf(workspace)
  const { id: run } = await client.api.runs.start({ workflow: letter, input: {} })
  const { decision } = await asked(client, run)
  const change = await told(client, 'policy_changed', () => writeFileSync(configOf(workspace), 'workflows:\n  letter:\n    checkpoints: around\n'))
  expect(change.changes).toEqual([{ key: 'checkpoints', workflow: 'letter', step: null, to: 'around', takes: 'now' }])
  expect((await setting(client, 'checkpoints')).said).toEqual([
    { workflow: null, step: null, value: 'defined', line: null },
    { workflow: 'letter', step: null, value: 'around', line: 3 },
  ])

  await client.api.decisions.decide({ run, decision: decision.id, action: 'approve' })
  await ended(client, run)
  const { checkpoints } = await client.api.runs.checkpoints({ run })
  expect(checkpoints.filter(({ type, step }) => type === 'step_start' && step !== null).map(({ step }) => step)).toEqual(['send'])
})

test('of a workflow that takes them around each step, the file says for one step that it does not', async () => {
  const around = workflow.replace('version: 1', "version: 1, checkpoints: 'around'")
  const workspace = await workspaceOf({ 'workflows/letter.ts': around, 'cairn.config.yaml': 'workflows: { letter: { steps: { draft: { checkpoints: after } } } }\n' })
  const { client } = await hostOf(workspace)
  const { id: run } = await client.api.runs.start({ workflow: letter, input: {} })
  const { decision } = await asked(client, run)
  await client.api.decisions.decide({ run, decision: decision.id, action: 'approve' })
  await ended(client, run)
  const { checkpoints } = await client.api.runs.checkpoints({ run })
  expect(checkpoints.filter(({ type, step }) => type === 'step_start' && step !== null).map(({ step }) => step)).toEqual(['gate', 'send'])
})

test('a file that is wrong changes nothing, and is told of until it is mended', async () => {
  const workspace = await workspaceOf({ ...files, 'cairn.config.yaml': 'detection: { loops: { max_repeats: 7 } }\n' })
  const { client } = await hostOf(workspace)
  const refused = await told(client, 'policy_refused', () => writeFileSync(configOf(workspace), 'checkpoints: around\ndetection: { loops: { max_repeats: 1 } }\nretension: {}\n'))
  expect(refused.faults).toEqual([
    { line: 2, message: 'detection.loops.max_repeats should be a whole number from 2 to 1000, not 1' },
    { line: 3, message: expect.stringContaining('did you mean retention?') },
  ])
  expect(await client.api.policy.get()).toMatchObject({ refused: { faults: refused.faults } })
  expect((await setting(client, 'detection.loops.max_repeats')).said[0]?.value).toBe(7)
  expect((await setting(client, 'checkpoints')).said[0]?.value).toBe('defined')
  const attention = async () => (await client.api.attention.list({})).items.filter(({ kind }) => kind === 'policy_refused')
  expect(await attention()).toMatchObject([{ faults: refused.faults }])
  const shown = await cairn(['config', '--workspace', workspace])
  expect(shown.err).toContain('line 3: retension is no setting')
  expect(shown.out).toMatch(/^detection\.loops\.max_repeats +7 +line 1$/m)

  const mended = await told(client, 'policy_changed', () => writeFileSync(configOf(workspace), '# as it was\ndetection: { loops: { max_repeats: 7 } }\n'))
  expect(mended.changes).toEqual([])
  expect(await client.api.policy.get()).toMatchObject({ refused: null })
  expect(await attention()).toEqual([])
})

test('what is secret is in no answer and no entry, and mail goes the new way at once', async () => {
  const workspace = await workspaceOf(files)
  const { client } = await hostOf(workspace)
  expect((await client.api.host.info()).mail).toMatchObject({ to: 'catcher' })
  const change = await told(client, 'policy_changed', () => {
    writeFileSync(configOf(workspace), 'smtp:\n  url: smtp://ada:secret@127.0.0.1:2525\n  from: Ada <ada@example.com>\n')
  })
  expect(change.changes).toEqual([
    { key: 'smtp.url', workflow: null, step: null, from: null, to: '(not shown)', takes: 'now' },
    { key: 'smtp.from', workflow: null, step: null, from: null, to: 'Ada <ada@example.com>', takes: 'now' },
  ])
  const other = await told(client, 'policy_changed', () => {
    writeFileSync(configOf(workspace), 'smtp:\n  url: smtp://ada:secreter@127.0.0.1:2526\n  from: Ada <ada@example.com>\n')
  })
  expect(other.changes).toEqual([{ key: 'smtp.url', workflow: null, step: null, from: '(not shown)', to: '(not shown)', takes: 'now' }])
  expect((await client.api.host.info()).mail).toEqual({ to: 'server', smtp: '127.0.0.1:2526' })
  const answers = [await client.api.policy.get(), await client.api.journal.list({ limit: 100 }), await cairn(['config', '--json', '--workspace', workspace])]
  expect(JSON.stringify(answers)).not.toContain('secret')
})

test('what a host takes when it starts is shown with what is written since', async () => {
  const workspace = await workspaceOf(files)
  const first = await hostOf(workspace)
  const change = await told(first.client, 'policy_changed', () => writeFileSync(configOf(workspace), 'store:\n  value_limit: 2MB\n'))
  expect(change.changes).toEqual([{ key: 'store.value_limit', workflow: null, step: null, from: '10MB', to: '2MB', takes: 'start' }])
  expect((await setting(first.client, 'store.value_limit')).said).toEqual([{ workflow: null, step: null, value: '10MB', line: 2, next: '2MB' }])
  expect((await cairn(['config', '--workspace', workspace])).out).toMatch(/^store\.value_limit +10MB +line 2 +2MB from the next start on$/m)
  first.client.close()
  await first.host.close()
  const { client } = await hostOf(workspace)
  expect((await setting(client, 'store.value_limit')).said).toEqual([{ workflow: null, step: null, value: '2MB', line: 2 }])
})

test('bounds of what is kept are in force at once', async () => {
  const workspace = await workspaceOf(files)
  const { client } = await hostOf(workspace)
  expect((await client.api.retention.plan()).isBounded).toBe(false)
  await told(client, 'policy_changed', () => writeFileSync(configOf(workspace), 'workflows: { letter: { retention: { max_runs: 0 } } }\n'))
  expect((await client.api.retention.plan()).isBounded).toBe(true)
})

test('where the first bound is set while a host runs, it is said that the store keeps its size until the next start', async () => {
  const long = workflow.replace("'Dear all'", 'Array.from({ length: 9_000 }, () => Math.random())')
  const workspace = await workspaceOf({ ...files, 'workflows/letter.ts': long })
  const { host, client } = await hostOf(workspace)
  const { id: run } = await client.api.runs.start({ workflow: letter, input: {} })
  await client.api.decisions.decide({ run, decision: (await asked(client, run)).decision.id, action: 'approve' })
  await ended(client, run)
  await told(client, 'policy_changed', () => writeFileSync(configOf(workspace), 'retention: { max_runs: 0 }\n'))
  expect((await cairn(['retention', '--workspace', workspace])).out).toContain('keeps its size until a host starts next')
  expect((await cairn(['retention', '--apply', '--workspace', workspace])).out).toMatch(/removed 1 run and \d+ checkpoints, .*the store keeps its size until the host starts again/)
  expect((await cairn(['retention', '--workspace', workspace])).out).toMatch(/nothing is to go[^]*keeps its size until a host starts next/i)
  await host.close()

  const next = await hostOf(workspace)
  expect(await next.client.api.retention.plan()).toMatchObject({ givesBack: true, free: 0 })
  expect((await cairn(['retention', '--workspace', workspace])).out).not.toContain('keeps its size')
})

test('the log holds as much as the file says, from the next line on', async () => {
  const workspace = await workspaceOf(files)
  const { client, host } = await hostOf(workspace)
  await told(client, 'policy_changed', () => writeFileSync(configOf(workspace), 'debugging: { log_level: warn }\n'))
  const { id: run } = await client.api.runs.start({ workflow: letter, input: {} })
  await asked(client, run)
  client.close()
  await host.close()
  const logs = join(workspace, '.cairn', 'logs')
  const log = readdirSync(logs).map((name) => readFileSync(join(logs, name), 'utf8')).join('')
  expect(log).toContain('policy_changed')
  expect(log).not.toContain('run_created')
})

test('a file that takes the place of another is noticed, and one that is taken away leaves the defaults', async () => {
  const workspace = await workspaceOf({ ...files, 'cairn.config.yaml': 'checkpoints: after\n' })
  const { client } = await hostOf(workspace)
  const file = configOf(workspace)
  const renamed = await told(client, 'policy_changed', () => {
    writeFileSync(`${file}.new`, 'checkpoints: around\n')
    renameSync(file, `${file}~`)
    renameSync(`${file}.new`, file)
  })
  expect(renamed.changes).toMatchObject([{ from: 'after', to: 'around' }])
  const gone = await told(client, 'policy_changed', () => rmSync(file))
  expect(gone.changes).toMatchObject([{ from: 'around', to: 'defined' }])
})

test('what is said of workflows and steps that are not here is told of, with the nearest that are', async () => {
  const greedy = "import { workflow, z } from 'cairn'\nexport default workflow('greedy', { version: 1, input: z.any() }).step('take', { uses: { license: 3, gate: 1 } }, () => null)\n"
  const workspace = await workspaceOf({ ...files, 'workflows/greedy.ts': greedy, 'cairn.config.yaml': 'workflows:\n  leter: {}\n  letter:\n    steps:\n      drft: {}\n      send: {}\nresources:\n  license: 2\n  gate: 0\n' })
  const { client } = await hostOf(workspace)
  const { strangers } = await client.api.policy.get()
  expect(strangers).toEqual([
    { line: 2, message: 'workflows.leter: there is no such workflow here; did you mean letter?' },
    { line: 5, message: 'workflows.letter.steps.drft: letter has no such step; did you mean draft?' },
    { line: 8, message: 'resources.license: there is 2 of it, and take of greedy wants 3: a person is asked whenever it is to start' },
  ])
  expect((await cairn(['config', '--workspace', workspace])).err).toContain('line 2: workflows.leter')
})

test('REST answers what is in force', async () => {
  const { host } = await hostOf(await workspaceOf(files), { port: 0 })
  const authorization = `Bearer ${readFileSync(host.tokenFile, 'utf8').trim()}`
  const answer = await fetch(`${host.url}/api/v1/policy`, { headers: { authorization } })
  expect(await answer.json()).toMatchObject({ refused: null, settings: expect.arrayContaining([expect.objectContaining({ key: 'checkpoints', reach: 'step', usual: 'defined' })]) })
})

test('a file is checked without a host', async () => {
  const workspace = await starterWorkspace()
  const file = configOf(workspace)
  expect(await cairn(['config', '--check', file])).toMatchObject({ exitCode: 0, out: `${file} will do` })
  writeFileSync(file, 'colour: red\n')
  expect(await cairn(['config', '--check', file])).toMatchObject({ exitCode: 14, out: expect.stringContaining('line 1: colour is no setting') })
  const { exitCode, out } = await cairn(['config', '--json', '--check', file])
  expect({ exitCode, ...JSON.parse(out) }).toMatchObject({ exitCode: 14, file, faults: [{ line: 1 }] })
  rmSync(file)
  expect(await cairn(['config', '--check', file])).toMatchObject({ exitCode: 2, err: expect.stringContaining('is not there') })
})

test('without a host the file is told as it is, or refused', async () => {
  const workspace = await workspaceOf({ ...files, 'cairn.config.yaml': 'retention:\n  max_age: 90d\n' })
  const { exitCode, out } = await cairn(['config', '--workspace', workspace])
  expect(exitCode).toBe(0)
  expect(out).toMatch(/^retention\.max_age +90d +line 2$/m)
  expect(out).toMatch(/^retention\.max_runs +none +default$/m)
  writeFileSync(configOf(workspace), 'retention:\n  max_age: 90\n')
  expect(await cairn(['config', '--workspace', workspace])).toMatchObject({ exitCode: 14, err: expect.stringContaining('line 2: retention.max_age should be') })
})
