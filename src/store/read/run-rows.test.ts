/** Rows that are read again are checked again, whatever is remembered of what they said. */
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sampleAttempt, sampleDecision, sampleError, SampleRun, sampleRevision, sampleStep } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { storePaths } from '../paths.ts'
import { openReads, type Reads } from '../reader/reads.ts'
import { returnedRunChecker } from './returned-run.ts'

let scratch: ScratchStore
let run: SampleRun
let reads: Reads
let db: Database.Database
beforeEach(async () => {
  scratch = new ScratchStore()
  const { storage } = await scratch.open()
  await storage.saveRevision(sampleRevision)
  run = new SampleRun(storage, 1)
  const [earlier, newest] = [sampleAttempt({ attempt: 1, status: 'failed', endedAt: 7 }), sampleAttempt({ attempt: 2 })]
  const steps = [sampleStep({ status: 'running', attempts: 2 })]
  await storage.commit(run.create({ steps, attempts: [earlier, newest], decisions: [sampleDecision()], errors: [sampleError()] }))
  reads = openReads(scratch.workspace)
  db = new Database(storePaths(scratch.workspace).store)
})
afterEach(async () => {
  db.close()
  reads.close()
  await scratch.remove()
})

test('what was read before is answered the same', () => {
  const before = reads.run(run.id)
  expect(before?.attempts.map(({ attempt }) => attempt)).toEqual([1, 2])
  expect(reads.run(run.id)).toEqual(before)
})

describe.each(['branch', 'step', 'attempt', 'decision', 'error'])('a row of %s that was read before', (table) => {
  test.each([
    ['says something else', `content = replace(content, '}', ' }')`, `${table} `],
    ['has another checksum', 'checksum = zeroblob(32)', `${table} `],
    ['is of another run by now', 'run = 2', 'is missing or out of date'],
  ])('and %s is found', (_, change, told) => {
    expect(reads.run(run.id)).toBeDefined()
    expect(() => returnedRunChecker(db)(run.id, new Map())).not.toThrow()
    expect(db.prepare(`UPDATE ${table} SET ${change}`).run().changes).toBe(1)
    for (const look of [() => reads.run(run.id), () => returnedRunChecker(db)(run.id, new Map())]) {
      expect(look).toThrow(CorruptionFound)
      expect(look).toThrow(told)
    }
  })
})
