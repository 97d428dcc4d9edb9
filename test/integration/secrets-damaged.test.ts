/** Where the store is damaged so that nobody knows what of a run is sensitive, nothing of it leaves; lists are answered all the same. */
import { readFileSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { Transition } from '../../src/engine/ports.ts'
import { contextKey, inputKey } from '../../src/model/checkpoint.ts'
import type { RunEntry } from '../../src/model/entry.ts'
import { toldError } from '../../src/model/error-record.ts'
import type { Failure } from '../../src/model/failure.ts'
import { RevisionHash, type RunId } from '../../src/model/ids.ts'
import type { ReplayPreview } from '../../src/model/replay.ts'
import { hiddenText, unknownText } from '../../src/model/sensitive/hidden.ts'
import { type Border, createBorder } from '../../src/service/border/border.ts'
import { Redactions } from '../../src/service/border/redaction.ts'
import { createFeed } from '../../src/service/feed.ts'
import { storePaths } from '../../src/store/paths.ts'
import { openReads, type Reads } from '../../src/store/reader/reads.ts'
import { errorId, sampleError, sampleLog, SampleRun, sampleRevision, sampleStep } from '../conformance/samples.ts'
import { ScratchStore } from '../conformance/scratch-store.ts'

const secret = 'canary-7731-of-ana'
const failure: Failure = { class: 'permanent', name: 'TypeError', message: `cannot read ${secret}` }
const damage: Failure = { class: 'corruption', name: 'CorruptionFound', message: 'value l/a is corrupt: it was changed', wayOut: 'cancel the run' }
const marking = { ...sampleRevision.manifest, input: { type: 'string', sensitive: true }, inputSensitive: true }
const before = { ...sampleRevision, hash: RevisionHash.parse('cd'.repeat(32)), manifest: marking }
const after = { ...sampleRevision, hash: RevisionHash.parse('ef'.repeat(32)), manifest: marking }

let scratch: ScratchStore
/** Its first branch goes by another definition than its second. */
let marked: RunId
let open: RunId
/** Set aside for a damage that the store has told of; what its step failed of before calls itself so, too. */
let quarantined: RunId
/** Gone back, as its journal tells, too. */
let restored: RunId
/** A replay that took over what another definition marks than its own. */
let mended: RunId
let whole: Buffer
let file: string

beforeAll(async () => {
  scratch = new ScratchStore()
  file = storePaths(scratch.workspace).store
  const { storage } = await scratch.open({ durability: 'normal' })
  for (const revision of [sampleRevision, before, after]) await storage.saveRevision(revision)
  const run = new SampleRun(storage, 1)
  run.record = { ...run.record, revision: before.hash, input: run.seal(secret).address }
  marked = run.id
  await storage.commit(run.create({ values: [run.seal(secret)], steps: [sampleStep()] }))
  const branch = { parent: 0, from: 0, why: null }
  await storage.commit(run.next({ branch, record: { revision: after.hash }, changes: [], steps: [sampleStep({ branch: 1 })] }))
  await storage.commit(run.next({ record: { status: 'failed', failure, endedAt: 9 } }))

  const other = new SampleRun(storage, 2)
  open = other.id
  await storage.commit(other.create())
  await storage.commit(other.next({ record: { status: 'failed', failure, endedAt: 9 } }))
  const third = new SampleRun(storage, 4)
  third.record = { ...third.record, revision: before.hash, input: third.seal(secret).address }
  quarantined = third.id
  const forged: Failure = { class: 'transient', name: 'CorruptionFound', message: `forged with ${secret}`, wayOut: secret }
  await storage.commit(third.create({ values: [third.seal(secret)], errors: [sampleError({ id: errorId(2), failure: forged, fingerprint: secret })] }))
  await storage.commit(third.next({ record: { status: 'quarantined', failure: damage }, errors: [sampleError({ step: null, iteration: null, attempts: null, failure: damage })] }))
  const replay = new SampleRun(storage, 3, run)
  mended = replay.id
  const fifth = new SampleRun(storage, 5)
  fifth.record = { ...fifth.record, revision: before.hash, input: fifth.seal(secret).address }
  restored = fifth.id
  await storage.commit(telling(fifth.create({ values: [fifth.seal(secret)] }), [{ type: 'run_created', run: fifth.record, passes: [] }]))
  const back = { to: 0, parent: 0, branch: 1, generation: 1, byItself: false, kept: {}, passes: [], loops: {}, basis: null }
  await storage.commit(fifth.next({ changes: [] }))
  await storage.commit(telling(fifth.next({ branch, changes: [] }), [{ type: 'run_restored', ...back }]))
  const origin = { run: run.id, checkpoint: 0, edited: [], earlier: [before.hash] }
  replay.record = { ...replay.record, input: run.record.input, origin }
  await storage.commit(replay.create())
  await storage.commit(replay.next({ record: { status: 'failed', failure, endedAt: 9 } }))
  for (const id of [marked, open, mended, quarantined, restored]) storage.keep([sampleLog(id, `read ${secret}`, { data: { beside: secret } })])
  await scratch.shut()
  whole = readFileSync(file)
})
afterAll(() => scratch.remove())

function telling(transition: Transition, events: RunEntry['events']): Transition {
  return { ...transition, entry: { ...transition.entry, events } }
}

function damaged(sql: string): void {
  writeFileSync(file, whole)
  const db = new Database(file)
  expect(db.prepare(sql).run().changes).toBeGreaterThan(0)
  db.close()
}

function borderOf(reads: Reads): Border {
  const sensitivity = async (run: RunId, besides?: RevisionHash) => reads.sensitivity(run, besides)
  const queries = { sensitivity, run: async (run: RunId) => reads.run(run), value: () => Promise.reject(new Error('no value is asked for')) }
  return createBorder({ queries, feed: createFeed(0) })
}

/** What leaves of a run: as it stands in a list, and what it said. */
async function leaving(id: RunId, isListed = true): Promise<string> {
  const reads = openReads(scratch.workspace)
  try {
    const border = borderOf(reads)
    const said = await border.answer(['runs', 'signals'], { signals: reads.signals(id, 10) }, { run: id })
    if (!isListed) return JSON.stringify(said)
    const runs = reads.runs({ limit: 10 }).runs.filter((run) => run.id === id)
    return JSON.stringify([said, await border.answer(['runs', 'list'], { runs }, {})])
  } finally {
    reads.close()
  }
}

test('a replay hides what a definition marks that it came from, though its own marks nothing', async () => {
  writeFileSync(file, whole)
  const told = await leaving(mended)
  expect(told).not.toContain(secret)
  expect(told).toContain(`cannot read ${hiddenText}`)
})

test('what a replay would begin with is hidden by the definition that it would go by, too', async () => {
  writeFileSync(file, whole)
  const migration = { from: 1, versions: [], dropped: [], added: [], notTakenBack: [], changed: ['context'] }
  const preview: ReplayPreview = {
    ...{ version: 1, checkpoint: 0, becomes: 'running', reused: [], runs: [], outside: [], children: [], undone: [], renewed: [] },
    revision: { hash: before.hash, version: 1 },
    migration,
    migrated: [{ key: 'context', before: 'shown', after: 'shown' }],
    edits: [{ key: 'input', before: 'input', after: secret }],
  }
  const reads = openReads(scratch.workspace)
  const border = borderOf(reads)
  const told = async (of: ReplayPreview) => JSON.stringify(await border.answer(['runs', 'previewReplay'], of, { run: open }))
  expect(await told(preview)).not.toContain(secret)
  expect(await told(preview)).toContain('"after":"shown"')
  expect(await told({ ...preview, revision: { hash: sampleRevision.hash, version: 1 }, migration: null })).toContain(secret)
  reads.close()
})

test('what is marked is hidden, and the rest is shown', async () => {
  writeFileSync(file, whole)
  const told = await leaving(marked)
  expect(told).not.toContain(secret)
  expect(told).toContain(`cannot read ${hiddenText}`)
  expect(await leaving(open)).toContain(secret)
})

test.each([
  ['the definition that it goes by', `UPDATE revision SET content = replace(content, 'outreach', 'xutreach') WHERE hash = '${after.hash}'`],
  ['the definition of a branch that it left', `UPDATE revision SET checksum = zeroblob(32) WHERE hash = '${before.hash}'`],
  ['a definition, which is gone,', `DELETE FROM revision WHERE hash = '${before.hash}'`],
  ['a branch', 'UPDATE branch SET checksum = zeroblob(32) WHERE run = 1'],
  ['a step', 'UPDATE step SET checksum = zeroblob(32) WHERE run = 1'],
  ['a checkpoint', 'UPDATE checkpoint SET checksum = zeroblob(32) WHERE run = 1 AND number = 0'],
  ['what it shares with its replays', 'UPDATE lineage SET checksum = zeroblob(32) WHERE number = 1'],
  ['a value that it marks', 'UPDATE value SET body = zeroblob(9) WHERE lineage = 1'],
])('where %s is damaged, nothing of the run is shown, lists are answered, and of another run nothing is hidden', async (_, sql) => {
  damaged(sql)
  const told = await leaving(marked)
  expect(told).not.toContain(secret)
  expect(told).toContain(`"message":"${unknownText}"`)
  expect(await leaving(open)).toContain(secret)
})

test.each([0, 1, 2])('where checkpoint %d is damaged and the journal tells what the run was given, what is marked is hidden, and the rest is shown', async (number) => {
  damaged(`UPDATE checkpoint SET checksum = zeroblob(32) WHERE number = ${number} AND json_extract(content, '$[7]') = '${restored}'`)
  const told = await leaving(restored)
  expect(told).not.toContain(secret)
  expect(told).toContain(`"message":"read ${hiddenText}"`)
})

test('where the journal is damaged as well, nothing of the run is shown', async () => {
  damaged(`UPDATE checkpoint SET checksum = zeroblob(32) WHERE number = 0 AND json_extract(content, '$[7]') = '${restored}'`)
  const db = new Database(file)
  db.prepare('UPDATE journal SET digest = zeroblob(32) WHERE run = (SELECT number FROM run WHERE id = ?)').run(restored)
  db.close()
  expect(await leaving(restored)).not.toContain('read ')
})

test('where a value that is marked is damaged, what a schema speaks of is shown but for what it marks, and all else is hidden', async () => {
  damaged('UPDATE value SET body = zeroblob(9) WHERE lineage = 1')
  const reads = openReads(scratch.workspace)
  onTestFinished(() => reads.close())
  const redaction = await new Redactions({ queries: { sensitivity: async (run) => reads.sensitivity(run) }, feed: createFeed(0) }).of(marked)
  expect(redaction?.value(inputKey, secret)).toMatchObject({ $hidden: 'sensitive' })
  expect(redaction?.value(contextKey, { tone: 'warm' })).toEqual({ tone: 'warm' })
  expect(redaction?.value('output/unknown/1', secret)).toMatchObject({ $hidden: 'unknown' })
  expect(redaction?.free(secret)).toMatchObject({ $hidden: 'unknown' })
})

test('nothing of a run whose row is damaged is shown', async () => {
  damaged('UPDATE run SET checksum = zeroblob(32) WHERE number = 1')
  expect(await leaving(marked, false)).not.toContain(secret)
})

test('what the store says of damage is shown, and nothing that code has said', async () => {
  damaged('UPDATE checkpoint SET checksum = zeroblob(32) WHERE run = 3 AND number = 0')
  const reads = openReads(scratch.workspace)
  const border = borderOf(reads)
  const detail = reads.run(quarantined)
  const told: unknown = await border.answer(['errorRecords', 'ofRun'], { errors: detail?.errors.map(toldError), recoveries: [] }, { run: quarantined })
  expect(JSON.stringify(told)).not.toContain(secret)
  expect(told).toMatchObject({ errors: expect.arrayContaining([
    expect.objectContaining({ failure: damage }),
    expect.objectContaining({ failure: { ...damage, class: 'transient', message: unknownText, wayOut: unknownText } }),
  ]) })
  const listed = await border.answer(['runs', 'list'], { runs: reads.runs({ limit: 10 }).runs }, {})
  expect(listed).toMatchObject({ runs: expect.arrayContaining([expect.objectContaining({ id: quarantined, failure: damage })]) })
  reads.close()
})
