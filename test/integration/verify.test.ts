/** Whether the store is whole, asked of a host and without one; and a host that finds damage by itself. */
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Client } from '../../src/client/client.ts'
import type { HostEvent } from '../../src/model/event.ts'
import { type Finding, Verification } from '../../src/model/integrity.ts'
import { type RunId, WorkflowName } from '../../src/model/ids.ts'
import { startLookHost } from '../../src/host/look.ts'
import { storePaths } from '../../src/store/paths.ts'
import { damage, reached, waiting, waitingRun } from './waiting-run.ts'
import { cairn, hostOf, scratchFolder, workspaceOf } from './workspaces.ts'

const config = `store:
  validation_interval: 1s
workflows:
  mended:
    recovery:
      chains:
        corruption: [restore_valid, ask]
`

/** The newest value of the first run. */
const newest = 'rowid = (SELECT max(rowid) FROM value WHERE lineage = 1)'

type Told = Extract<HostEvent, { type: 'damage_found' | 'damage_mended' }>

/** The first finding that the journal tells of in this way. */
async function first({ watchJournal }: Client, type: Told['type']): Promise<Finding> {
  for await (const item of watchJournal({ after: 1 })) {
    if (item.type !== 'entry' || item.entry.run !== null) continue
    for (const event of item.entry.events) if (event.type === type) return event.finding
  }
  throw new Error(`nothing was told of as ${type}`)
}

/** Told by the journal: where its rows are missing, the run itself cannot be read. */
async function setAside({ watchJournal }: Client, run: RunId): Promise<void> {
  for await (const item of watchJournal({ after: 1 })) {
    if (item.type === 'entry' && item.entry.run === run && item.entry.events.some(({ type }) => type === 'run_quarantined')) return
  }
}

describe('a store that is whole', () => {
  test('is told to be, with how much was looked at, by a host and without one', async () => {
    const workspace = await workspaceOf({ 'workflows/letter.ts': waiting })
    const { client, host } = await hostOf(workspace)
    await waitingRun(client)
    const progress: number[] = []
    for await (const item of await client.api.integrity.verify()) {
      if (item.type === 'progress') progress.push(item.done)
      else expect(item).toMatchObject({ findings: [], checked: { runs: 1 } })
    }
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
    expect(await client.api.integrity.get()).toMatchObject({ check: { findings: 0 }, findings: [] })
    const over = await cairn(['verify', '-w', workspace])
    expect(over).toMatchObject({ exitCode: 0, out: expect.stringContaining('every byte is what was written, of 1 run, ') })
    await host.close()
    const offline = await cairn(['verify', '-w', workspace, '--json'])
    expect(offline.exitCode).toBe(0)
    expect(Verification.parse(JSON.parse(offline.out))).toMatchObject({ findings: [], checked: { runs: 1 } })
  })
})

describe('an old copy that is put back with its anchor', () => {
  const anchored = { object: 'journal', key: 'anchor', detail: expect.stringContaining('has not the entry'), run: null, nearest: null }

  /** A workspace whose store is as it was one run ago. */
  async function putBack(): Promise<string> {
    const workspace = await workspaceOf({ 'workflows/letter.ts': waiting })
    const { folder } = storePaths(workspace)
    const old = join(scratchFolder(), 'old')
    for (const keep of [() => cpSync(folder, old, { recursive: true }), () => rmSync(folder, { recursive: true })]) {
      const { client, host } = await hostOf(workspace)
      await waitingRun(client)
      await host.close()
      keep()
    }
    cpSync(old, folder, { recursive: true })
    return workspace
  }

  test('is damage to whoever verifies the store, by a host and without one, until a person goes on with it', async () => {
    const workspace = await putBack()
    const verified = async (...more: string[]) => cairn(['verify', '-w', workspace, ...more])
    const says = async () => {
      const text = await verified()
      expect(text).toMatchObject({ exitCode: 7, out: expect.stringContaining('1 thing is not what was written') })
      expect(text.err).toContain('to go on with it as it is, stop the host, back it up, and bring that backup back')
      const json = await verified('--json')
      expect(json.exitCode).toBe(7)
      expect(Verification.parse(JSON.parse(json.out)).findings).toEqual([anchored])
    }
    await says()

    const { client, host } = await hostOf(workspace)
    await says()
    expect(await client.api.integrity.get()).toMatchObject({ check: { findings: 1 }, findings: [anchored] })
    const { items } = await client.api.attention.list({})
    expect(items, 'one matter is one item').toMatchObject([{ kind: 'alarm', failure: { name: 'StorePutBack' } }, { kind: 'decision' }])
    expect(await first(client, 'damage_found')).toEqual(anchored)
    expect(await client.api.errorRecords.groups({})).toMatchObject({ groups: [{ newest: { error: { status: 'waiting', finding: anchored } }, count: 1 }] })
    await host.close()

    const backup = join(scratchFolder(), 'as-it-is.db')
    for (const command of ['backup', 'restore-backup']) expect(await cairn([command, backup, '-w', workspace])).toMatchObject({ exitCode: 0 })
    expect(await verified()).toMatchObject({ exitCode: 0, err: expect.not.stringContaining('ALARM') })
    const later = await hostOf(workspace)
    expect(later.host.info()).toMatchObject({ alarm: null })
    expect(await later.client.api.integrity.get()).toMatchObject({ findings: [] })
    expect(await later.client.api.errorRecords.groups({ since: 0 })).toMatchObject({ groups: [{ newest: { error: { status: 'recovered', finding: anchored } }, count: 1 }] })
  })

  test('is told to whoever only looks at it', async () => {
    const workspace = await putBack()
    const host = await startLookHost({ workspace, port: 0, troubled: (what) => expect.fail(what) })
    const answer = await fetch(`${host.url}/api/v1/integrity`, { headers: { authorization: `Bearer ${host.token}` } })
    expect(await answer.json()).toMatchObject({ findings: [anchored] })
    await host.close()
  })
})

