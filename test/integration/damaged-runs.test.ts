/** What is damaged hides nothing else: each list tells of the others, and names a run whose row is damaged. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import type { LetterItem } from '../../src/contract/dead-letters.ts'
import { recoveryLines } from '../../src/host/greeting.ts'
import { type RunId, WorkflowName } from '../../src/model/ids.ts'
import { storePaths } from '../../src/store/paths.ts'
import { asked, ended, runOnce } from './moments.ts'
import { cairn, hostOf, workspaceOf } from './workspaces.ts'

const failing = `
  import { workflow, z } from 'cairn'
  export default workflow('letter', { version: 1, input: z.object({ to: z.string() }) })
    .step('draft', { output: z.string(), retry: { attempts: 1 } }, async ({ input }) => { throw new Error('nobody is called ' + input.to) })
`
const letter = WorkflowName.parse('letter')

/** A closed workspace in which three runs have failed, the oldest first; then its store is damaged. */
async function damagedBy(sql: string): Promise<{ workspace: string; runs: RunId[] }> {
  const workspace = await workspaceOf({ 'workflows/letter.ts': failing })
  const before = await hostOf(workspace)
  const runs: RunId[] = []
  for (const to of ['Ada', 'Bob', 'Cyd']) {
    const { id } = await before.client.api.runs.start({ workflow: letter, input: { to } })
    runs.push(id)
    for await (const item of before.client.followRun(id)) {
      const record = item.type === 'whole' ? item.detail.record : item.type === 'changed' ? item.record : undefined
      if (record?.status === 'failed') break
    }
  }
  await before.host.close()
  const db = new Database(storePaths(workspace).store)
  db.exec(sql)
  db.close()
  return { workspace, runs }
}

test('lists of runs and of errors are without it, and say so, by a host and without one', async () => {
  const { workspace, runs } = await damagedBy('UPDATE run SET checksum = zeroblob(32) WHERE number = 2')
  const [first, damaged, last] = runs
  const lists = async (): Promise<void> => {
    for (const args of [['runs'], ['runs', '-q', 'status:failed'], ['runs', '--status', 'failed', '--limit', '2'], ['errors']]) {
      const { exitCode, out, err } = await cairn([...args, '-w', workspace])
      expect([args, exitCode, err]).toEqual([args, 0, expect.stringContaining(`1 run is damaged, and not told of here: ${damaged}; cairn verify`)])
      if (args[0] === 'runs') for (const run of [first, last]) expect(out).toContain(run)
      else expect(out).toContain('nobody is called')
    }
  }
  await lists()
  const verified = await cairn(['verify', '-w', workspace])
  expect(verified).toMatchObject({ exitCode: 7, out: expect.stringContaining(`run   ${damaged}  ${damaged}`) })
  expect(verified.err).toContain('cairn restore-backup FILE')
  expect(verified.err, 'it would be refused').not.toContain('cairn restore 0')

  const { client } = await hostOf(workspace)
  await lists()
  expect(await client.api.runs.list({})).toMatchObject({ runs: [{ id: last }, { id: first }], damaged: [damaged] })
  expect(await client.api.runs.search({ query: 'status:failed' })).toMatchObject({ runs: [{ id: last }, { id: first }], total: 2, damaged: [damaged] })
  const { items } = await client.api.attention.list({})
  expect(items.filter(({ kind }) => kind === 'failures')).not.toEqual([])
  await expect(client.api.runs.get({ run: damaged ?? expect.fail() })).rejects.toThrow(`run ${damaged} is corrupt`)
})

test('where an entry of the journal is damaged, lists of runs, of errors and of storage tell of all that is whole', async () => {
  const { workspace, runs } = await damagedBy("UPDATE journal SET body = body || ' ' WHERE position = (SELECT max(position) FROM journal WHERE run = 2)")
  rmSync(storePaths(workspace).index, { force: true })
  await hostOf(workspace)
  const lists = await Promise.all([['runs', '-q', 'status:failed'], ['errors'], ['storage']].map((args) => cairn([...args, '-w', workspace])))
  expect(lists.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0])
  for (const run of runs) expect(lists[0]?.out).toContain(run)
  expect(lists[1]?.out).toContain('nobody is called')
  expect(await cairn(['verify', '-w', workspace])).toMatchObject({ exitCode: 7, out: expect.stringContaining('its digest does not match') })
})

