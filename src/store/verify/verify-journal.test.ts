import { afterEach, beforeEach, expect, test } from 'vitest'
import { SampleRun } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'

/** How many entries the journal has. */
const last = 6

let scratch: ScratchStore

beforeEach(async () => {
  scratch = new ScratchStore()
  const { storage } = await scratch.open()
  const run = new SampleRun(storage, 1)
  await storage.commit(run.create())
  for (let position = 2; position <= last; position += 1) await storage.commit(run.next())
  await scratch.shut()
})
afterEach(() => scratch.remove())

test.each([
  ['DELETE FROM journal WHERE position = 1', '1'],
  ['DELETE FROM journal WHERE position = 4', '4'],
  ['DELETE FROM journal WHERE position IN (2, 3)', '2'],
  ['UPDATE journal SET position = 900 WHERE position = 4', '4'],
  ['UPDATE journal SET position = 8 WHERE position = 6', '6'],
  ['UPDATE journal SET position = -4 WHERE position = 4', '4'],
])('an entry that is not where it was is named by its own position: %s', (sql, position) => {
  scratch.damage(sql)
  const found = scratch.reading((reads) => reads.verify().findings)
  expect(found).toContainEqual(expect.objectContaining({ object: 'journal', key: position, detail: expect.stringContaining('the entry is not there') }))
})