describe('damage', () => {
  test('is found by the host itself, journaled, told of, and sets its run aside, or has it go back by itself where policy says so; mended, it is gone', async () => {
    const files = { 'workflows/letter.ts': waiting, 'workflows/mended.ts': waiting.replace("workflow('letter'", "workflow('mended'") }
    const workspace = await workspaceOf({ ...files, 'cairn.config.yaml': config })
    const { client } = await hostOf(workspace)
    const [damaged, clean] = [await waitingRun(client), await waitingRun(client)]
    damage(workspace, `UPDATE value SET body = CAST(body || x'20' AS BLOB) WHERE ${newest}`)

    expect(await first(client, 'damage_found')).toMatchObject({ object: 'value', run: damaged, nearest: expect.any(Number) })
    await reached(client, damaged, 'quarantined')
    expect((await client.api.runs.get({ run: clean })).record.status).toBe('waiting')
    const { items } = await client.api.attention.list({})
    expect(items).toContainEqual(expect.objectContaining({ kind: 'damage', finding: expect.objectContaining({ run: damaged }) }))
    const verified = await cairn(['verify', '-w', workspace])
    expect(verified.exitCode).toBe(7)
    expect(verified.out).toContain(damaged)
    expect(verified.err).toMatch(new RegExp(`^to go on with this run: cairn restore ${damaged} \\d+$`, 'm'))

    damage(workspace, `UPDATE value SET body = substr(body, 1, length(body) - 1) WHERE ${newest}`)
    expect(await first(client, 'damage_mended')).toMatchObject({ run: damaged })
    expect(await client.api.integrity.get()).toMatchObject({ findings: [] })
    await reached(client, damaged, 'waiting')
    expect((await client.api.runs.get({ run: damaged })).record.failure).toBeNull()

    const mended = await waitingRun(client, WorkflowName.parse('mended'))
    damage(workspace, `UPDATE value SET body = x'00' WHERE lineage = (SELECT max(lineage) FROM value) AND rowid = (SELECT max(rowid) FROM value)`)
    for await (const item of client.followRun(mended)) {
      const record = item.type === 'whole' ? item.detail.record : item.type === 'changed' ? item.record : undefined
      if (record?.branch === 1 && record.status === 'waiting') break
    }
    const { errors } = await client.api.runs.get({ run: mended })
    expect(errors).toMatchObject([{ failure: { class: 'corruption' }, status: 'recovered', recoveries: [{ strategy: 'restore_valid', outcome: 'worked', endedAt: expect.any(Number) }] }])
    expect((await client.api.attention.list({})).items).not.toContainEqual(expect.objectContaining({ kind: 'quarantined' }))
  })
})

