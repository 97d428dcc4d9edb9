import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
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
import { cairnReadOnly, canMount } from './mounted-read-only.ts'
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

/** Every file of the store's folder, with what it holds, without what SQLite keeps there for whoever reads. */
const held = (workspace: string) => {
  const { folder } = storePaths(workspace)
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile() && !/-(?:shm|wal)$/.test(each.name))
  return Object.fromEntries(entries.map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), 'latin1')]))
}

/** A workspace with a run, and no host. */
async function ended() {
  const workspace = await starterWorkspace()
  const { host, client } = await hostOf(workspace)
  const { id: run } = await client.api.runs.start({ workflow, input: { name: 'Ada', address: 'ada@example.com' } })
  await asked(client, run)
  await host.close()
  return { workspace, run }
}

function spoil(workspace: string): void {
  const db = new Database(storePaths(workspace).store)
  db.exec("UPDATE value SET body = CAST(body || x'20' AS BLOB) WHERE rowid = (SELECT max(rowid) FROM value)")
  db.close()
}

describe('whoever looks at a store', () => {
  test.each([['where it lies', false], ['in a copy, where SQLite cannot read it there', true]])('can verify it %s: what that comes to is shown, and written nowhere', async (_, isCopied) => {
    const { workspace, run } = await ended()
    spoil(workspace)
    // SQLite cannot make its file there, as on a disk that is mounted read-only.
    if (isCopied) mkdirSync(`${storePaths(workspace).store}-shm`)
    const before = held(workspace)
    const { api } = await looking(workspace)
    const items = []
    for await (const item of await api.integrity.verify()) items.push(item)
    const finding = { object: 'value', run, detail: 'its bytes do not have this address' }
    expect(items.at(0)).toMatchObject({ type: 'progress' })
    expect(items.at(-1)).toMatchObject({ type: 'finished', findings: [finding], checked: { runs: 1 } })
    expect(await api.integrity.get()).toMatchObject({ check: { findings: 1, wholeAt: expect.any(Number) }, findings: [finding] })
    expect((await api.metrics.now({})).integrity).toMatchObject({ findings: 1 })
    expect(await api.host.info()).toMatchObject({ alarm: { name: 'StoreDamaged' } })
    expect(held(workspace)).toEqual(before)
  })

  test('and verifies a copy of it is told of what is wrong by the name of the store, its anchor held against it, too', async () => {
    const { workspace } = await ended()
    const { store, anchor } = storePaths(workspace)
    mkdirSync(`${store}-shm`)
    const whole = await looking(workspace)
    for await (const item of await whole.api.integrity.verify()) if (item.type === 'finished') expect(item.findings).toEqual([])
    rmSync(anchor)
    const { api } = await looking(workspace)
    for await (const item of await api.integrity.verify()) {
      if (item.type === 'finished') expect(item.findings).toMatchObject([{ object: 'journal', key: 'anchor', detail: expect.stringContaining(`${anchor} is missing`) }])
    }
  })
})

describe.runIf(canMount)('a command of a workspace that is mounted read-only', () => {
  test('that only reads answers all the same, says that it only looks and why, and changes nothing', async () => {
    const { workspace, run } = await ended()
    const verified = cairnReadOnly(workspace, ['verify'])
    expect(verified, verified.err).toMatchObject({ exitCode: 0, out: expect.stringContaining('every byte is what was written, of 1 run, ') })
    expect(verified.err).toMatch(/^only looking, at a copy: .*\.cairn cannot be used: it may only be read .*: make the file and its file system writable$/m)
    expect(cairnReadOnly(workspace, ['show', run, '--json'])).toMatchObject({ exitCode: 0, out: expect.stringContaining(run) })
    spoil(workspace)
    const before = readdirSync(storePaths(workspace).folder)
    const spoilt = cairnReadOnly(workspace, ['verify'])
    expect(spoilt).toMatchObject({ exitCode: 7, err: expect.stringContaining('nothing can be written there, so this only looked') })
    expect(spoilt.err).not.toContain('looks there first')
    expect(readdirSync(storePaths(workspace).folder)).toEqual(before)
  })

  test('or whose store alone is, leaves nothing beside that, which would keep its owner out once it may be written again', async () => {
    const { workspace } = await ended()
    const { folder, store } = storePaths(workspace)
    const before = readdirSync(folder)
    const verified = cairnReadOnly(workspace, ['verify'], store)
    expect(verified, verified.err).toMatchObject({ exitCode: 0, err: expect.stringMatching(/^only looking, at a copy: /) })
    expect(readdirSync(folder)).toEqual(before)
  })

  test('that changes something is refused as before', async () => {
    const { workspace, run } = await ended()
    expect(cairnReadOnly(workspace, ['cancel', run, '--trust'])).toMatchObject({ exitCode: 12, err: expect.stringContaining('it may only be read') })
  })
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
