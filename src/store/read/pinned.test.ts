import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { z } from 'zod'
import { sampleRevision, type SampleRun, sampleStep, startedRun } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { BranchStanding } from '../../model/branch.ts'
import { RevisionHash } from '../../model/ids.ts'
import { Tally } from '../format/ledger.ts'
import { branchFormat, BranchRow, type RunRowFormat } from '../format/rows.ts'
import type { Store } from '../open-store.ts'
import { storePaths } from '../paths.ts'
import { rowWriter } from '../write/row-writer.ts'
import { runWriter } from '../write/run-writer.ts'
import { Known, KnownRows } from '../write/written-runs.ts'
import { runRowsReader } from './run-rows.ts'
import { runReader } from './runs.ts'

let scratch: ScratchStore
let store: Store
let run: SampleRun

const older = { workflowVersion: 1, revision: sampleRevision.hash }
const newer = { workflowVersion: 2, revision: RevisionHash.parse('ef'.repeat(32)) }

beforeEach(async () => {
  scratch = new ScratchStore()
  store = await scratch.open()
  run = await startedRun(store.storage, 1)
  await store.storage.saveRevision({ ...sampleRevision, hash: newer.revision })
})
afterEach(() => scratch.remove())

async function goBack(record: Partial<SampleRun['record']> = {}): Promise<void> {
  const { branch } = run.record
  const steps = [sampleStep({ branch: branch + 1 })]
  await store.storage.commit(run.next({ branch: { parent: branch, from: 0, why: null }, record, changes: [], steps }))
}

const OlderRow = BranchRow.extend({ left: BranchStanding.nullable() })
const olderFormat: RunRowFormat<z.infer<typeof OlderRow>> = { ...branchFormat, content: OlderRow, keyOf: ({ number }) => [number] }

/** The store as it was written before branches said what they pin. */
async function asItWasWritten(): Promise<void> {
  await scratch.shut()
  const db = new Database(storePaths(scratch.workspace).store)
  const runs = { ...runReader(db), ...runWriter(db) }
  const { put } = rowWriter(db, olderFormat, () => new Known(false))
  const standing = runs.standing(run.id) ?? expect.fail('the run is gone')
  const { row } = standing
  const tally = new Tally(row.ledger.tally)
  for (const branch of runRowsReader(db)(row).branches) {
    put({ run: row.number, lineage: row.lineage, rows: new KnownRows(false), tally }, OlderRow.parse(branch))
  }
  runs.put(standing, { ...row, ledger: { ...row.ledger, tally: tally.sum } })
  db.close()
  store = await scratch.open()
}

const pinned = async (): Promise<unknown> =>
  (await store.queries.branches(run.id))?.map(({ workflowVersion, revision }) => ({ workflowVersion, revision }))

test('each branch pins what the run pinned when it was on it', async () => {
  await goBack()
  await goBack(newer)
  await goBack(older)
  expect(await pinned()).toEqual([older, older, newer, older])
  expect(await store.verify()).toMatchObject({ findings: [] })
})

test('branches of an older store pin what the run did all along, also once it goes on with another', async () => {
  await goBack()
  await goBack()
  await asItWasWritten()
  expect(await pinned()).toEqual([older, older, older])
  await goBack(newer)
  await goBack()
  expect(await pinned()).toEqual([older, older, older, newer, newer])
  expect(store.storage.moment(run.id, 1)?.pinned).toEqual(older)
  expect(await store.verify()).toMatchObject({ findings: [] })
})

test('a revision that only a branch that was left pins must be there too', async () => {
  await goBack({ ...newer, revision: RevisionHash.parse('12'.repeat(32)) })
  await goBack(older)
  expect(await store.verify()).toMatchObject({ findings: [{ object: 'revision', key: '12'.repeat(32) }] })
})
