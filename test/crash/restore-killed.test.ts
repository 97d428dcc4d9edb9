/** A host that is killed at a named point of a restore: afterwards it happened or it did not, never half. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Graph, graphOf } from '../../src/engine/planner/graph.ts'
import { applyEntry } from '../../src/engine/state/apply.ts'
import { RunState } from '../../src/engine/state/run-state.ts'
import type { RunEntry } from '../../src/model/entry.ts'
import { type RevisionHash, RunId } from '../../src/model/ids.ts'
import { isEnded } from '../../src/model/status.ts'
import type { Store } from '../../src/store/open-store.ts'
import { openReads, type Reads } from '../../src/store/reader/reads.ts'
import { Child } from '../conformance/child.ts'
import { belowRevision, laterRevision, restoredRevision } from '../conformance/children/restored-revision.ts'
import { ScratchStore } from '../conformance/scratch-store.ts'
import { afterCommit, beforeCommit, ofTheChild, ofTheLive } from './restore-points.ts'

const scale = Number(process.env['CAIRN_SCALE'] ?? 0.1)
const kills = Math.ceil(20 * scale)
/** As long as many take; no single one waits. */
const patience = 60_000 * Math.max(1, 10 * scale)

let scratch: ScratchStore
beforeEach(() => {
  scratch = new ScratchStore()
})
afterEach(() => scratch.remove())

interface Before {
  readonly run: RunId
  readonly version: number
  readonly branch: number
}

/** How the run was when it was about to be sent back, and what the host said until it ended. */
async function goBack(point: string, turn: number, way: 'live' | 'ended' = 'live'): Promise<{ before: Before; said: string[]; signal: NodeJS.Signals | null }> {
  const child = new Child('restoring.ts', scratch.workspace, point, String(turn), way)
  const [, run, version, branch] = (await child.says())?.split(' ') ?? []
  const before = { run: RunId.parse(run), version: Number(version), branch: Number(branch) }
  const said = await child.rest()
  return { before, said, signal: child.signal }
}

const graphs = new Map([restoredRevision, laterRevision, belowRevision].map(({ hash, manifest }) => [hash, graphOf(manifest)]))

function graph(hash: RevisionHash): Graph {
  return graphs.get(hash) ?? expect.fail(`no revision ${hash}`)
}

type Entry = RunEntry & { readonly position: number }

function wholeJournal(reads: Reads): Entry[] {
  return reads.journal(0, 100_000, null).flatMap((entry) => (entry.run === null ? [] : [entry]))
}

/** The run as its entries alone tell it. */
function folded(entries: readonly RunEntry[], store: Store, run: RunId): RunState {
  const created = entries[0]?.events.find((event) => event.type === 'run_created')
  const stored = store.storage.load(run)
  if (created === undefined || stored === undefined) throw new Error(`run ${run} is not there`)
  const state = new RunState(graph, stored.lineage, created.run)
  for (const entry of entries) applyEntry(state, entry)
  return state
}

/** Nothing of a branch that was left is live, and the run is what its journal says. */
function isWhole(store: Store, run: RunId): void {
  // In this thread: to start one each time would take longer than all the rest.
  const reads = openReads(scratch.workspace)
  const [all, branches, detail] = [wholeJournal(reads), reads.branches(run), reads.run(run)]
  const { findings } = reads.verify()
  reads.close()
  const entries = all.filter((entry) => entry.run === run)
  const stored = store.storage.load(run)
  const { record } = stored ?? expect.fail('the run is gone')
  const state = folded(entries, store, run)
  expect(state.record).toEqual(record)
  expect([...state.history()].toSorted(byPass)).toEqual([...(stored?.steps ?? [])].toSorted(byPass))
  expect(entries.map(({ version }) => version)).toEqual(entries.map((_, index) => index + 1))

  const restores = entries.filter(({ events }) => events.some(({ type }) => type === 'run_restored'))
  expect(restores).toHaveLength(record.branch)
  expect(branches?.map(({ number }) => number)).toEqual([0, ...restores.map((_, index) => index + 1)])
  const passes = Map.groupBy(detail?.steps ?? [], ({ branch }) => branch)
  for (const { number, revision } of branches ?? []) {
    expect(new Set(passes.get(number)?.map(({ step }) => step))).toEqual(new Set(graph(revision).order))
  }
  const live = [...(detail?.attempts ?? []).filter(({ status }) => status === 'running'), ...(detail?.decisions ?? []).filter(({ status }) => status === 'pending')]
  expect(live.filter(({ branch }) => branch !== record.branch)).toEqual([])
  childrenAreLeft(all, run, restores)
  expect(store.alarm).toBeNull()
  expect(findings).toEqual([])
}

