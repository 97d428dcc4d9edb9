/** What runs weigh: the sum of what stands in the store, whatever happened in between, and the same when it is added up anew. */
import { rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makePast, type PastRun } from '../../../../test/conformance/past.ts'
import { draft, SampleRun, sampleRevision, sampleStep, startedRun } from '../../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../../test/conformance/scratch-store.ts'
import { hostActor } from '../../../model/actor.ts'
import { outputKey } from '../../../model/checkpoint.ts'
import { unbounded } from '../../../model/retention.ts'
import type { StorageUse } from '../../../model/storage-use.ts'
import type { Store } from '../../open-store.ts'
import { storePaths } from '../../paths.ts'
import { sharesOf } from './weight.ts'

let scratch: ScratchStore
let store: Store
beforeEach(async () => {
  scratch = new ScratchStore()
  store = await scratch.open({ durability: 'normal' })
})
afterEach(() => scratch.remove())

const past: readonly PastRun[] = [
  { workflow: 'billing', of: 0, passes: 3, hasEnded: true, logs: 1 },
  { workflow: 'outreach', of: 0, passes: 7, hasEnded: true, logs: 2 },
  { workflow: 'billing', of: 1, passes: 6, hasEnded: true, logs: 0 },
  { workflow: 'outreach', of: 1, passes: 9, hasEnded: false, logs: 1 },
]

async function used(): Promise<StorageUse> {
  for (let use = await store.figures.storage(); ; use = await store.figures.storage()) {
    if (use.position === store.head().position) return use
  }
}

/** What there is to be weighed, added up in the store itself. */
function standing(): { readonly values: number; readonly checkpoints: number; readonly rows: number; readonly journal: number; readonly logs: number } {
  const db = new Database(storePaths(scratch.workspace).store, { readonly: true })
  const sum = (table: string, bytes: string, where = 'true'): number =>
    Number(db.prepare(`SELECT coalesce(sum(${bytes}), 0) FROM ${table} WHERE ${where}`).pluck().get())
  const row = 'octet_length(content) + octet_length(checksum)'
  try {
    return {
      values: sum('value', 'octet_length(address) + coalesce(octet_length(salt), 0) + octet_length(body)'),
      checkpoints: sum('checkpoint', row) + sum('keyframe', 'octet_length(body) + octet_length(checksum)'),
      rows: ['run', 'branch', 'step', 'attempt', 'decision'].reduce((all, table) => all + sum(table, row), 0),
      journal: sum('journal', 'octet_length(body) + octet_length(digest)', 'run IN (SELECT number FROM run)'),
      logs: sum('signal', row),
    }
  } finally {
    db.close()
  }
}

function added({ workflows }: StorageUse): ReturnType<typeof standing> {
  const sum = (part: keyof ReturnType<typeof standing>): number => workflows.reduce((all, { parts }) => all + parts[part], 0)
  return { values: sum('values'), checkpoints: sum('checkpoints'), rows: sum('rows'), journal: sum('journal'), logs: sum('logs') }
}

/** The same, added up by an index that is made anew. */
async function anew(): Promise<Omit<StorageUse, 'files'>> {
  await scratch.shut()
  rmSync(storePaths(scratch.workspace).index)
  store = await scratch.open({ durability: 'normal' })
  const { files: _, ...rest } = await used()
  return rest
}

