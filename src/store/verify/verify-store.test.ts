import { readFileSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import {
  draft,
  sampleAttempt,
  sampleDecision,
  sampleError,
  sampleHostEntry,
  sampleLog,
  SampleRun,
  sampleRevision,
  sampleStep,
} from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { outputKey } from '../../model/checkpoint.ts'
import { CorruptionFound, GivenUp } from '../../model/storage-errors.ts'
import { noDigest, sha256 } from '../format/sha256.ts'
import { storePaths } from '../paths.ts'
import { ifWhole } from '../read/if-whole.ts'
import type { Reads } from '../reader/reads.ts'
import { verifyStore } from './verify-store.ts'

let scratch: ScratchStore
let run: SampleRun
let file: string

beforeEach(async () => {
  scratch = new ScratchStore()
  file = storePaths(scratch.workspace).store
  const { storage } = await scratch.open({ keyframeFloor: 1 })
  await storage.saveRevision(sampleRevision)
  await storage.record(sampleHostEntry())
  run = new SampleRun(storage, 1)
  await storage.commit(run.create({ steps: [sampleStep({ attempts: 2 })], attempts: [sampleAttempt({ status: 'failed' }), sampleAttempt({ attempt: 2 })], decisions: [sampleDecision()], errors: [sampleError()] }))
  for (let iteration = 1; iteration < 9; iteration++) {
    const value = run.seal(`output ${iteration}`)
    const changes = [{ key: outputKey(draft, iteration), address: value.address }]
    await storage.commit(run.next({ values: [value], changes, steps: [sampleStep({ output: value.address })] }))
  }
  storage.keep([sampleLog(run.id, 'said')])
  await scratch.shut()
})
afterEach(() => scratch.remove())

const findings = () => scratch.reading((reads) => reads.verify().findings.map(({ object, key }) => `${object} ${key}`))

test('a whole store has none, and says how much was looked at', () => {
  expect(scratch.reading((reads) => reads.verify())).toEqual({
    findings: [],
    checked: { lineages: 1, values: 10, revisions: 1, runs: 1, checkpoints: 9, entries: 10, signals: 1 },
  })
})

/** What was done to the file; what is found; and a query that must not answer as if nothing were. */
const cases: [string, string, (reads: Reads) => unknown][] = [
  [`UPDATE run SET content = replace(content, '"running"', '"waiting"')`, 'run', (reads) => reads.run(run.id)],
  [`UPDATE run SET status = 'waiting'`, 'run', (reads) => reads.run(run.id)],
  [`UPDATE run SET workflow = 'other'`, 'run', (reads) => reads.run(run.id)],
  [`UPDATE run SET number = 7`, 'run', (reads) => reads.run(run.id)],
  [`UPDATE step SET iteration = 2`, 'step', (reads) => reads.run(run.id)],
  [`UPDATE attempt SET content = replace(content, '"failed"', '"interrupted"')`, 'attempt', (reads) => reads.run(run.id)],
  [`UPDATE decision SET checksum = zeroblob(32)`, 'decision', (reads) => reads.decisions(run.id)],
  [`UPDATE error SET content = replace(content, '"low"', '"high"')`, 'error', (reads) => reads.run(run.id)],
  [`DELETE FROM error`, 'run', (reads) => reads.run(run.id)],
  [`UPDATE branch SET content = replace(content, 'engine', 'person')`, 'branch', (reads) => reads.run(run.id)],
  [`DELETE FROM step`, 'run', (reads) => reads.run(run.id)],
  [`DELETE FROM attempt`, 'run', (reads) => reads.run(run.id)],
  [`DELETE FROM decision`, 'run', (reads) => reads.run(run.id)],
  [`DELETE FROM branch`, 'run', (reads) => reads.run(run.id)],
  [`UPDATE checkpoint SET content = replace(content, 'output/draft/3', 'output/draft/4')`, 'checkpoint', (reads) => reads.state(run.id, 4)],
  [`UPDATE checkpoint SET id = id + 91 WHERE number = 8`, 'checkpoint', (reads) => reads.state(run.id, 8)],
  [`DELETE FROM checkpoint WHERE number = 0`, 'checkpoint', (reads) => reads.state(run.id, 1)],
  [`UPDATE keyframe SET body = x'00'`, 'keyframe', (reads) => reads.state(run.id, 8)],
  [`UPDATE keyframe SET body = x'02'`, 'keyframe', (reads) => reads.state(run.id, 8)],
  [`UPDATE value SET salt = zeroblob(32)`, 'value', (reads) => reads.value(run.id, run.record.input)],
  [`UPDATE value SET lineage = 9`, 'value', (reads) => reads.state(run.id, 1)],
  [`UPDATE lineage SET content = replace(content, '01', '02')`, 'lineage', (reads) => reads.state(run.id, 1)],
  [`DELETE FROM lineage`, 'lineage', (reads) => reads.decisions(run.id)],
  [`UPDATE revision SET content = replace(content, 'outreach', 'inreach')`, 'revision', (reads) => reads.run(run.id)],
  [`DELETE FROM revision`, 'revision', (reads) => reads.run(run.id)],
  [`UPDATE revision SET hash = 'no hash'`, 'revision', (reads) => reads.run(run.id)],
  [`UPDATE journal SET body = replace(body, 'running', 'waiting') WHERE position = 5`, 'journal', (reads) => reads.journal(4, 1, null)],
  [`UPDATE journal SET digest = x'' WHERE position = 5`, 'journal', (reads) => reads.journal(5, 1, null)],
  [`UPDATE journal SET run = 7 WHERE position = 5`, 'journal', (reads) => reads.journal(0, 9, run.id)],
  [`UPDATE journal SET run = 1 WHERE position = 1`, 'journal', (reads) => reads.journal(0, 9, run.id)],
  [`DELETE FROM journal WHERE position = 5`, 'journal', (reads) => reads.journal(0, 9, null)],
  [`DELETE FROM journal WHERE position = 5`, 'journal', (reads) => reads.journalBefore(9, 9, null)],
  [`DELETE FROM journal WHERE position = 5`, 'journal', (reads) => reads.journalBefore(6, 2, null)],
  [`UPDATE journal SET run = 7 WHERE position = 5`, 'journal', (reads) => reads.journalBefore(9, 9, run.id)],
  [`UPDATE signal SET at = 1`, 'signal', (reads) => reads.signals(run.id, 1)],
]

describe('each thing that can be changed is found, and no query answers from it', () => {
  test.each(cases)('%s', async (sql, object, query) => {
    scratch.damage(sql)
    expect(findings().join('\n')).toMatch(new RegExp(`^${object} `, 'm'))
    await expect((async () => scratch.reading(query))()).rejects.toThrow(CorruptionFound)
  })
})

describe('what no query would trip over is found all the same', () => {
  test.each<[string, string]>([
    [`UPDATE keyframe SET number = 99 WHERE number = (SELECT max(number) FROM keyframe)`, 'keyframe'],
    [`DELETE FROM keyframe WHERE number > 0`, 'keyframe'],
    [`UPDATE revision SET bundle = x'00'`, 'revision'],
    [`DELETE FROM journal WHERE position = 10`, 'run'],
    [`DELETE FROM run`, 'run'],
    [`UPDATE value SET address = zeroblob(32) WHERE address = (SELECT max(address) FROM value)`, 'value'],
  ])('%s', (sql, object) => {
    scratch.damage(sql)
    expect(findings().join('\n')).toMatch(new RegExp(`^${object} `, 'm'))
  })

  test.each([
    ['checkpoint', 'INSERT INTO checkpoint (id, content, checksum) SELECT id + 20, content, checksum FROM checkpoint WHERE number = 3'],
    ['keyframe', 'INSERT INTO keyframe (run, number, body, checksum) SELECT run, 23, body, checksum FROM keyframe WHERE number = 0'],
  ])('a %s past those that its run counts is found, and of no run', (object, sql) => {
    scratch.damage(sql)
    const found = scratch.reading((reads) => reads.verify().findings)
    expect(found).toEqual([{ object, key: `${run.id}/23`, detail: "the run has 9 checkpoints by its row, and none of this number: nobody reads it, and the run's own will take its place", run: null, nearest: null }])
  })

  test('a checkpoint whose number was changed is found missing, and where it stands now', () => {
    scratch.damage('UPDATE checkpoint SET id = id + 16 WHERE number = 3')
    expect(findings()).toEqual(expect.arrayContaining([`checkpoint ${run.id}/3`, `checkpoint ${run.id}/19`]))
  })

  test('a schema that is not ours', () => {
    const db = new Database(file)
    db.exec('CREATE TRIGGER harm AFTER INSERT ON journal BEGIN DELETE FROM run; END')
    db.close()
    expect(findings()).toEqual(['schema tables'])
  })
})

describe('a checkpoint of which the stored checksum is damaged', () => {
  const all = Array.from({ length: 9 }, (_, number) => number)
  const listAfter = (after: number | null, limit = 100) => {
    const { checkpoints, damaged } = scratch.reading((reads) => reads.checkpoints(run.id, after, limit))
    return { whole: checkpoints.map(({ number }) => number), damaged }
  }
  const numbersAfter = (number: number): number[] => listAfter(number).whole
  const isWhole = (number: number): boolean => ifWhole(() => scratch.reading((reads) => reads.state(run.id, number))) !== undefined

  /** The rows as they were, and a way to write one. */
  const written = () => {
    const db = new Database(file)
    onTestFinished(() => void db.close())
    const rows = db.prepare<[], { content: string; checksum: Uint8Array }>('SELECT content, checksum FROM checkpoint ORDER BY number').all()
    const update = db.prepare('UPDATE checkpoint SET content = ?, checksum = ? WHERE number = ?')
    return { rows, put: (number: number, content: string, checksum: Uint8Array) => update.run(content, checksum, number) }
  }

  test('is found, and none of those after it; the nearest whole one is the last that can be read', () => {
    const { rows, put } = written()
    for (const [number, { content, checksum }] of rows.entries()) {
      put(number, content, noDigest)
      expect(findings()).toEqual([`checkpoint ${run.id}/${number}`])
      expect(listAfter(null)).toEqual({ whole: all.toSpliced(number, 1), damaged: [number] })
      expect(listAfter(number)).toEqual({ whole: all.slice(number + 1), damaged: [] })
      expect(scratch.reading((reads) => reads.verify().findings[0]?.nearest)).toBe(all.findLast(isWhole) ?? null)
      put(number, content, checksum)
    }
    expect(findings()).toEqual([])
  })

  test('hides no other from a list, page by page', () => {
    scratch.damage(`UPDATE checkpoint SET content = content || ' ' WHERE number IN (2, 3, 8)`, 'DELETE FROM checkpoint WHERE number = 5')
    // Nothing is there that the one after a missing one could recompute over.
    expect(listAfter(null)).toEqual({ whole: [0, 1, 4, 7], damaged: [2, 3, 5, 6, 8] })
    expect(listAfter(null, 3)).toEqual({ whole: [0, 1], damaged: [2] })
    expect(listAfter(2, 3)).toEqual({ whole: [4], damaged: [3, 5] })
    expect(listAfter(5, 3)).toEqual({ whole: [7], damaged: [6, 8] })
    for (const number of [2, 3, 5, 8]) expect(() => scratch.reading((reads) => reads.state(run.id, number))).toThrow(CorruptionFound)
  })

  test('takes what it changed from none after it whose state can be read', () => {
    scratch.damage(`UPDATE checkpoint SET content = content || ' ' WHERE number = 2`)
    const { checkpoints } = scratch.reading((reads) => reads.checkpoints(run.id, null, 100))
    const next = checkpoints.find(({ number }) => number > 2 && isWhole(number))
    expect(next?.changes.map(({ key }) => key)).toContain(outputKey(draft, 2))
  })

  test('is one of several, and none of those after them is found', () => {
    scratch.damage(`UPDATE checkpoint SET checksum = x'00' WHERE number = 3`, 'UPDATE checkpoint SET checksum = zeroblob(32) WHERE number IN (4, 5)')
    expect(numbersAfter(5)).toEqual([6, 7, 8])
  })

  test('hides none after it that was changed, whatever that goes over', () => {
    const { rows, put } = written()
    for (const [number, { content, checksum }] of rows.entries()) {
      const [before, changed] = [rows[number - 1], content.replace('step_complete', 'step_start')]
      if (before === undefined) continue
      put(number - 1, before.content, noDigest)
      for (const parent of [before.checksum, noDigest]) {
        put(number, changed, sha256(parent, changed))
        expect(listAfter(number - 1).damaged).not.toEqual([])
      }
      put(number, changed, checksum)
      expect(listAfter(number - 1).damaged).toEqual([number])
      put(number - 1, before.content, before.checksum)
      put(number, content, checksum)
    }
  })
})

describe('several checkpoints that are damaged', () => {
  /** By the number of a checkpoint. What was its content, its checksum, or both of them are damaged. */
  type Damages = ReadonlyMap<number, 'content' | 'checksum' | 'both'>

  const of = {
    content: `content = replace(content, 'o', '0')`,
    checksum: 'checksum = zeroblob(32)',
    both: `content = replace(content, 'o', '0'), checksum = zeroblob(32)`,
  }
  const found = (damages: Damages) => {
    const whole = readFileSync(file)
    const db = new Database(file)
    for (const [number, what] of damages) db.exec(`UPDATE checkpoint SET ${of[what]} WHERE number = ${number}`)
    db.close()
    const { findings: all, checked } = scratch.reading((reads) => reads.verify())
    writeFileSync(file, whole)
    return { numbers: all.map(({ object, key }) => (object === 'checkpoint' ? Number(key.split('/')[1]) : `${object} ${key}`)), checked }
  }

  /**
   * A checkpoint's checksum goes over that of the one before. Where that is damaged it is told by that one's content; where the content is damaged,
   * too, nothing says it any more, and whether the next is as it was written cannot be known: it is found.
   */
  function toBeFound(damages: Damages): number[] {
    let isKnown = true
    return Array.from({ length: 9 }, (_, number) => number).filter((number) => {
      const damage = damages.get(number)
      const isFound = damage !== undefined || !isKnown
      isKnown = damage === undefined || damage === 'content' || (damage === 'checksum' && isKnown)
      return isFound
    })
  }

  const damages = fc
    .uniqueArray(fc.tuple(fc.nat({ max: 8 }), fc.constantFrom('content' as const, 'checksum' as const, 'both' as const)), { selector: ([number]) => number, maxLength: 7 })
    .map((all) => new Map(all))

  test('law: exactly those are found, and all are looked at', () => {
    fc.assert(
      fc.property(damages, (these) => {
        const { numbers, checked } = found(these)
        expect(numbers.filter((number) => typeof number === 'number')).toEqual(toBeFound(these))
        // Where nothing says any more what a checkpoint came to, nothing says whether its keyframe is of it.
        const lost = toBeFound(these).filter((number) => these.get(number) === 'both' || !isToldBy(these, number))
        expect(numbers.filter((number) => typeof number === 'string')).toEqual(keyframes.filter((number) => lost.includes(number)).map((number) => `keyframe ${run.id}/${number}`))
        expect(checked.checkpoints).toBe(9)
      }),
      { numRuns: 60 },
    )
  }, 30_000)

  /** Whether its checksum is stored, or told by its content and the one before. */
  function isToldBy(these: Damages, number: number): boolean {
    const damage = these.get(number)
    return damage === undefined || damage === 'content' || (damage === 'checksum' && (number === 0 || isToldBy(these, number - 1)))
  }

  let keyframes: readonly number[]
  beforeEach(() => {
    const db = new Database(file, { readonly: true })
    keyframes = db.prepare<[], number>('SELECT number FROM keyframe ORDER BY number').pluck().all()
    db.close()
  })

  test('leave none behind them unseen: a keyframe, a value, one that is gone', () => {
    scratch.damage(
      `UPDATE checkpoint SET ${of.content} WHERE number = 1`,
      'DELETE FROM checkpoint WHERE number = 3',
      `UPDATE keyframe SET body = x'00' WHERE number = (SELECT max(number) FROM keyframe)`,
      `UPDATE value SET body = x'00' WHERE rowid = (SELECT max(rowid) FROM value)`,
    )
    const all = scratch.reading((reads) => reads.verify())
    expect(all.findings.map(({ object, key }) => `${object} ${key}`)).toEqual(
      expect.arrayContaining([`checkpoint ${run.id}/1`, `checkpoint ${run.id}/3`, `checkpoint ${run.id}/4`, `keyframe ${run.id}/${keyframes.at(-1)}`, expect.stringMatching(/^value /)]),
    )
    expect(all.checked.checkpoints).toBe(8)
  })

  test('are named up to fifty, and the last of those says how many more there are', async () => {
    const { storage } = await scratch.open({ keyframeFloor: 1_000_000 })
    for (let count = 0; count < 100; count++) await storage.commit(run.next({ changes: [] }))
    await scratch.shut()
    scratch.damage(`UPDATE checkpoint SET ${of.both}`)
    const all = scratch.reading((reads) => reads.verify())
    const named = all.findings.filter(({ object }) => object === 'checkpoint')
    expect(named).toHaveLength(50)
    expect(named.at(-1)?.detail).toMatch(/; 59 more are damaged after it, up to 108$/)
    expect(all.checked.checkpoints).toBe(109)
  })
})

/** All that a store says of its first run but the journal. */
const tablesOfRuns = ['run', 'branch', 'step', 'attempt', 'decision', 'error', 'checkpoint', 'keyframe'] as const

test('a run whose every row is put back as it once was is found, each row whole by itself', async () => {
  const db = new Database(file)
  const columnsOf = (table: string) => db.prepare<[string], string>("SELECT group_concat(name, ', ') FROM pragma_table_info(?)").pluck().get(table)
  for (const table of tablesOfRuns) db.exec(`CREATE TEMP TABLE old_${table} AS SELECT ${columnsOf(table)} FROM ${table}`)
  const { storage } = await scratch.open({ keyframeFloor: 1 })
  await storage.commit(run.next({ changes: [], steps: [sampleStep({ attempts: 3 })] }))
  await scratch.shut()
  for (const table of tablesOfRuns) db.exec(`DELETE FROM ${table}; INSERT INTO ${table} (${columnsOf(table)}) SELECT * FROM old_${table}; DROP TABLE temp.old_${table}`)
  db.close()
  expect(findings()).toEqual([`run ${run.id}`])
})

describe('a row of a run that is put back as it once was', () => {
  /** The run commits what is said, and its row is as before then. */
  const putBack = async (...parts: Parameters<SampleRun['next']>): Promise<SampleRun['record']> => {
    const { record } = run
    const db = new Database(file)
    const [content, checksum] = db.prepare<[], [string, Buffer]>('SELECT content, checksum FROM run').raw().get() ?? []
    const { storage } = await scratch.open({ keyframeFloor: 1 })
    await storage.commit(run.next(...parts))
    await scratch.shut()
    db.prepare('UPDATE run SET content = ?, checksum = ?').run(content, checksum)
    db.close()
    return record
  }

  test('is of the run', async () => {
    await putBack({ record: { paused: true } })
    expect(scratch.reading((reads) => reads.verify().findings)).toMatchObject([{ object: 'run', run: run.id, detail: 'the journal has it at version 10, its row at 9' }])
  })

  test('and written on is found afterwards, and stays of the run', async () => {
    run.record = await putBack({ record: { paused: true } })
    const { storage } = await scratch.open({ keyframeFloor: 1 })
    for (let count = 0; count < 3; count += 1) await storage.commit(run.next())
    await scratch.shut()
    const found = { object: 'journal', key: '12', run: run.id, detail: expect.stringMatching(/^it takes its run to version 10, which had come to 10: /) }
    expect(scratch.reading((reads) => reads.verify().findings)).toMatchObject([found])
  })

  test('leaves checkpoints that follow it: they are said to be its own', async () => {
    await putBack({ changes: [] })
    const [, past] = scratch.reading((reads) => reads.verify().findings)
    expect(past).toMatchObject({ object: 'checkpoint', key: `${run.id}/9`, detail: 'the run has 9 checkpoints by its row, and this is of the next: it follows them, and the row is of before it' })
  })
})

describe('a damaged revision', () => {
  test.each(["UPDATE revision SET bundle = x'00'", 'UPDATE revision SET checksum = zeroblob(32)', 'DELETE FROM revision'])('is of the runs that cannot go on without it, of which some are named: %s', async (sql) => {
    const { storage } = await scratch.open()
    const others = Array.from({ length: 24 }, (_, nth) => new SampleRun(storage, nth + 2))
    for (const other of others) await storage.commit(other.create())
    const [ended = expect.fail()] = others
    await storage.commit(ended.next({ record: { status: 'cancelled', endedAt: 9 } }))
    await scratch.shut()
    scratch.damage(sql)
    const found = scratch.reading((reads) => reads.verify().findings)
    expect(found).toHaveLength(20)
    expect(new Set(found.map(({ run: of }) => of))).toEqual(new Set([run, ...others.slice(1, 20)].map(({ id }) => id)))
    for (const finding of found) expect(finding).toMatchObject({ object: 'revision', key: sampleRevision.hash, detail: expect.stringMatching(/; 4 more runs pin it beside those that are named$/) })
  })

  test('is of no run where each that pinned it has ended', async () => {
    const { storage } = await scratch.open()
    await storage.commit(run.next({ record: { status: 'cancelled', endedAt: 9 } }))
    await scratch.shut()
    scratch.damage("UPDATE revision SET bundle = x'00'")
    expect(scratch.reading((reads) => reads.verify().findings)).toMatchObject([{ object: 'revision', key: sampleRevision.hash, run: null, nearest: null }])
  })
})

test('values that change places are found, both of them', () => {
  const db = new Database(file)
  const [first, second] = db.prepare<[], { rowid: number; body: Buffer }>('SELECT rowid, body FROM value ORDER BY rowid DESC LIMIT 2').all()
  const put = db.prepare('UPDATE value SET body = ? WHERE rowid = ?')
  put.run(second?.body, first?.rowid)
  put.run(first?.body, second?.rowid)
  db.close()
  expect(findings()).toHaveLength(2)
})

test('a store with more findings than anybody reads lists the first thousand', async () => {
  const { storage } = await scratch.open()
  for (let count = 0; count < 1_100; count++) storage.keep([sampleLog(run.id, `${count}`, { attempt: count + 1 })])
  await scratch.shut()
  scratch.damage('UPDATE signal SET at = at + 1')
  expect(findings()).toHaveLength(1_000)
})

test('a walk is given up before any of its steps, and the store can be walked again', () => {
  const db = new Database(file, { readonly: true })
  const { anchor } = storePaths(scratch.workspace)
  let steps = 0
  const whole = verifyStore(db, anchor, () => void steps++)
  expect(steps).toBeGreaterThan(20)
  for (let last = 1; last <= steps; last++) {
    let step = 0
    const goOn = (): void => {
      step++
      if (step === last) throw new GivenUp('enough')
    }
    expect(() => verifyStore(db, anchor, goOn)).toThrow(GivenUp)
    expect(step).toBe(last)
  }
  expect(verifyStore(db, anchor)).toEqual(whole)
  db.close()
})

describe('branches', () => {
  const branched = async (): Promise<void> => {
    const { storage } = await scratch.open({ keyframeFloor: 1_000_000 })
    const steps = [sampleStep({ branch: 1 })]
    await storage.commit(run.next({ branch: { parent: 0, from: 3, why: 'a try' }, changes: [], steps }))
    await storage.commit(run.next({ changes: [] }))
    await storage.commit(run.next({ branch: { parent: 0, from: 6, why: 'another' }, changes: [], steps: [sampleStep({ branch: 2 })] }))
    await scratch.shut()
  }

  test('a store with branches has no findings', async () => {
    await branched()
    expect(findings()).toEqual([])
  })

  test.each([
    `DELETE FROM branch WHERE number = 1`,
    `UPDATE branch SET content = replace(content, '"from":3', '"from":4') WHERE number = 1`,
    `DELETE FROM keyframe WHERE number = (SELECT max(number) FROM keyframe)`,
    `UPDATE checkpoint SET content = replace(content, ',1,"step_complete"', ',2,"step_complete"') WHERE number = 9`,
  ])('%s', async (sql) => {
    await branched()
    scratch.damage(sql)
    expect(findings()).not.toEqual([])
  })
})