test('checkpoints of a run are listed without a damaged one, and it is named in its place, by a host and without one', async () => {
  const { workspace, runs: [, run = expect.fail()] } = await damagedBy("UPDATE checkpoint SET content = content || ' ' WHERE number = 0 AND run = 2")
  const list = async (): Promise<void> => {
    const { exitCode, out, err } = await cairn(['checkpoints', run, '-w', workspace])
    expect([exitCode, err]).toEqual([0, expect.stringContaining('1 checkpoint is damaged, and cannot be gone back to: 0; cairn verify')])
    expect(out).toMatch(/^0 +damaged *\n1 +/m)
  }
  await list()
  const { client } = await hostOf(workspace)
  await list()
  const { checkpoints, damaged } = await client.api.runs.checkpoints({ run })
  expect([checkpoints.map(({ number }) => number), damaged]).toEqual([[1], [0]])
  await expect(client.api.runs.restore({ run, checkpoint: 0 })).rejects.toThrow('is corrupt')
  expect((await cairn(['checkpoints', run, '--json', '-w', workspace])).out).toContain('"damaged"')
})

test('a run that has ended and cannot be shown says by which commands what can be read of it is, by a host and without one', async () => {
  const { workspace, runs: [, run = expect.fail()] } = await damagedBy('UPDATE step SET checksum = zeroblob(32) WHERE run = 2')
  const shown = async (): Promise<void> => {
    const { exitCode, err } = await cairn(['show', run, '-w', workspace])
    expect(exitCode).toBe(7)
    expect(err).toContain(`run ${run} is damaged, and cannot be shown; what can be read:\n  its state at checkpoint 1: cairn state ${run} 1`)
    for (const way of [`cairn checkpoints ${run}`, 'cairn runs', 'cairn verify', 'cairn restore-backup FILE']) expect(err).toContain(way)
    expect(await cairn(['state', run, '1', '-w', workspace])).toMatchObject({ exitCode: 0, out: expect.stringContaining('Bob') })
  }
  await shown()
  await hostOf(workspace)
  await shown()
})

/** The last page of the journal cannot be read any more. */
function loseEnd(workspace: string): void {
  const { store } = storePaths(workspace)
  const db = new Database(store)
  const page = db.prepare<[], number>("SELECT pageno FROM dbstat WHERE name = 'journal' AND pagetype = 'leaf' ORDER BY path DESC").pluck().get() ?? expect.fail('it has no pages')
  db.close()
  const file = readFileSync(store)
  file.fill(0, (page - 1) * 4_096, page * 4_096)
  writeFileSync(store, file)
}

test.each([
  ['a page of it', 'SELECT 1', loseEnd, 'it is of the table journal'],
  ['its last digest', "UPDATE journal SET digest = x'00' WHERE position = (SELECT max(position) FROM journal)", () => undefined, 'its digest is not there'],
])('where the end of the journal cannot be read, %s, no host starts, and what can be read is told all the same, and verified', async (_, sql, lose, found) => {
  const { workspace, runs } = await damagedBy(sql)
  lose(workspace)
  await expect(hostOf(workspace)).rejects.toThrow('is corrupt')
  for (const args of [['runs'], ['show', runs[1] ?? ''], ['state', runs[1] ?? '']]) {
    const { exitCode, out, err } = await cairn([...args, '-w', workspace])
    expect([args, exitCode, err]).toEqual([args, 0, expect.stringContaining('the end of the journal cannot be read')])
    expect(out).toContain(args[0] === 'state' ? 'Bob' : runs[1])
  }
  const verified = await cairn(['verify', '-w', workspace])
  expect(verified).toMatchObject({ exitCode: 7, out: expect.stringContaining(found) })
  expect(verified.err).toContain('cairn restore-backup FILE')
  expect(verified.err, 'no backup is made of it').not.toContain('cairn backup FILE')
})

const waiting = {
  'workflows/asking.ts': `import { workflow, z } from 'cairn'
    export default workflow('asking', { version: 1, input: z.object({ to: z.string() }) })
      .step('draft', { output: z.string() }, ({ input }) => 'Dear ' + input.to)
      .approval('approve', { needs: ['draft'], shows: ({ outputs }) => outputs.draft, actions: { primary: 'approve' } })`,
  'workflows/orders.ts': `import { workflow, z } from 'cairn'
    export default workflow('orders', { version: 1, input: z.object({ to: z.string() }) })
      .http('place', { effect: 'none', retry: { attempts: 1 } }, () => ({ url: 'http://127.0.0.1:1/' }))`,
  'cairn.config.yaml': 'recovery: { chain: [dead_letter] }\nbreakers: { failures: 100 }\n',
}

