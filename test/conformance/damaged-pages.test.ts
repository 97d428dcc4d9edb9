/**
 * Every page of a store that has something of every kind, made malformed one at a time: what is left is told, what is not says so by an
 * error of its own type, verification names the page and goes on behind it, and runs of which nothing stands there go on.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunRecord } from '../../src/model/run.ts'
import type { Checked } from '../../src/model/integrity.ts'
import { unbounded } from '../../src/model/retention.ts'
import { CorruptionFound, StorageError } from '../../src/model/storage-errors.ts'
import { JournalIndex } from '../../src/store/index/journal-index.ts'
import { storePaths } from '../../src/store/paths.ts'
import { openReads, type Reads } from '../../src/store/reader/reads.ts'
import { fillWithEveryKind } from './damage/every-kind.ts'
import { everyPage, malformed, type Page } from './damage/pages.ts'
import { runId, SampleRun } from './samples.ts'
import { ScratchStore } from './scratch-store.ts'

const scratch = new ScratchStore()
const paths = storePaths(scratch.workspace)
const day = 86_400_000
const ofErrors = { since: 0, until: null, class: null, workflow: null, status: null }
/** The one that goes on, the newest: it has been written to what each table ends with. */
const goingOn = runId(20)
const all = [20, 6, 5, 4, 3, 2, 1].map(runId)
let pages: readonly Page[]
let whole: Record<'store' | 'anchor', Buffer>
let run: SampleRun
let record: RunRecord
let entries: number
/** Of the whole store. */
let counts: Checked

beforeAll(async () => {
  const store = await scratch.open({ keyframeFloor: 1_500, durability: 'normal' })
  await fillWithEveryKind(store, scratch.clock)
  run = new SampleRun(store.storage, 20)
  await store.storage.commit(run.create())
  record = run.record
  entries = store.head().position
  await scratch.shut()
  pages = everyPage(paths.store)
  counts = scratch.reading((reads) => reads.verify()).checked
  whole = { store: readFileSync(paths.store), anchor: readFileSync(paths.anchor) }
})
afterAll(() => scratch.remove())

const kinds = ['zeros', 'noise', 'another header'] as const

test.each(kinds)('each third page becomes %s', async (kind) => {
  const wrong: string[] = []
  for (const page of pages.filter(({ number }) => number % kinds.length === kinds.indexOf(kind))) {
    rmSync(paths.folder, { recursive: true })
    mkdirSync(paths.folder)
    writeFileSync(paths.store, malformed(whole.store, page, kind))
    writeFileSync(paths.anchor, whole.anchor)
    const complain = (what: string): number => wrong.push(`page ${page.number} (${page.name}, ${page.type}): ${what}`)
    lookAt(page, complain)
    await goOn(page, complain)
  }
  expect(wrong).toEqual([])
})

type Complain = (what: string) => void

/** What is read; undefined where the error says that it is damaged. */
function typed<T>(complain: Complain, what: string, read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof CorruptionFound)) complain(`${what}: ${error instanceof Error ? error.stack : String(error)}`)
    return undefined
  }
}

const closing = <T extends { close(): void }, A>(open: T, look: (open: T) => A): A => {
  try {
    return look(open)
  } finally {
    open.close()
  }
}

function lookAt(page: Page, complain: Complain): void {
  const attempt = <T>(what: string, read: () => T): T | undefined => typed(complain, what, read)
  attempt('reading', () => closing(openReads(scratch.workspace), (reads) => lists(page, reads, complain)))
  attempt('the index', () => closing(new JournalIndex(paths), (index) => indexed(page, index, complain)))
}

/** Whether the lists of runs can be told from the others of these. */
const isOfRuns = ({ name, type }: Page): boolean => name === 'sqlite_schema' || (name === 'run' && type === 'internal') || /^run_by|^sqlite_autoindex_run/.test(name)

