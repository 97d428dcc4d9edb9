/**
 * Bytes of a store's file are changed at random. Whatever that changes in what the store says, `verify` finds. Where it
 * changes neither a row nor anything that SQLite needs to find one (an index, a header), nothing is said of it.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { outputKey } from '../../src/model/checkpoint.ts'
import type { Finding } from '../../src/model/integrity.ts'
import { storePaths } from '../../src/store/paths.ts'
import { openReader } from '../../src/store/sqlite/connection.ts'
import { verifyStore } from '../../src/store/verify/verify-store.ts'
import { draft, sampleAttempt, sampleDecision, sampleHostEntry, sampleLog, SampleRun, sampleRevision, sampleStep } from './samples.ts'
import { ScratchStore } from './scratch-store.ts'

const scale = Number(process.env['CAIRN_SCALE'] ?? 0.1)
/** As long as many take; no single one waits. */
const patience = 60_000 * Math.max(1, 10 * scale)

const scratch = new ScratchStore()
const paths = storePaths(scratch.workspace)
let whole: Buffer
let said: readonly string[]

beforeAll(async () => {
  const { storage } = await scratch.open({ keyframeFloor: 1_500 })
  await storage.saveRevision(sampleRevision)
  await storage.record(sampleHostEntry())
  for (let number = 1; number <= 6; number++) {
    const run = new SampleRun(storage, number)
    await storage.commit(run.create({ steps: [sampleStep()] }))
    for (let iteration = 1; iteration <= 40; iteration++) {
      const value = run.seal({ text: `output ${iteration} of run ${number}. `.repeat(iteration) }, iteration % 10 === 0)
      const step = sampleStep({ iteration, status: 'completed', output: value.address })
      await storage.commit(
        run.next({
          values: [value],
          changes: [{ key: outputKey(draft, iteration), address: value.address }],
          steps: [step, sampleStep({ iteration: iteration + 1 })],
          attempts: [sampleAttempt({ iteration })],
          decisions: iteration % 8 === 0 ? [sampleDecision({ shown: value.address })] : [],
        }),
      )
      storage.keep([sampleLog(run.id, `iteration ${iteration}`, { at: iteration, iteration })])
      scratch.clock.advance(10_000)
    }
  }
  await scratch.shut()
  whole = readFileSync(paths.store)
  said = everySaying()
})
afterAll(() => scratch.remove())

/** All rows of all tables, each table walked by itself and not through an index. */
function everySaying(): string[] {
  const db = new Database(paths.store, { readonly: true })
  try {
    const schema = db.prepare("SELECT * FROM sqlite_schema ORDER BY name").raw().all()
    const tables = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()
    const rows = tables
      .filter((table) => !table.startsWith('sqlite_'))
      .flatMap((table) => db.prepare(`SELECT '${table}', * FROM ${table} NOT INDEXED`).safeIntegers().raw().all())
    const version = db.pragma('user_version', { simple: true })
    return [version, ...schema, ...rows].map(written).toSorted()
  } finally {
    db.close()
  }
}

/** A row as text. Numbers are as SQLite has them: JSON would make one of two large ones. */
function written(row: unknown): string {
  return JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
}

/** What is kept of a table when a crash comes may be less than was written. */
const losable = ['["signal"', '["commit_latency"']

/** Whether the rows are other ones than before. One that a crash may lose is not missed. */
function isChanged(): boolean {
  try {
    const [before, now] = [new Set(said), new Set(everySaying())]
    return now.difference(before).size > 0 || [...before.difference(now)].some((row) => !losable.some((table) => row.startsWith(table)))
  } catch {
    return true
  }
}

function verify(): readonly Finding[] {
  let db
  try {
    db = openReader(paths.store)
    return verifyStore(db, paths.anchor).findings
  } catch (error) {
    return [{ object: 'file', key: paths.store, detail: String(error), run: null, nearest: null }]
  } finally {
    db?.close()
  }
}

test('a whole store has no findings, and says the same each time', () => {
  expect(verify()).toEqual([])
  expect(isChanged()).toBe(false)
})

test('law: every change of what the store says is found, and nothing is said of one that says the same', () => {
  const flip = fc.record({ place: fc.nat(), bit: fc.nat({ max: 7 }), length: fc.constantFrom(1, 1, 1, 16) })
  let [changed, unchanged] = [0, 0]
  fc.assert(
    fc.property(flip, ({ place, bit, length }) => {
      const bytes = Buffer.from(whole)
      const at = place % bytes.length
      for (const [index, byte] of bytes.subarray(at, at + length).entries()) bytes[at + index] = byte ^ (1 << bit)
      writeFileSync(paths.store, bytes)
      const findings = verify()
      if (isChanged()) {
        changed++
        expect(findings).not.toEqual([])
      } else if (!findings.some(({ object }) => object === 'file')) {
        unchanged++
        expect(findings).toEqual([])
      }
    }),
    { numRuns: Math.ceil(1_000 * scale) },
  )
  expect(changed).toBeGreaterThan(10)
  expect(unchanged).toBeGreaterThan(0)
}, patience)
