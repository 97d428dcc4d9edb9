/**
 * Hosts that die of one run among others: which host sets it aside, and what becomes of the others. In the middle of a turn of it, only the
 * place where native code dies is planted: hashing what a step of that run has put out. In between, a step of it kills them.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { WorkflowName } from '../../src/model/ids.ts'
import { ended, runOnce } from '../integration/moments.ts'
import { scratchFolder, workspaceOf } from '../integration/workspaces.ts'
import { HostProcess } from './killed-host.ts'

const letter = WorkflowName.parse('letter')

/** Steps say in the ledger that they began. A check of a run that is harmless takes until the file `open` is there. */
const workflowWith = (ledger: string, open: string): string => `
  import { appendFileSync, existsSync } from 'node:fs'
  import { setTimeout as delay } from 'node:timers/promises'
  import { workflow, z } from 'cairn'

  const begun = ({ idempotencyKey }) => appendFileSync(${JSON.stringify(ledger)}, idempotencyKey + '\\n')

  export default workflow('letter', { version: 1, input: z.object({ harms: z.boolean() }) })
    .step('draft', (given) => (begun(given), 'drafted'))
    .step('check', { needs: ['draft'] }, async (given) => {
      begun(given)
      if (given.input.harms) return ['let', 'hal'].join('')
      while (!existsSync(${JSON.stringify(open)})) await delay(10)
      return 'fine'
    })
    .step('note', { needs: ['check'] }, (given) => (begun(given), 'noted'))
`

/** Run first by a host: it dies as a crash of native code would have it, without a word, in the middle of hashing what is lethal. */
const lethal = `
  import crypto from 'node:crypto'
  import { syncBuiltinESMExports } from 'node:module'
  import { isMainThread } from 'node:worker_threads'

  const { hash } = crypto
  crypto.hash = (algorithm, data, ...more) => {
    if (isMainThread && data.includes('lethal"')) process.kill(process.pid, 'SIGKILL')
    return hash(algorithm, data, ...more)
  }
  syncBuiltinESMExports()
`

test('the host after two that died of a run sets it aside; every other run completes, and nothing of them is done twice', async () => {
  const folder = scratchFolder()
  const [ledger, open, module] = [join(folder, 'ledger'), join(folder, 'open'), join(folder, 'lethal.mjs')]
  writeFileSync(ledger, '')
  writeFileSync(module, lethal)
  const workspace = await workspaceOf({ 'workflows/letter.ts': workflowWith(ledger, open) })
  const begun = (key: string): number => readFileSync(ledger, 'utf8').split('\n').filter((line) => line === `${key}/1/0`).length

  const first = await HostProcess.start(workspace, 'sources', [module])
  const start = async (harms: boolean) => (await first.client.api.runs.start({ workflow: letter, input: { harms } })).id
  const others = await Promise.all([start(false), start(false), start(false)])
  for (const run of others) await runOnce(first.client, run, ({ attempts }) => attempts.some(({ step }) => step === 'check'))
  const culprit = await start(true)
  expect(await first.end()).toBe('SIGKILL')
  expect(await HostProcess.toItsEnd(workspace, [module])).toBe('SIGKILL')

  writeFileSync(open, '')
  const third = await HostProcess.start(workspace)
  const { client } = third
  for (const run of others) {
    expect((await ended(client, run)).record.status).toBe('completed')
    expect(['draft', 'note'].map((step) => begun(`${run}/${step}`))).toEqual([1, 1])
  }
  const { record } = await client.api.runs.get({ run: culprit })
  expect(record).toMatchObject({ status: 'quarantined', failure: { name: 'CrashLoop', message: expect.stringMatching(/^2 hosts ended while they were at work on this run \(\S+Z, \S+Z\)/) } })
  const { recovery } = await client.api.host.info()
  expect(recovery.waiting).toMatchObject([{ run: culprit, wayOut: expect.stringContaining('resume it') }])
  const { entries } = await client.api.journal.list({ limit: 100 })
  expect(entries.flatMap((entry) => (entry.run === null ? entry.events : []))).toContainEqual(
    expect.objectContaining({ type: 'runs_taken_up', recovered: others.length, waiting: 1, failed: 0, named: { waiting: [culprit], failed: [] } }),
  )

  await client.api.runs.resume({ run: culprit, reason: 'what it died of is mended' })
  expect((await ended(client, culprit)).record.status).toBe('completed')
  expect(begun(`${culprit}/draft`)).toBe(1)
  expect(await third.stop()).toBe(0)
}, 120_000)

/** A step of a run that harms kills the host; of one that does not it takes until the file `open` is there. */
const killsHosts = (open: string): string => `
  import { existsSync } from 'node:fs'
  import { setTimeout as delay } from 'node:timers/promises'
  import { workflow, z } from 'cairn'

  export default workflow('letter', { version: 1, input: z.object({ harms: z.boolean() }) })
    .step('check', async ({ input }) => {
      await delay(300)
      while (!existsSync(${JSON.stringify(open)})) input.harms ? process.kill(process.ppid, 'SIGKILL') : await delay(10)
      return 'fine'
    })
`

test('a run of which a step kills the host is set aside by the host after two, where nothing else was under way', async () => {
  const open = join(scratchFolder(), 'open')
  const workspace = await workspaceOf({ 'workflows/letter.ts': killsHosts(open) })
  const first = await HostProcess.start(workspace)
  const { id: culprit } = await first.client.api.runs.start({ workflow: letter, input: { harms: true } })
  expect(await first.end()).toBe('SIGKILL')
  expect(await HostProcess.toItsEnd(workspace, [])).toBe('SIGKILL')

  const third = await HostProcess.start(workspace)
  const { record } = await third.client.api.runs.get({ run: culprit })
  expect(record).toMatchObject({ status: 'quarantined', failure: { name: 'CrashLoop', message: expect.stringMatching(/^2 hosts ended while they were at work on this run \(\S+Z, \S+Z\)/) } })
  expect(await third.stop()).toBe(0)
}, 120_000)

test('a run of which a step kills each host is tried alone and set aside; another that takes as long goes on and completes', async () => {
  const open = join(scratchFolder(), 'open')
  const workspace = await workspaceOf({ 'workflows/letter.ts': killsHosts(open) })
  const first = await HostProcess.start(workspace)
  const start = async (harms: boolean) => (await first.client.api.runs.start({ workflow: letter, input: { harms } })).id
  const other = await start(false)
  await runOnce(first.client, other, ({ attempts }) => attempts.length > 0)
  const culprit = await start(true)
  expect(await first.end()).toBe('SIGKILL')
  for (let host = 2; host <= 4; host += 1) expect(await HostProcess.toItsEnd(workspace, [])).toBe('SIGKILL')

  const fifth = await HostProcess.start(workspace)
  const { client } = fifth
  expect((await client.api.runs.get({ run: culprit })).record).toMatchObject({ status: 'quarantined', failure: { name: 'CrashLoop' } })
  writeFileSync(open, '')
  expect((await ended(client, other)).record.status).toBe('completed')
  await client.api.runs.resume({ run: culprit, reason: 'it harms no more' })
  expect((await ended(client, culprit)).record.status).toBe('completed')
  expect(await fifth.stop()).toBe(0)
}, 120_000)
