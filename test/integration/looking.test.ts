import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { connectWeb } from '../../src/client/web.ts'
import { startLookHost } from '../../src/host/look.ts'
import { layoutOf } from '../../src/host/workspace/layout.ts'
import { WorkflowName } from '../../src/model/ids.ts'
import { storePaths } from '../../src/store/paths.ts'
import { newPatrol } from '../../src/store/verify/patrol.ts'
import { writePatrol } from '../../src/store/verify/patrol-file.ts'
import { start } from '../../src/store/verify/place.ts'
import { bundledEntry } from '../bundled-program.ts'
import { compiledOnce } from '../compiled-once.ts'
import { asked } from './moments.ts'
import { cairn, hostOf, scratchFolder, starterWorkspace } from './workspaces.ts'

const workflow = WorkflowName.parse('greeting')

async function looking(workspace: string) {
  const troubles: string[] = []
  const host = await startLookHost({ workspace, port: 0, troubled: (what) => troubles.push(what) })
  const client = connectWeb(host.url ?? '', host.token)
  onTestFinished(async () => {
    client.close()
    await host.close()
    expect(troubles).toEqual([])
  })
  return client
}

/** What stands in the folder of the store, without what SQLite keeps there for whoever reads, and what its owner writes now and then. */
const files = (workspace: string) =>
  readdirSync(storePaths(workspace).folder).filter((name) => !/-(?:shm|wal)$|^(?:anchor|index|patrol)\./.test(name))

test('a store that another host has open is shown, and nothing of it can be changed', async () => {
  const workspace = await starterWorkspace()
  const { client } = await hostOf(workspace)
  const { id: run } = await client.api.runs.start({ workflow, input: { name: 'Ada', address: 'ada@example.com' } })
  const { decision } = await asked(client, run)
  const before = files(workspace)
  const { position } = await client.api.host.health()

  const { api } = await looking(workspace)
  expect(await api.host.info()).toMatchObject({ looks: true, workspace, executors: null })
  expect(await api.runs.search({ query: 'status:waiting', offset: 0, limit: 10 })).toMatchObject({ total: 1, runs: [{ id: run }] })
  expect(await api.runs.get({ run })).toMatchObject({ record: { id: run, status: 'waiting' } })
  expect(await api.runs.state({ run, checkpoint: 0 })).toMatchObject({ checkpoint: { number: 0 } })
  expect((await api.attention.list({})).items).toMatchObject([{ kind: 'decision' }])
  const refused = expect.objectContaining({ code: 'UNAVAILABLE' })
  await expect(api.runs.cancel({ run })).rejects.toEqual(refused)
  await expect(api.decisions.decide({ run, decision: decision.id, action: 'approve' })).rejects.toEqual(refused)
  await expect(api.runs.restore({ run, checkpoint: 0 })).rejects.toEqual(refused)
  expect(await client.api.host.health()).toMatchObject({ position })
  expect(files(workspace)).toEqual(before)
})

test('what a host cannot open can be looked at still, as far as it can be read', async () => {
  const workspace = await starterWorkspace()
  const { host, client } = await hostOf(workspace)
  const { id: run } = await client.api.runs.start({ workflow, input: { name: 'Ada', address: 'ada@example.com' } })
  await asked(client, run)
  await host.close()
  writeFileSync(layoutOf(workspace).config, 'store: { durability: eternal }')
  const { anchor, patrol } = storePaths(workspace)
  const finding = { object: 'value', key: 'l/a', detail: 'its bytes do not have this address', run, nearest: 1 }
  const found = [{ ...finding, place: start }]
  await writePatrol(patrol, { patrol: { ...newPatrol, found }, checkedAt: 1, wholeAt: null })
  rmSync(anchor)
  const { api } = await looking(workspace)
  expect(await api.runs.get({ run })).toMatchObject({ record: { id: run } })
  expect(await api.host.info(), 'what was found of it before').toMatchObject({ alarm: { name: 'AnchorLost' } })
  expect(await api.integrity.get()).toMatchObject({ check: { findings: 2 }, findings: [{ object: 'journal', key: 'anchor' }, finding] })
  const { items } = await api.attention.list({})
  expect(items.map(({ kind }) => kind)).toEqual(['alarm', 'damage', 'decision', 'policy_refused'])
})

test('a host that does not start says why, and what can be done, as commands', async () => {
  const workspace = await starterWorkspace()
  const { host } = await hostOf(workspace)
  const owned = await cairn(['serve', '-w', workspace])
  expect(owned.exitCode).toBe(10)
  expect(owned.err).toContain(`is open in process ${process.pid}`)
  expect(owned.err).toContain(`npx cairn serve --read-only --workspace ${workspace}`)
  expect(owned.err).not.toContain('restore-backup')
  const { out } = await cairn(['backup', '-w', workspace])
  await host.close()

  const { store } = storePaths(workspace)
  const whole = readFileSync(store)
  writeFileSync(store, whole.subarray(0, 5_000))
  const damaged = await cairn(['serve', '-w', workspace])
  expect(damaged.exitCode).toBe(12)
  const [, backup = ''] = /backed up to (\S+\.db)/.exec(out) ?? []
  expect(damaged.err).toContain(`npx cairn restore-backup ${backup} --workspace ${workspace}`)
  expect(damaged.err).not.toContain('--read-only')
  const looked = await cairn(['serve', '--read-only', '-w', workspace])
  expect(looked).toMatchObject({ exitCode: 12, err: expect.stringContaining('restore-backup') })
  const again = await cairn(['restore-backup', backup, '-w', workspace])
  expect(again, again.err).toMatchObject({ exitCode: 0 })
  expect((await hostOf(workspace)).host.info()).toMatchObject({ alarm: null })
})

test('a store that cannot be looked at is told of by its own name, and not by that of the copy that was looked at', async () => {
  const workspace = await starterWorkspace()
  await cairn(['runs', '-w', workspace])
  const { store } = storePaths(workspace)
  const db = new Database(store)
  db.pragma('user_version = 999')
  db.close()
  expect(await cairn(['serve', '--read-only', '-w', workspace])).toMatchObject({ exitCode: 11, err: expect.stringContaining(`${store} has schema 999`) })
})

// Only Linux sets limits of what a process may write.
test.runIf(process.platform === 'linux')('a host that finds no room says so, and what can be done', async () => {
  const workspace = await starterWorkspace()
  const args = ['--fsize=20000', process.execPath, bundledEntry('cli'), 'serve', '--trust', '-w', workspace]
  const { status, stderr } = spawnSync('prlimit', args, { encoding: 'utf8', env: compiledOnce })
  expect(stderr).toMatch(/store\.db cannot be used: (?:its disk is full|the disk fails)/)
  expect(stderr).toContain('npx cairn serve --workspace FOLDER')
  expect(stderr, 'no backup could be put there').not.toContain('restore-backup')
  expect(status).toBe(12)
})

test('a place that is no workspace is not looked at', async () => {
  expect(await cairn(['serve', '--read-only', '-w', join(scratchFolder(), 'nowhere')])).toMatchObject({ exitCode: 16 })
})