/** Once the run has gone back, nothing of a child of before begins; and with the next host it comes to its end. */
function childrenAreLeft(all: readonly Entry[], run: RunId, restores: readonly Entry[]): void {
  const born = all.filter(({ events }) => events.some((event) => event.type === 'run_created' && event.run.parent?.run === run))
  expect(born.length).toBeGreaterThanOrEqual(restores.length)
  for (const { run: child, position: begun } of born) {
    const [left, later] = restores.filter(({ position }) => position > begun)
    if (left === undefined) continue
    const since = all.filter((entry) => entry.run === child && entry.position > left.position).flatMap(({ events }) => events)
    expect(since.filter(({ type }) => type === 'attempt_started'), `child ${child} goes on`).toEqual([])
    const isOver = all.some((entry) => entry.run === child && entry.events.some((event) => event.type === 'run_moved' && isEnded(event.to)))
    if (later !== undefined) expect(isOver, `child ${child} is over`).toBe(true)
  }
}

function byPass(a: { step: string; iteration: number }, b: { step: string; iteration: number }): number {
  return a.step.localeCompare(b.step) || a.iteration - b.iteration
}

const points = [
  ...beforeCommit.map((point) => ({ point, times: kills, happens: false })),
  ...afterCommit.map((point) => ({ point, times: kills, happens: true })),
  ...ofTheChild.map((point) => ({ point, times: Math.min(kills, 3), happens: true })),
]

/** Whether whoever sent it back has been told by then. */
function isTold(point: string): boolean {
  return point === 'answered' || point === 'with its child cancelled'
}

/** Kills it there, and holds what is left against what was there before. */
async function isKilled({ point, happens }: (typeof points)[number], turn: number, way: 'live' | 'ended' = 'live'): Promise<void> {
  const { before, said, signal } = await goBack(point, turn, way)
  expect(signal).toBe('SIGKILL')
  expect(said.map((line) => line.split(' ')[0])).toEqual(isTold(point) ? ['restored'] : [])
  const store = await scratch.open()
  const { run, version, branch } = before
  const { version: workflowVersion } = (way === 'ended' ? laterRevision : restoredRevision).manifest
  const record = store.storage.load(run)?.record
  expect(record).toMatchObject(happens ? { branch: branch + 1, generation: branch + 1, workflowVersion } : { version, branch, workflowVersion: 1 })
  // By the time that its child has ended, the run may have gone on.
  if (happens && point !== 'with its child cancelled') expect(record?.version).toBe(version + 1)
  isWhole(store, run)
  await scratch.shut()
}

test.each(points)(`killed $times times once it is $point, it happened: $happens`, async (killed) => {
  for (let turn = 1; turn <= killed.times; turn += 1) await isKilled(killed, turn)
  // Whatever was left, the next host goes on from it. So it does with a run that had ended, sent back to the present definition.
  const comesThere = !ofTheLive.has(killed.point) && !ofTheChild.some((point) => point === killed.point)
  if (comesThere) await isKilled(killed, killed.times, 'ended')
  if (comesThere && killed.point !== 'committed') return
  expect(await goBack('nowhere', killed.times)).toMatchObject({ said: [expect.stringContaining('restored'), 'rests'], signal: null })
}, patience)