function lists(page: Page, reads: Reads, complain: Complain): void {
  const attempt = <T>(what: string, read: () => T): T | undefined => typed(complain, what, read)
  for (const filter of [{}, { status: ['running', 'failed', 'completed'] as const }]) {
    const found = attempt('runs', () => reads.runs({ ...filter, status: filter.status && [...filter.status], limit: 100 }))
    const told = [...(found?.runs.map(({ id }) => id) ?? []), ...(found?.damaged ?? [])]
    if (!isOfRuns(page) && told.toSorted().join() !== all.toSorted().join()) complain(`of runs it tells ${told.join()}`)
  }
  const policy = { usual: { ...unbounded, runs: 2, checkpoints: 5 }, workflows: {} }
  const lookups: Readonly<Record<string, () => unknown>> = {
    pending: () => reads.pending(),
    urgent: () => reads.urgent(10),
    'dead letters': () => reads.deadLetters(null, 10),
    present: () => reads.present(),
    'the journal': () => reads.journal(0, 1_000, null),
    'the end of the journal': () => reads.journalBefore(entries + 1, 100, null),
    retention: () => reads.retention({ policy, now: 100 * day, damaged: [] }),
    revision: () => reads.revision(record.revision),
  }
  for (const [what, read] of Object.entries(lookups)) attempt(what, read)
  for (const id of [goingOn, runId(2), runId(5), runId(7)]) {
    const ofRun = [reads.run, reads.branches, reads.decisions, reads.sensitivity, reads.removed]
    for (const read of ofRun) attempt(read.name, () => read(id))
    attempt('checkpoints', () => reads.checkpoints(id, null, 100))
    attempt('state', () => reads.state(id, null))
    attempt('signals', () => reads.signals(id, 10))
    attempt('its journal', () => reads.journal(0, 1_000, id))
  }
  verified(page, reads, complain)
}

function verified({ number, name, type, cells }: Page, reads: Reads, complain: Complain): void {
  const { findings, checked } = reads.verify()
  if (findings.length === 0) return complain('nothing is found')
  const its = findings.find(({ object, key }) => object === 'file' && key === `page ${number}`)
  if (type !== 'overflow' && number > 1 && its?.detail.includes(` ${name}`) !== true) complain(`it is not named: ${findings.slice(0, 5).map(({ object, key, detail }) => `${object} ${key} ${detail}`).join('; ')}`)
  if (type !== 'leaf') return
  // Those on it are not counted where nothing else names them; of signals, one that stands between two pages is neither.
  const uncounted: Readonly<Record<string, number>> = { journal: cells, value: cells, lineage: cells, signal: cells }
  const missed = uncounted[name] ?? 0
  const counted: Readonly<Record<string, keyof Checked>> = { journal: 'entries', value: 'values', lineage: 'lineages', signal: 'signals', run: 'runs', checkpoint: 'checkpoints', keyframe: 'checkpoints', step: 'checkpoints' }
  const what = counted[name]
  if (what !== undefined && Math.abs(counts[what] - missed - checked[what]) > (name === 'signal' ? 1 : 0)) complain(`it counts ${checked[what]} ${what} of ${counts[what]}, with ${cells} on it`)
  const runsOn = new Set(findings.flatMap(({ run: id }) => id ?? []))
  if (['run', 'step', 'branch', 'decision', 'attempt'].includes(name) && runsOn.size === 0) complain('no run is named')
}

function indexed(page: Page, index: JournalIndex, complain: Complain): void {
  const attempt = <T>(what: string, read: () => T): T | undefined => typed(complain, what, read)
  attempt('following', () => {
    for (let at = index.follow(500); at.position < at.head; at = index.follow(500));
  })
  const found = attempt('searching', () => index.answer(500, (answers) => answers.search({ terms: [], upTo: null, now: 1, offset: 0, limit: 100, sort: null })))
  const told = new Set([...(found?.runs.map(({ id }) => id) ?? []), ...(found?.damaged ?? [])])
  if (!isOfRuns(page) && page.name !== 'journal' && told.size !== all.length) complain(`a search tells ${[...told].join()}`)
  attempt('metrics', () => index.answer(0, (answers) => answers.metrics({ from: 0, to: day, workflow: null }, [])))
  attempt('health', () => index.answer(0, (answers) => answers.health(0)))
  attempt('failures', () => index.answer(0, (answers) => answers.failures(0)))
  attempt('storage', () => index.answer(0, (answers) => answers.storage()))
  attempt('errors', () => index.answer(0, (answers) => answers.errorGroups(ofErrors, null, 10)))
}

/** A store that opens takes up what is whole, and commits what is written to whole pages. */
async function goOn({ name, type, isLast }: Page, complain: Complain): Promise<void> {
  try {
    const { storage } = await scratch.open({ durability: 'normal' })
    typed(complain, 'unfinished', () => storage.unfinished())
    for (const id of all) typed(complain, `loading ${id}`, () => storage.load(id))
    run.record = record
    await storage.commit(run.next({ changes: [] })).catch((error: unknown) => {
      if (!(error instanceof CorruptionFound)) complain(`going on: ${String(error)}`)
      else if (name.startsWith('journal') && type === 'leaf' && !isLast) complain(`it does not go on: ${error.message}`)
    })
  } catch (error) {
    if (!(error instanceof StorageError)) complain(`opening: ${error instanceof Error ? error.stack : String(error)}`)
  }
  await scratch.shut().catch((error: unknown) => complain(`closing: ${String(error)}`))
}