test('the parts add up to what stands in the store, by workflow, and to as much by step and field', async () => {
  await makePast(store, scratch.clock, past.slice(0, 2))
  expect(added(await used())).toEqual(standing())
  // What is followed in a second part comes on top of the first.
  await makePast(store, scratch.clock, past, 10)
  const use = await used()
  expect(added(use)).toEqual(standing())
  for (const { fields, bytes } of use.values) expect(fields.reduce((sum, field) => sum + field.bytes, 0)).toBe(bytes)
  expect(use.values.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(standing().values)
  expect(Object.fromEntries(use.workflows.map(({ workflow, runs }) => [workflow, runs]))).toEqual({ billing: 3, outreach: 3 })
  expect(use.heaviest).toHaveLength(6)
  const { files: _, ...rest } = use
  expect(await anew()).toEqual(rest)
})

test('what was removed weighs nothing, and what others read of it weighs with them', async () => {
  await makePast(store, scratch.clock, past)
  await used()
  const policy = { usual: { ...unbounded, runs: 0 }, workflows: {} }
  await store.retention.apply({ policy, damaged: [], actor: hostActor, told: () => undefined, committed: () => undefined })
  const use = await used()
  expect(added(use)).toEqual(standing())
  expect(use.workflows.map(({ workflow, runs }) => [workflow, runs])).toEqual([['outreach', 2]])
  const { files: _, ...rest } = use
  expect(await anew()).toEqual(rest)
})

test('of a run that was trimmed, what its first checkpoints named weighs as before, on every branch, and once where a replay reads it too', async () => {
  await store.storage.saveRevision(sampleRevision)
  const run = await startedRun(store.storage, 1)
  const makes = (iteration: number, branch: number) => {
    const value = run.seal({ [`made in pass ${iteration}`]: 'x'.repeat(1_000) })
    const step = sampleStep({ iteration, branch, status: 'completed', output: value.address })
    return store.storage.commit(run.next({ values: [value], changes: [{ key: outputKey(draft, iteration), address: value.address }], steps: [step] }))
  }
  for (let iteration = 1; iteration < 6; iteration += 1) await makes(iteration, 0)
  const branch = { parent: 0, from: run.record.head, why: null, kept: { [draft]: 5 } }
  await store.storage.commit(run.next({ branch, steps: [sampleStep({ branch: 1, iteration: 6 })], changes: [] }))
  await makes(6, 1)
  await store.storage.commit(new SampleRun(store.storage, 2, run).create({ record: { status: 'completed', endedAt: 2 } }))

  for (const bounds of [{ checkpoints: 1 }, { branches: 0 }]) {
    const policy = { usual: { ...unbounded, ...bounds }, workflows: {} }
    const { removed } = await store.retention.apply({ policy, damaged: [], actor: hostActor, told: () => undefined, committed: () => undefined })
    expect(removed.checkpoints).toBeGreaterThan(0)
    const use = await used()
    expect(added(use)).toEqual(standing())
    expect(use.values.find(({ kind }) => kind === 'output')?.fields).toHaveLength(6)
    expect(use.values.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['input', 'context']))
    const { files: _, ...rest } = use
    expect(await anew()).toEqual(rest)
  }
  expect(await store.verify()).toMatchObject({ findings: [] })
})

test('of a run that was sent back, all of whose definitions mark nothing, every field is named still', async () => {
  await store.storage.saveRevision(sampleRevision)
  const run = new SampleRun(store.storage, 1)
  await store.storage.commit(run.create({ steps: [sampleStep()], changes: [] }))
  await store.storage.commit(run.next({ branch: { parent: 0, from: 0, why: null, kept: {} }, steps: [sampleStep({ branch: 1 })], changes: [] }))
  const value = run.seal({ nobody: 1, named: 'this' })
  await store.storage.commit(run.next({ values: [value], changes: [{ key: outputKey(draft, 1), address: value.address }] }))
  const fields = (await used()).values.flatMap((each) => each.fields.map(({ field }) => field))
  expect(fields).toEqual(expect.arrayContaining(['nobody', 'named']))
})

test('the bytes of a value are shared among its fields to the last one', () => {
  const value = { text: 'x'.repeat(90), subject: 'yy', flags: [1, 2, 3] }
  const shares = sharesOf(value, 1_001, new Set(Object.keys(value)))
  expect(shares.reduce((sum, [, bytes]) => sum + bytes, 0)).toBe(1_001)
  expect(shares[0]?.[0]).toBe('text')
  expect(sharesOf('text', 12, new Set())).toEqual([['', 12]])
  expect(sharesOf({}, 12, new Set())).toEqual([['', 12]])
  const accounts = { kind: 'open', FR7630006000011: 69, DE8937040044053: 12 }
  expect(sharesOf(accounts, 1_000, new Set(['kind', 'gone']))).toEqual([['…', 773], ['kind', 227]])
  expect(sharesOf(accounts, 1_000, new Set(['gone']))).toEqual([['', 1_000]])
  expect(sharesOf(accounts, 1_000, null).map(([field]) => field).toSorted()).toEqual(Object.keys(accounts).toSorted())
  const all = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`field ${index}`, 1]))
  const many = sharesOf(all, 5_000, new Set(Object.keys(all)))
  expect(many).toHaveLength(41)
  expect(many.reduce((sum, [, bytes]) => sum + bytes, 0)).toBe(5_000)
})
