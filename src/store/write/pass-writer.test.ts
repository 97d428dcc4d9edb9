import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { draft, SampleRun, sampleAttempt, sampleRevision, sampleStep } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { plain } from '../crypt/crypt.ts'
import { withNewest } from '../format/pass.ts'
import { sealRow } from '../format/row.ts'
import { attemptFormat, passFormat } from '../format/rows.ts'
import { Tally } from '../format/ledger.ts'
import type { Store } from '../open-store.ts'
import { storePaths } from '../paths.ts'
import { runReader } from '../read/runs.ts'
import { runWriter } from './run-writer.ts'

let scratch: ScratchStore
let store: Store
let run: SampleRun
beforeEach(async () => {
  scratch = new ScratchStore()
  store = await scratch.open()
  await store.storage.saveRevision(sampleRevision)
  run = new SampleRun(store.storage, 1)
})
afterEach(() => scratch.remove())

const running = sampleStep({ status: 'running', attempts: 1 })
const failed = sampleAttempt({ status: 'failed', endedAt: 5 })
const again = { steps: [sampleStep({ status: 'running', attempts: 2 })], attempts: [failed, sampleAttempt({ attempt: 2 })] }

function inFile<T>(work: (db: Database.Database) => T): T {
  const db = new Database(storePaths(scratch.workspace).store)
  try {
    return work(db)
  } finally {
    db.close()
  }
}

const rowsIn = (table: 'step' | 'attempt'): unknown => inFile((db) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get())

test('a pass that has not begun has no row, and is told of all the same', async () => {
  await store.storage.commit(run.create({ steps: [sampleStep()] }))
  expect(rowsIn('step')).toBe(0)
  expect(store.storage.load(run.id)?.steps).toEqual([sampleStep()])
  await store.storage.commit(run.next({ steps: [running], attempts: [sampleAttempt()] }))
  expect([rowsIn('step'), store.storage.load(run.id)?.steps]).toEqual([1, [running]])
})

test('an attempt gets a row of its own when the next one begins', async () => {
  await store.storage.commit(run.create({ steps: [running], attempts: [sampleAttempt()] }))
  expect(rowsIn('attempt')).toBe(0)
  await store.storage.commit(run.next(again))
  expect(rowsIn('attempt')).toBe(1)
  expect(await store.queries.run(run.id)).toMatchObject({ attempts: again.attempts })
  expect(await store.queries.runs({ limit: 1 })).toMatchObject({ runs: [{ attempts: 2 }] })
})

test('an attempt of which alone something changes keeps its pass as it was', async () => {
  await store.storage.commit(run.create({ steps: [running], attempts: [sampleAttempt()] }))
  const begun = sampleAttempt({ effect: 'begun' })
  await store.storage.commit({ ...run.next(), attempts: [begun] })
  expect(store.storage.load(run.id)).toMatchObject({ steps: [running], attempts: [begun] })
})

test('an attempt of no pass is refused', async () => {
  await store.storage.commit(run.create())
  await expect(store.storage.commit({ ...run.next(), attempts: [sampleAttempt()] })).rejects.toThrow(`there is no pass ${draft}#1`)
})

/** The run's rows as they were written while each attempt had one of its own, and none was counted. */
async function asItWasWritten(): Promise<void> {
  await scratch.shut()
  inFile((db) => {
    const runs = { ...runReader(db), ...runWriter(db) }
    const standing = runs.standing(run.id) ?? expect.fail('the run is gone')
    const { row } = standing
    const tally = new Tally(row.ledger.tally)
    const passKey = [row.number, 0, draft, 1]
    tally.enter(Buffer.from(db.prepare<[], Uint8Array>('SELECT checksum FROM step').pluck().get() ?? []))
    const pass = sealRow(plain, 1, passFormat, passKey, withNewest(running, undefined))
    db.prepare('UPDATE step SET content = ?, checksum = ?').run(pass.content, pass.checksum)
    const attempt = sealRow(plain, 1, attemptFormat, [...passKey, 1], sampleAttempt())
    db.prepare('INSERT INTO attempt VALUES (?, ?, ?, ?, ?, ?, ?)').run(...passKey, 1, attempt.content, attempt.checksum)
    for (const { checksum } of [pass, attempt]) tally.enter(checksum)
    runs.put(standing, { ...row, ledger: { ...row.ledger, tally: tally.sum, attempts: null } })
  })
  store = await scratch.open()
}

test('an attempt that was under way when each had a row of its own goes on', async () => {
  await store.storage.commit(run.create({ steps: [running], attempts: [sampleAttempt()] }))
  await asItWasWritten()
  expect(store.storage.load(run.id)).toMatchObject({ steps: [running], attempts: [sampleAttempt()] })
  await store.storage.commit(run.next({ steps: [running], attempts: [failed] }))
  expect(await store.queries.run(run.id)).toMatchObject({ attempts: [failed] })
  await store.storage.commit(run.next(again))
  expect(await store.queries.run(run.id)).toMatchObject({ attempts: again.attempts })
  expect(await store.queries.runs({ limit: 1 })).toMatchObject({ runs: [{ attempts: 2 }] })
  expect(await store.verify()).toMatchObject({ findings: [] })
})
