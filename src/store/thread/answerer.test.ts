import { writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runId } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { CorruptionFound, GivenUp, StorageFailed } from '../../model/storage-errors.ts'
import { storePaths } from '../paths.ts'
import { openReads, type Reads } from '../reader/reads.ts'
import { reading } from '../sqlite/reading.ts'
import { answerer } from './answerer.ts'
import { type Request, toError, toReadFailure } from './protocol.ts'

let scratch: ScratchStore
beforeEach(async () => {
  scratch = new ScratchStore()
  await scratch.open()
})
afterEach(() => scratch.remove())

const opening = (workspace: string) => answerer(() => reading(workspace, () => openReads(workspace)))
const run = (id: number): Request<Reads> => ({ id, method: 'run', given: [runId(1)] })
const close: Request<Reads> = { id: 9, method: 'close', given: [] }

test('a request is answered under its own number', () => {
  const answer = opening(scratch.workspace)
  expect(answer(run(3))).toEqual({ id: 3, method: 'run', answer: undefined })
  expect(answer({ id: 4, method: 'present', given: [] })).toMatchObject({ id: 4, method: 'present' })
  expect(answer(close)).toMatchObject({ id: 9, method: 'close' })
  expect(answer(run(10))).toMatchObject({ id: 10, failure: { kind: 'other', message: expect.stringContaining('not open') } })
})

test('closing what was never opened opens nothing', () => {
  expect(opening('/nowhere')(close)).toMatchObject({ id: 9, answer: undefined })
})

test('a store that cannot be opened is told of at each request', async () => {
  await scratch.shut()
  writeFileSync(storePaths(scratch.workspace).store, 'no database at all, but long enough to look at'.repeat(99))
  const answer = opening(scratch.workspace)
  for (const id of [1, 2]) expect(answer(run(id))).toMatchObject({ id, failure: { kind: 'corruption', object: 'file' } })
})

test('errors cross as what callers tell apart', () => {
  const damage = new CorruptionFound('checkpoint', 'r/7', 'it is not there', 6)
  expect(toError(toReadFailure(damage))).toEqual(damage)
  expect(toError(toReadFailure(damage)).message).toBe(damage.message)
  const full = new StorageFailed('the disk is full', { fault: 'full' })
  expect(toError(toReadFailure(full))).toEqual(full)
  expect(toError(toReadFailure(new TypeError('unexpected')))).toBeInstanceOf(StorageFailed)
  expect(toError(toReadFailure(new GivenUp('closed')))).toEqual(new GivenUp('closed'))
  expect(toError(toReadFailure('words')).message).toContain('words')
})