test('damage of a branch that its run has left is an error of the store, and the run goes on', async () => {
  const workspace = await workspaceOf({ 'workflows/letter.ts': waiting, 'cairn.config.yaml': config })
  const { client } = await hostOf(workspace)
  const run = await waitingRun(client)
  const { record } = await client.api.runs.get({ run })
  await client.api.runs.restore({ run, checkpoint: 0, seen: record.version, reason: 'another try' })
  for await (const item of client.followRun(run)) {
    const now = item.type === 'whole' ? item.detail.record : item.type === 'changed' ? item.record : undefined
    if (now?.branch === 1 && now.status === 'waiting') break
  }
  damage(workspace, `UPDATE checkpoint SET content = content || ' ' WHERE number = 1`)
  const finding = await first(client, 'damage_found')
  expect(finding).toMatchObject({ object: 'checkpoint', run, isPast: true })

  const verified = await cairn(['verify', '-w', workspace])
  expect(verified).toMatchObject({ exitCode: 7, err: expect.not.stringContaining('cairn restore ') })
  const { record: now, errors } = await client.api.runs.get({ run })
  expect([now.status, now.branch, errors]).toEqual(['waiting', 1, []])
  const { items } = await client.api.attention.list({})
  expect(items.map(({ kind }) => kind).toSorted()).toEqual(['damage', 'decision'])
  expect(await client.api.errorRecords.groups({})).toMatchObject({ total: { errors: 1 }, groups: [{ newest: { run: null, error: { finding } } }] })
})

test('damage that is found while no host runs is said to be on no record yet, and is on it once one has started', async () => {
  const workspace = await workspaceOf({ 'workflows/letter.ts': waiting })
  const before = await hostOf(workspace)
  const run = await waitingRun(before.client)
  await before.host.close()
  damage(workspace, `UPDATE value SET body = CAST(body || x'20' AS BLOB) WHERE ${newest}`)
  const looked = await cairn(['verify', '-w', workspace])
  expect(looked).toMatchObject({ exitCode: 7, err: expect.stringContaining('no host runs, so this only looked, and put nothing on record: cairn serve') })
  expect((await cairn(['errors', '-w', workspace])).out).not.toContain('corruption')

  const { client } = await hostOf(workspace)
  await reached(client, run, 'quarantined')
  const { errors } = await client.api.runs.get({ run })
  expect(errors).toMatchObject([{ failure: { class: 'corruption' }, status: 'waiting' }])
  const over = await cairn(['verify', '-w', workspace])
  expect(over).toMatchObject({ exitCode: 7, err: expect.not.stringContaining('on record') })
})

describe('damage of the control rows of a run', () => {
  test('sets it aside where some of them are missing: that is an error of the store, and not told of once more by the run', async () => {
    const workspace = await workspaceOf({ 'workflows/letter.ts': waiting, 'cairn.config.yaml': config })
    const { client } = await hostOf(workspace)
    const [run, clean] = [await waitingRun(client), await waitingRun(client)]
    damage(workspace, `DELETE FROM step WHERE run = 1`)
    const finding = await first(client, 'damage_found')
    expect(finding).toMatchObject({ object: 'run', run })
    await setAside(client, run)
    expect((await client.api.runs.get({ run: clean })).record.status).toBe('waiting')
    expect(await client.api.errorRecords.groups({})).toMatchObject({ total: { errors: 1 }, groups: [{ newest: { run: null, error: { finding } } }] })
  })

  test('leaves it as it is where its very row is damaged: mended, it goes on', async () => {
    const workspace = await workspaceOf({ 'workflows/letter.ts': waiting, 'cairn.config.yaml': config })
    const { client } = await hostOf(workspace)
    const run = await waitingRun(client)
    damage(workspace, `UPDATE run SET content = content || ' '`)
    expect(await first(client, 'damage_found')).toMatchObject({ object: 'run', run })
    damage(workspace, `UPDATE run SET content = substr(content, 1, length(content) - 1)`)
    expect(await first(client, 'damage_mended')).toMatchObject({ object: 'run', run })
    expect(await cairn(['decide', run, 'approve', '-w', workspace])).toMatchObject({ exitCode: 0 })
    await reached(client, run, 'completed')
    expect((await client.api.runs.get({ run })).errors).toEqual([])
  })

  test('of which an earlier row stands is told, not worked on, and stays so: what it has lost is not to be covered up', async () => {
    const workspace = await workspaceOf({ 'workflows/letter.ts': waiting, 'cairn.config.yaml': config })
    const before = await hostOf(workspace)
    const [run, clean] = [await waitingRun(before.client), await waitingRun(before.client)]
    const db = new Database(storePaths(workspace).store)
    onTestFinished(() => void db.close())
    const rowOf = db.prepare<[], [string, string, Buffer]>('SELECT status, content, checksum FROM run WHERE number = 1').raw()
    const put = db.prepare('UPDATE run SET status = ?, content = ?, checksum = ? WHERE number = 1')
    const old = rowOf.get() ?? []
    expect(await cairn(['pause', run, '-w', workspace])).toMatchObject({ exitCode: 0 })
    await before.host.close()
    const paused = rowOf.get() ?? []
    put.run(...old)

    const { client, host } = await hostOf(workspace)
    expect(host.info().recovery).toMatchObject({ waiting: [{ run: clean }], failed: [{ run, reason: expect.stringContaining('bring back a backup') }] })
    const itsRow = { object: 'run', run, detail: expect.stringMatching(/^the journal has it at version \d+, its row at \d+$/) }
    expect(await first(client, 'damage_found')).toMatchObject(itsRow)
    expect(await cairn(['decide', run, 'approve', '-w', workspace])).toMatchObject({ exitCode: 7, err: expect.stringContaining('restore-backup') })
    expect(await cairn(['decide', clean, 'approve', '-w', workspace])).toMatchObject({ exitCode: 0 })
    await reached(client, clean, 'completed')
    expect(await cairn(['verify', '-w', workspace])).toMatchObject({ exitCode: 7 })
    expect(rowOf.get()).toEqual(old)
    expect(await client.api.errorRecords.groups({})).toMatchObject({ groups: [{ newest: { run: null, error: { status: 'waiting', finding: itsRow } }, count: 1 }] })

    put.run(...paused)
    expect(await first(client, 'damage_mended')).toMatchObject(itsRow)
    expect(await cairn(['resume', run, '-w', workspace])).toMatchObject({ exitCode: 0 })
    expect(await cairn(['decide', run, 'approve', '-w', workspace])).toMatchObject({ exitCode: 0 })
    await reached(client, run, 'completed')
    expect(await cairn(['verify', '-w', workspace])).toMatchObject({ exitCode: 0 })
  })

  test('that is not found any more is said to be that', async () => {
    const workspace = await workspaceOf({ 'workflows/letter.ts': waiting })
    const { client } = await hostOf(workspace)
    const run = await waitingRun(client)
    damage(workspace, `UPDATE run SET id = substr(id, 1, 25) || 'u'`)
    const acted = [await cairn(['pause', run, '-w', workspace]), await cairn(['pause', run, '-w', workspace])]
    for (const { exitCode, err } of acted) {
      expect(exitCode).not.toBe(0)
      expect(err).not.toMatch(/none|created/)
    }
    expect(acted.map(({ err }) => err).join()).toContain('not found')
  })
})