/** A closed workspace in which three runs of a workflow wait for a person; then its store is damaged. */
async function waitingDamagedBy(workflow: 'asking' | 'orders', damage: string | ((file: string, runs: readonly RunId[]) => void)): Promise<{ workspace: string; runs: RunId[] }> {
  const workspace = await workspaceOf(waiting)
  const { client, host } = await hostOf(workspace)
  const runs: RunId[] = []
  for (const to of ['Ada', 'Bob', 'Cyd']) {
    const { id } = await client.api.runs.start({ workflow: WorkflowName.parse(workflow), input: { to } })
    runs.push(id)
    await runOnce(client, id, ({ record }) => record.status === 'waiting' && (record.waiting === 'decision' || record.waiting === 'dead_letter'))
  }
  await host.close()
  if (typeof damage === 'string') changeOne(storePaths(workspace).store, damage)
  else damage(storePaths(workspace).store, runs)
  return { workspace, runs }
}

function changeOne(file: string, sql: string): void {
  const db = new Database(file)
  expect(db.prepare(sql).run().changes).toBe(1)
  db.close()
}

test.each([
  ['row', 'UPDATE run SET checksum = zeroblob(32) WHERE number = 2'],
  ['decision', 'UPDATE decision SET checksum = zeroblob(32) WHERE run = 2'],
  ['shown value', "UPDATE value SET body = CAST(body || ' ' AS BLOB) WHERE instr(body, CAST('Dear Bob' AS BLOB)) > 0"],
])('decisions of all runs, and what needs attention, are told without a run of which the %s is damaged, and it is named', async (_, sql) => {
  const { workspace, runs: [first, damaged = expect.fail(), last] } = await waitingDamagedBy('asking', sql)
  const { client } = await hostOf(workspace)
  expect(await client.api.decisions.list({})).toMatchObject({ decisions: [{ run: first }, { run: last }], damaged: [damaged] })
  const { items } = await client.api.attention.list({})
  expect(items.flatMap((item) => (item.kind === 'decision' ? [item.view.run] : []))).toEqual([first, last])
  // Once, whether the store has been looked at by now or not.
  expect(items.filter(({ kind }) => kind === 'alarm' || kind === 'damage')).toEqual([expect.objectContaining({ failure: expect.objectContaining({ class: 'corruption' }) })])
  await expect(client.api.decisions.list({ run: damaged })).rejects.toThrow('is corrupt')
})

test('dead letters are listed, drained and discarded without a damaged run, and it is named', async () => {
  const { workspace, runs: [first = expect.fail(), damaged = expect.fail(), last = expect.fail()] } = await waitingDamagedBy('orders', 'UPDATE run SET checksum = zeroblob(32) WHERE number = 2')
  const { client } = await hostOf(workspace)
  const named = expect.stringContaining(`1 run is damaged, and not told of here: ${damaged}; cairn verify`)
  expect(await client.api.deadLetters.list({ limit: 2 })).toMatchObject({ letters: [{ run: first }], next: { id: expect.any(String) }, total: 3, damaged: [damaged] })
  const listed = await cairn(['dead-letters', '-w', workspace])
  expect(listed).toMatchObject({ exitCode: 0, err: named, out: expect.stringContaining('3 in the queue') })
  for (const run of [first, last]) expect(listed.out).toContain(run)

  const untouched = { run: damaged, step: null, outcome: 'unavailable', message: expect.stringContaining('is damaged, and stays in the dead-letter queue') }
  const items: LetterItem[] = []
  for await (const item of await client.api.deadLetters.drain({ on: { all: true } })) items.push(item)
  expect(items).toMatchObject([{ total: 3 }, untouched, { run: first, outcome: 'requeued' }, { run: last, outcome: 'requeued' }, { outcomes: { unavailable: 1, requeued: 2 } }])
  await expect(client.api.deadLetters.drain({ on: { like: damaged } })).rejects.toMatchObject({ code: 'CORRUPTION' })

  const one = await cairn(['drain', damaged, '--yes', '-w', workspace])
  expect(one).toMatchObject({ exitCode: 1, err: named, out: expect.stringContaining(`run ${damaged} is damaged`) })
  const drained = await cairn(['drain', '--all', '--yes', '-w', workspace])
  expect(drained).toMatchObject({ exitCode: 1, err: named, out: expect.stringContaining(`${first}  place  retry  ↺ failed again`) })
  const all = await cairn(['discard', '--all', '--reason', 'ordered elsewhere', '--yes', '-w', workspace])
  expect(all.err).toEqual(named)
  for (const run of [first, last]) expect(all.out).toContain(`${run}  place  discard  ✓ discarded`)
  expect(all.out).toContain(`${damaged}  discard  – not done: run ${damaged} is damaged`)
  expect(await cairn(['dead-letters', '-w', workspace])).toMatchObject({ exitCode: 0, err: named, out: 'nothing of the dead-letter queue can be read' })
})

