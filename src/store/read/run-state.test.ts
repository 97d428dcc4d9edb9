import fc from 'fast-check'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { draft, SampleRun, startedRun } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { factKey, outputKey, type StateChange, type StepFact } from '../../model/checkpoint.ts'
import { type RunId, StepId } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { storePaths } from '../paths.ts'
import { openReads, type Reads } from '../reader/reads.ts'

const scale = Number(process.env['CAIRN_SCALE'] ?? 0.1)

let scratch: ScratchStore
let reads: Reads
beforeEach(() => {
  scratch = new ScratchStore()
})
afterEach(async () => {
  reads.close()
  await scratch.remove()
})

/** A run of one checkpoint after the other; each writes the outputs that it names. */
async function store(history: readonly Readonly<Record<string, Json>>[], keyframeFloor: number): Promise<RunId> {
  const { storage } = await scratch.open({ keyframeFloor })
  const run = await startedRun(storage, 1)
  for (const outputs of history) {
    const sealed = Object.entries(outputs).map(([step, value]) => ({ step: StepId.parse(step), value: run.seal(value) }))
    const changes = sealed.map(({ step, value }) => ({ key: outputKey(step, 1), address: value.address }))
    await storage.commit(run.next({ changes, values: sealed.map(({ value }) => value) }))
  }
  reads = openReads(scratch.workspace)
  return run.id
}

/** The file as it is on the disk, after the store has let go of it. */
async function damage(sql: string): Promise<void> {
  reads.close()
  await scratch.shut()
  damageUnseen(sql)
  reads = openReads(scratch.workspace)
}

/** The file under whoever has read it before. */
function damageUnseen(sql: string): void {
  const db = new Database(storePaths(scratch.workspace).store)
  expect(db.prepare(sql).run().changes).toBeGreaterThan(0)
  db.close()
}

const outputsAt = (run: RunId, number: number) =>
  Object.fromEntries(
    Object.entries(reads.state(run, number)?.outputs ?? {}).map(([step, outputs]) => [step, outputs.at(-1)?.output]),
  )

const step = fc.constantFrom('a', 'b', 'c', 'constructor', 'toString')
const history = fc.array(fc.dictionary(step, fc.jsonValue({ maxDepth: 1 })), { maxLength: 25 })

test('law: the state at a checkpoint is the fold of all changes up to it, wherever keyframes stand', async () => {
  await fc.assert(
    fc.asyncProperty(history, fc.constantFrom(1, 200, 1_000, 100_000), async (given, floor) => {
      const written = given.map((outputs) => normal(outputs))
      const run = await store(written, floor)
      let expected: Record<string, Json> = {}
      for (const [index, outputs] of [{}, ...written].entries()) {
        expected = { ...expected, ...outputs }
        expect(outputsAt(run, index)).toEqual(expected)
      }
      expect(reads.verify()).toMatchObject({ findings: [], checked: { checkpoints: written.length + 1 } })
      reads.close()
      await scratch.remove()
      scratch = new ScratchStore()
    }),
    { numRuns: Math.ceil(50 * scale) },
  )
}, 60_000 * Math.max(1, 10 * scale))

test('keyframes follow where the deltas outweigh them, and take no more room', async () => {
  await store(Array.from({ length: 60 }, (_, index) => ({ a: index })), 500)
  const db = new Database(storePaths(scratch.workspace).store, { readonly: true })
  const numbers = db.prepare('SELECT number FROM keyframe ORDER BY number').pluck().all()
  const room = (sql: string) => Number(db.prepare(sql).pluck().get())
  expect(numbers[0]).toBe(0)
  expect(numbers.length).toBeGreaterThan(5)
  expect(room('SELECT sum(length(body)) FROM keyframe')).toBeLessThan(room('SELECT sum(length(content)) FROM checkpoint'))
  db.close()
})

test('a state says what each step had come to, and every iteration of its output', async () => {
  const { storage } = await scratch.open()
  const run = new SampleRun(storage, 1)
  const [first, second] = [run.seal('first'), run.seal('second')]
  const fact: StepFact = { iteration: 2, status: 'completed', loops: 1 }
  const changes: StateChange[] = [
    { key: outputKey(draft, 10), address: second.address },
    { key: outputKey(draft, 2), address: first.address },
    { key: factKey(draft), fact },
  ]
  await storage.commit(run.create({ changes, values: [first, second] }))
  reads = openReads(scratch.workspace)
  expect(reads.state(run.id, 0)).toMatchObject({
    checkpoint: { run: run.id, number: 0, parent: null },
    input: 'input',
    context: 'context',
    outputs: {
      draft: [
        { iteration: 2, output: 'first', address: first.address },
        { iteration: 10, output: 'second', address: second.address },
      ],
    },
    steps: { draft: fact },
  })
  expect(reads.state(run.id, null)).toEqual(reads.state(run.id, 0))
  expect(reads.state(run.id, 1)).toBeUndefined()
  expect(reads.state(run.id, -1)).toBeUndefined()
})