describe('damage that no run can have on record', () => {
  const rows = [
    { table: 'run', column: 'content', where: 'number = 1' },
    { table: 'revision', column: 'content', where: 'true' },
    { table: 'journal', column: 'body', where: 'position = 1' },
  ]

  test.for(rows)('of a $table is an error of the store, once, whichever host is asked, until it is mended', async ({ table, column, where }) => {
    const marked = waiting.replace('text: z.string()', 'text: z.string().meta({ sensitive: true })')
    const workspace = await workspaceOf({ 'workflows/letter.ts': marked, 'cairn.config.yaml': config })
    const change = (text: string): void => damage(workspace, `UPDATE ${table} SET ${column} = CAST(${text} AS TEXT) WHERE ${where}`)
    const before = await hostOf(workspace)
    const run = await waitingRun(before.client)
    await before.host.close()
    change(`${column} || ' '`)

    const { client, host } = await hostOf(workspace)
    const finding = await first(client, 'damage_found')
    expect(finding).toMatchObject({ object: table, run: table === 'journal' ? null : run, nearest: null })
    const open = { workflow: null, runs: 0, newest: { run: null, error: { status: 'waiting', finding, failure: { class: 'corruption' }, openedAt: expect.any(Number), closedAt: null } }, count: 1 }
    const told = await client.api.errorRecords.groups({})
    expect(told).toMatchObject({ ever: true, groups: [open] })
    const [group] = told.groups
    const each = await client.api.errorRecords.ofGroup({ fingerprint: group?.fingerprint ?? '' })
    expect(each).toMatchObject({ group: { count: 1 }, errors: [open.newest] })
    expect(JSON.stringify([told, each])).not.toContain('Ada')
    const over = await cairn(['errors', '-w', workspace])
    expect(over).toMatchObject({ exitCode: 0, out: expect.stringMatching(/the store +corruption/) })
    expect(over.out).toContain('cairn verify')
    await host.close()

    const next = await hostOf(workspace)
    expect(await next.client.api.integrity.get()).toMatchObject({ findings: expect.arrayContaining([finding]) })
    expect(await next.client.api.errorRecords.groups({})).toMatchObject({ groups: [open] })

    change(`substr(${column}, 1, length(${column}) - 1)`)
    expect(await first(next.client, 'damage_mended')).toEqual(finding)
    expect(await next.client.api.errorRecords.groups({})).toMatchObject({ groups: [{ newest: { error: { status: 'recovered', closedAt: expect.any(Number) } }, count: 1 }] })
    expect((await cairn(['errors', '-w', workspace])).out).not.toContain('cairn verify')
  })
})
