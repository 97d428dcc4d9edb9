/** A run whose file was damaged while nobody had it open goes on: what stands where its next checkpoint comes is nobody's, or the run's own row is of before. */
import { readFileSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { everyPage, malformed } from '../../../test/conformance/damage/pages.ts'
import { draft, type SampleRun, startedRun } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { outputKey } from '../../model/checkpoint.ts'
import { storePaths } from '../paths.ts'

/** No keyframe follows the first, or each checkpoint has one. */
const [seldom, always] = [1_000_000, 1]
/** Checkpoints 0 to 8. */
const count = 9

let scratch: ScratchStore
beforeEach(() => {
  scratch = new ScratchStore()
})
afterEach(() => scratch.remove())

async function storedRun(keyframeFloor: number): Promise<SampleRun> {
  const { storage } = await scratch.open({ keyframeFloor })
  const run = await startedRun(storage, 1)
  for (let number = 1; number < count; number++) await storage.commit(step(run, `output ${number}`))
  await scratch.shut()
  return run
}

function step(run: SampleRun, output: string, more: Parameters<SampleRun['next']>[0] = {}) {
  const value = run.seal(output)
  return run.next({ values: [value], changes: [{ key: outputKey(draft, 1), address: value.address }], ...more })
}

const found = () => scratch.reading((reads) => reads.verify().findings.map(({ object, key }) => `${object} ${key}`))
const outputAt = (run: SampleRun, number: number) => scratch.reading((reads) => reads.state(run.id, number)?.outputs[draft]?.at(-1)?.output)

/** A changed number of one of its rows has led it to where the run's next checkpoint comes. */
const astray = {
  checkpoint: `UPDATE checkpoint SET id = id + ${count - 3} WHERE number = 3`,
  keyframe: `UPDATE keyframe SET number = ${count} WHERE number = 3`,
}

test.each([
  ['goes back', { branch: { parent: 0, from: 8, why: 'a try' } }],
  ['goes on', {}],
])('a run that %s takes the place of a checkpoint and a keyframe that are none of its own', async (_, more) => {
  const run = await storedRun(always)
  scratch.damage(astray.checkpoint, astray.keyframe)
  expect(found()).toEqual(expect.arrayContaining([`checkpoint ${run.id}/9`, `keyframe ${run.id}/9`]))
  const { storage } = await scratch.open({ keyframeFloor: always })
  await storage.commit(step(run, 'the next', more))
  await storage.commit(step(run, 'another'))
  await scratch.shut()
  expect([8, 9, 10].map((number) => outputAt(run, number))).toEqual(['output 8', 'the next', 'another'])
  // Of the one behind it nothing says any more whether it is whole.
  expect(found().filter((each) => !each.endsWith('/3') && !each.endsWith('/4'))).toEqual([`keyframe ${run.id}`])
})

test('a keyframe that is none of its own is no part of a checkpoint that has none', async () => {
  const run = await storedRun(seldom)
  scratch.damage(`INSERT INTO keyframe (run, number, body, checksum) SELECT run, ${count} + 1, body, checksum FROM keyframe`)
  const { storage } = await scratch.open({ keyframeFloor: seldom })
  for (const output of ['the next', 'another']) await storage.commit(step(run, output))
  await scratch.shut()
  expect(outputAt(run, 10)).toBe('another')
  expect(found()).toEqual([])
})

test('a checkpoint that follows those that the row of its run counts stays: the row is of before, and nothing is written over', async () => {
  const run = await storedRun(seldom)
  const db = new Database(storePaths(scratch.workspace).store)
  const before = db.prepare('SELECT content, checksum FROM run').raw().get()
  const { storage } = await scratch.open({ keyframeFloor: seldom })
  const { record } = run
  await storage.commit(step(run, 'the newest'))
  await scratch.shut()
  db.prepare('UPDATE run SET content = ?, checksum = ?').run(before)
  const saying = () => db.prepare('SELECT id, content, checksum FROM checkpoint').all()
  const stood = saying()

  run.record = record
  const again = await scratch.open({ keyframeFloor: seldom })
  await expect(again.storage.commit(step(run, 'the next'))).rejects.toMatchObject({
    name: 'CorruptionFound',
    object: 'run',
    key: run.id,
    detail: 'its row tells of 9 checkpoints, and checkpoint 9 is there, whole, and follows them: the row is of before it',
  })
  await scratch.shut()
  expect(saying()).toEqual(stood)
  db.close()
})

test.each(['zeros', 'noise', 'another header'] as const)('a run goes back past its newest checkpoint on a page that became %s, again and again; runs that are written with it go on', async (kind) => {
  const run = await storedRun(seldom)
  const { storage } = await scratch.open({ keyframeFloor: seldom })
  const other = await startedRun(storage, 2)
  const values = Array.from({ length: 300 }, (_, index) => run.seal(`long ${index}`))
  await storage.commit(run.next({ values, changes: values.map(({ address }, index) => ({ key: outputKey(draft, index + 1), address })) }))
  await scratch.shut()
  const file = storePaths(scratch.workspace).store
  const page = everyPage(file).find(({ name, type }) => name === 'checkpoint' && type === 'overflow') ?? expect.fail('no checkpoint is that long')
  writeFileSync(file, malformed(readFileSync(file), page, kind))
  const damage = found()
  expect(damage).toContain(`checkpoint ${run.id}/${count}`)

  const again = await scratch.open({ keyframeFloor: always })
  const goBack = (parent: number, from: number) => step(run, `back at ${from}`, { branch: { parent, from, why: null } })
  await Promise.all([other.next({ changes: [] }), goBack(0, 8), other.next({ changes: [] }), step(run, 'the next'), goBack(1, 10), goBack(2, 8)].map((each) => again.storage.commit(each)))
  expect(again.storage.load(run.id)?.record).toMatchObject({ branch: 3, head: 13 })
  await scratch.shut()
  expect([8, 10, 11, 12, 13].map((number) => outputAt(run, number))).toEqual(['output 8', 'back at 8', 'the next', 'back at 10', 'back at 8'])
  const { checkpoints, damaged } = scratch.reading((reads) => reads.checkpoints(run.id, null, 100))
  expect({ whole: checkpoints.map(({ number }) => number), damaged }).toEqual({ whole: [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13], damaged: [9] })
  expect(found()).toEqual(damage)
  expect(scratch.reading((reads) => reads.verify().findings.find(({ object }) => object === 'checkpoint')?.nearest)).toBe(13)
})