describe('damage is found before the state is used, and the nearest whole checkpoint named', () => {
  const thirty = Array.from({ length: 30 }, (_, index) => ({ a: `value ${index + 1}` }))
  const found = (run: RunId, number: number): CorruptionFound => {
    try {
      reads.state(run, number)
    } catch (error) {
      if (error instanceof CorruptionFound) return error
      throw error
    }
    return expect.fail('nothing was found')
  }

  test('in a delta', async () => {
    const run = await store(thirty, 100_000)
    await damage(`UPDATE checkpoint SET content = replace(content, 'step_complete', 'step_start') WHERE number = 20`)
    expect(found(run, 25)).toMatchObject({ object: 'checkpoint', key: `${run}/20`, nearest: 19 })
    expect(found(run, 25).message).toContain('the nearest whole checkpoint is 19')
    expect(reads.state(run, 19)).toBeDefined()
  })

  test('in a checkpoint that is gone', async () => {
    const run = await store(thirty, 100_000)
    await damage('DELETE FROM checkpoint WHERE number = 20')
    expect(found(run, 25)).toMatchObject({ key: `${run}/20`, nearest: 19 })
  })

  test('in the newest checkpoint that is gone', async () => {
    const run = await store(thirty, 100_000)
    await damage('DELETE FROM checkpoint WHERE number = 30')
    expect(found(run, 30)).toMatchObject({ key: `${run}/30`, nearest: 29 })
  })

  test('in a keyframe', async () => {
    const run = await store(thirty, 500)
    await damage('UPDATE keyframe SET checksum = zeroblob(32) WHERE number = (SELECT max(number) FROM keyframe)')
    const { object, nearest } = found(run, 30)
    expect(object).toBe('keyframe')
    expect(reads.state(run, nearest ?? -1)).toBeDefined()
  })

  test('in the only keyframe', async () => {
    const run = await store(thirty, 100_000)
    await damage('DELETE FROM keyframe')
    expect(found(run, 30)).toMatchObject({ detail: 'no keyframe comes before it', nearest: null })
    expect(found(run, 30).message).toContain('no checkpoint before it is whole')
  })

  test('in a value', async () => {
    const run = await store([...thirty, { b: 'another' }], 500)
    const address = reads.state(run, 31)?.outputs[StepId.parse('b')]?.[0]?.address
    await damage(`UPDATE value SET body = x'0031' WHERE address = x'${address}'`)
    expect(found(run, 31)).toMatchObject({ object: 'value', nearest: 30 })
  })

  test.each([
    ['checkpoint', `UPDATE checkpoint SET content = replace(content, 'step_complete', 'step_start') WHERE number = 29`],
    ['checkpoint', 'UPDATE checkpoint SET checksum = zeroblob(32) WHERE number = 30'],
    ['keyframe', 'UPDATE keyframe SET checksum = zeroblob(32) WHERE number = (SELECT max(number) FROM keyframe)'],
    ['value', `UPDATE value SET body = CAST(body || ' ' AS BLOB)`],
    ['value', 'UPDATE value SET body = CAST(substr(body, 2) AS BLOB)'],
    ['value', 'DELETE FROM value'],
  ])('in a %s that has been read before', async (object, sql) => {
    const run = await store(thirty, 500)
    expect(reads.state(run, 30)).toEqual(reads.state(run, 30))
    damageUnseen(sql)
    expect(found(run, 30)).toMatchObject({ object })
  })

  test('in a lineage', async () => {
    const run = await store([], 500)
    await damage('DELETE FROM lineage')
    expect(found(run, 0)).toMatchObject({ object: 'lineage', nearest: null })
  })
})

/** As JSON has it: -0 is 0. */
function normal(outputs: Readonly<Record<string, unknown>>): Record<string, Json> {
  const json: Record<string, Json> = JSON.parse(JSON.stringify(outputs))
  return json
}
