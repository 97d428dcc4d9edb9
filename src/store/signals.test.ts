import { closeSync, openSync, writeSync } from 'node:fs'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { draft, runId, SampleRun, sampleHeartbeat, sampleHostEntry, sampleLog, sampleProgress } from '../../test/conformance/samples.ts'
import { ScratchStore } from '../../test/conformance/scratch-store.ts'
import { StepId } from '../model/ids.ts'
import type { Json } from '../model/json.ts'
import type { Signal } from '../model/log.ts'
import { mostLines } from './format/signal.ts'
import type { Store } from './open-store.ts'
import { storePaths } from './paths.ts'

let scratch: ScratchStore
let store: Store
let run: SampleRun
beforeEach(async () => {
  scratch = new ScratchStore()
  store = await scratch.open()
  run = new SampleRun(store.storage, 1)
  await store.storage.commit(run.create())
})
afterEach(() => scratch.remove())

/** Lets the second pass in which signals wait, and the group that they are written with. */
async function written(): Promise<readonly Signal[]> {
  scratch.clock.advance(1_000)
  await store.storage.commit(run.next())
  return store.queries.signals(run.id, 5_000)
}

const log = (message: string, at: number, fields: { attempt?: number; data?: Json; exchange?: 'answer' } = {}) =>
  sampleLog(run.id, message, { at, ...fields })

test('signals wait a second at most, and are written together', async () => {
  const [one, two] = [log('one', 1), log('two', 2)]
  store.storage.keep([one])
  scratch.clock.advance(999)
  await store.storage.commit(run.next())
  expect(await store.queries.signals(run.id, 10)).toEqual([])
  store.storage.keep([two])
  scratch.clock.advance(1)
  await store.storage.commit(run.next())
  expect(await store.queries.signals(run.id, 10)).toEqual([one, two])
})

test('closing writes what waits', async () => {
  store.storage.keep([log('last words', 1)])
  store = await scratch.open()
  expect(await store.queries.signals(run.id, 10)).toMatchObject([{ message: 'last words' }])
})

test('the newest are answered, oldest first', async () => {
  store.storage.keep([log('one', 1), log('three', 3, { attempt: 2 }), log('two', 2)])
  await written()
  expect(await store.queries.signals(run.id, 2)).toMatchObject([{ message: 'two' }, { message: 'three' }])
})

test('the newest of one step are those that its attempts said', async () => {
  const [one, other, two] = [log('one', 1), { ...log('other', 2), step: StepId.parse('send') }, log('two', 3, { attempt: 2 })]
  store.storage.keep([one, other, two])
  await written()
  expect(await store.queries.signals(run.id, 10, { step: StepId.parse('send') })).toEqual([other])
  expect(await store.queries.signals(run.id, 1, { step: one.step })).toEqual([two])
})

test('the newest up to a moment are those that had been said by then', async () => {
  const [one, two, three] = [log('one', 1), log('two', 2), log('three', 3)]
  store.storage.keep([one, two, three])
  await written()
  expect(await store.queries.signals(run.id, 10, { until: 2 })).toEqual([one, two])
  expect(await store.queries.signals(run.id, 1, { step: one.step, until: 2 })).toEqual([two])
})

test('of progress and heartbeats the last of an attempt stands', async () => {
  store.storage.keep([sampleProgress(run.id, 0.1, { at: 1 }), sampleHeartbeat(run.id, 'early', { at: 2 })])
  await written()
  store.storage.keep([sampleProgress(run.id, 0.5, { at: 3 }), sampleHeartbeat(run.id, 'late', { at: 4 })])
  store.storage.keep([sampleHeartbeat(run.id, 'of the next attempt', { at: 5, attempt: 2 })])
  expect(await written()).toMatchObject([{ fraction: 0.5 }, { value: 'late' }, { value: 'of the next attempt' }])
  expect(store.storage.lastHeartbeat(run.id, 0, draft, 1)).toBe('of the next attempt')
})

test('the last heartbeat is known after the store was opened again', async () => {
  store.storage.keep([sampleHeartbeat(run.id, { page: 7 })])
  store = await scratch.open()
  expect(store.storage.lastHeartbeat(run.id, 0, draft, 1)).toEqual({ page: 7 })
  expect(store.storage.lastHeartbeat(run.id, 0, draft, 2)).toBeUndefined()
})

test('heartbeats of an attempt are written so far apart as they are to be, and the last is known all the while', async () => {
  const said = async (value: number): Promise<readonly Signal[]> => {
    store.storage.keep([sampleHeartbeat(run.id, value, { at: value })], 30_000)
    return written()
  }
  expect(await said(1)).toMatchObject([{ value: 1 }])
  for (const value of [2, 3, 4]) expect(await said(value)).toMatchObject([{ value: 1 }])
  expect(store.storage.lastHeartbeat(run.id, 0, draft, 1)).toBe(4)
  store.storage.keep([sampleHeartbeat(run.id, 'of the next', { at: 5, attempt: 2 })], 30_000)
  await written()
  expect(store.storage.lastHeartbeat(run.id, 0, draft, 1)).toBe('of the next')
  scratch.clock.advance(26_000)
  expect(await written()).toMatchObject([{ value: 4 }, { value: 'of the next' }])
  expect(await said(6)).toMatchObject([{ value: 4 }, { value: 'of the next' }])
})