describe('an unfinished run whose row says another id or status does not go on, which the start says, and all others do', () => {
  /** The row itself, under the indexes that lead to it. */
  const inRow = (file: string, from: string, to: string): void => {
    const db = new Database(file)
    db.pragma('wal_checkpoint(TRUNCATE)')
    const pages = db.prepare<[], { page: number; size: number }>("SELECT pageno AS page, pgsize AS size FROM dbstat WHERE name = 'run' AND pagetype = 'leaf'").all()
    db.close()
    const bytes = readFileSync(file)
    for (const { page, size } of pages) {
      const at = bytes.subarray((page - 1) * size, page * size).indexOf(from)
      if (at !== -1) bytes.write(to, (page - 1) * size + at)
    }
    writeFileSync(file, bytes)
  }
  type Named = (runs: readonly RunId[]) => string | undefined
  const itself: Named = ([, run]) => run

  test.each<[string, string | ((file: string, runs: readonly RunId[]) => void), Named]>([
    ['no id', "UPDATE run SET id = 'U' || substr(id, 2) WHERE number = 2", ([, run]) => `U${run?.slice(1)}`],
    ['no id, in its row alone', (file, [, run = '']) => inRow(file, run, `U${run.slice(1)}`), itself],
    ['another id', "UPDATE run SET id = '2' || substr(id, 2) WHERE number = 2", ([, run]) => `2${run?.slice(1)}`],
    ['another id, in its row alone', (file, [, run = '']) => inRow(file, run, `2${run.slice(1)}`), itself],
    ['the id of another run, in its row alone', (file, [first = '', run = '']) => inRow(file, run, first), itself],
    ['no status', "UPDATE run SET status = 'vaiting' WHERE number = 2", itself],
  ])('%s', async (_, damage, named) => {
    const { workspace, runs } = await waitingDamagedBy('asking', damage)
    const { host, client } = await hostOf(workspace)
    const [first, , last] = runs
    const { recovery } = host.info()
    expect(recovery.waiting.map(({ run }) => run)).toEqual([first, last])
    expect(recovery.failed).toEqual([{ run: named(runs), reason: expect.stringContaining(`run ${named(runs)} is corrupt`) }])
    expect(recoveryLines(recovery).join('\n')).toContain(`run ${named(runs)} does not go on`)
    for (const run of [first, last]) {
      if (run === undefined) expect.fail('it was not started')
      const { decision } = await asked(client, run)
      await client.api.decisions.decide({ run, decision: decision.id, action: 'approve' })
      expect((await ended(client, run)).record.status).toBe('completed')
    }
    expect((await client.api.runs.list({})).damaged).toHaveLength(1)
  })
})

test('where the id of a run is none any more the host starts, goes on with all others and names what stands there', async () => {
  const { workspace, runs: [first = expect.fail(), damaged = expect.fail(), last = expect.fail()] } = await waitingDamagedBy('asking', "UPDATE run SET id = 'no ' || id WHERE number = 2")
  const { client } = await hostOf(workspace)
  expect(await client.api.runs.list({})).toMatchObject({ runs: [{ id: last }, { id: first }], damaged: [`no ${damaged}`] })
  const { decisions, damaged: unread } = await client.api.decisions.list({})
  expect([decisions.map(({ run }) => run), unread]).toEqual([[first, last], [`no ${damaged}`]])
  for (const { run, runVersion: seen, decision: { id: decision } } of decisions) await client.api.decisions.decide({ run, seen, decision, action: 'approve' })
  for (const run of [first, last]) expect((await ended(client, run)).record.status).toBe('completed')
  const { items } = await client.api.attention.list({})
  expect(items).toContainEqual(expect.objectContaining({ failure: expect.objectContaining({ class: 'corruption', message: expect.stringContaining(`run no ${damaged}`) }) }))
})