test('a heartbeat that waits holds up no log line, and closing writes it', async () => {
  store.storage.keep([sampleHeartbeat(run.id, 1, { at: 1 })], 30_000)
  await written()
  store.storage.keep([sampleHeartbeat(run.id, 2, { at: 2 }), log('meanwhile', 3)], 30_000)
  expect(await written()).toMatchObject([{ value: 1 }, { message: 'meanwhile' }])
  store = await scratch.open()
  expect(store.storage.lastHeartbeat(run.id, 0, draft, 1)).toBe(2)
})

test('of log lines the newest of each attempt stay, said at once or over time', async () => {
  const said = Array.from({ length: 3 * mostLines }, (_, index) => log(`line ${index}`, index))
  store.storage.keep(said)
  store.storage.keep([log('another attempt', 0, { attempt: 2 })])
  expect(await written()).toHaveLength(mostLines + 1)
  store.storage.keep(said.slice(0, 10).map((line) => ({ ...line, at: 9_999 })))
  const kept = await written()
  expect(kept).toHaveLength(mostLines + 1)
  expect(kept[1]).toMatchObject({ message: `line ${2 * mostLines + 10}` })
  expect(kept.at(-1)).toMatchObject({ message: 'line 9' })
})

test('what is too long is cut or left out, and says so', async () => {
  const long = '🏔️'.repeat(10_000)
  store.storage.keep([
    log(long, 1, { data: { fits: true } }),
    log('with data', 2, { data: long }),
    sampleProgress(run.id, 1, { at: 3, note: long }),
    sampleHeartbeat(run.id, 'small', { at: 4 }),
    sampleHeartbeat(run.id, long.repeat(20), { at: 5 }),
  ])
  const [first, second, third, fourth] = await written()
  expect(first).toMatchObject({ message: expect.stringContaining('(30000 characters, cut here)'), data: { fits: true } })
  expect(second).toMatchObject({ data: { left_out: expect.stringContaining('30002 characters') } })
  expect(third).toMatchObject({ note: expect.stringContaining('cut here') })
  expect(fourth).toMatchObject({ value: 'small' })
})

test('a side of an exchange is kept with all that was told of it', async () => {
  const answer = { http: 'answer', status: 200, reason: 'OK', headers: {}, body: { text: 'x'.repeat(16_000), bytes: 16_000 }, took: 3 }
  store.storage.keep([log('answered 200', 1, { exchange: 'answer', data: answer })])
  expect(await written()).toMatchObject([{ exchange: 'answer', data: answer }])
})

test('what is said of a run that is not stored is dropped, the rest is kept', async () => {
  store.storage.keep([sampleLog(runId(9), 'of nobody'), log('of somebody', 1)])
  expect(await written()).toHaveLength(1)
  expect(await store.queries.signals(runId(9), 10)).toEqual([])
  expect(scratch.troubles).toEqual([])
})

test('signals whose group failed are written with a later one', async () => {
  const blocker = scratch.lock()
  store.storage.keep([log('kept', 1)])
  scratch.clock.advance(1_000)
  await expect(store.storage.commit(run.next())).rejects.toThrow('locked')
  expect(scratch.troubles).toMatchObject([expect.stringContaining('writing logs')])
  blocker.release()
  store.storage.keep([log('and more', 2)])
  scratch.clock.advance(1_000)
  await store.storage.record(sampleHostEntry())
  expect(await store.queries.signals(run.id, 10)).toMatchObject([{ message: 'kept' }, { message: 'and more' }])
})

test('what is said in runs whose rows are on a page that cannot be read keeps nothing that others say', async () => {
  const others = Array.from({ length: 40 }, (_, index) => new SampleRun(store.storage, index + 2))
  for (const each of others) await store.storage.commit(each.create())
  for (const each of others) store.storage.keep([sampleLog(each.id, 'x'.repeat(400), { at: 1 })])
  await written()
  await scratch.shut()
  const { store: path } = storePaths(scratch.workspace)
  const db = new Database(path)
  const page = db.prepare<[], number>("SELECT pageno FROM dbstat WHERE name = 'signal' AND pagetype = 'leaf' ORDER BY path LIMIT 1 OFFSET 1").pluck().get() ?? expect.fail('there is no such page')
  db.close()
  const file = openSync(path, 'r+')
  writeSync(file, Buffer.alloc(100, 0xff), 0, 100, (page - 1) * 4_096)
  closeSync(file)

  store = await scratch.open()
  for (const each of others) store.storage.keep([sampleLog(each.id, 'once more', { at: 2, attempt: 2 })])
  scratch.clock.advance(1_000)
  const last = others.at(-1) ?? expect.fail('there is no run')
  await vi.waitFor(() => expect(scratch.troubles).toMatchObject([expect.stringContaining('writing logs, progress and heartbeats: CorruptionFound')]))
  expect(await store.queries.signals(last.id, 10)).toMatchObject([{ at: 1 }, { message: 'once more' }])
  // What could not be written does not come back each second.
  store.storage.keep([sampleLog(last.id, 'again', { at: 3, attempt: 2 })])
  scratch.clock.advance(1_000)
  await store.storage.record(sampleHostEntry())
  expect(await store.queries.signals(last.id, 10)).toMatchObject([{ at: 1 }, { message: 'once more' }, { message: 'again' }])
  expect(scratch.troubles).toHaveLength(1)

  for (const each of others) store.storage.keep([sampleLog(each.id, 'last words', { at: 4, attempt: 2 })])
  store = await scratch.open()
  expect((await store.queries.signals(last.id, 10)).at(-1)).toMatchObject({ message: 'last words' })
})
