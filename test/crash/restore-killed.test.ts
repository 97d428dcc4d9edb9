/** A host that is killed at a named point of a restore: afterwards it happened or it did not, never half. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { graphOf } from '../../src/engine/planner/graph.ts'
import { applyEntry } from '../../src/engine/state/apply.ts'
import { RunState } from '../../src/engine/state/run-state.ts'
import type { RunEntry } from '../../src/model/entry.ts'
import { RunId } from '../../src/model/ids.ts'
import type { Store } from '../../src/store/open-store.ts'
import { openReads, type Reads } from '../../src/store/reader/reads.ts'
import { Child } from '../conformance/child.ts'
import { restoredRevision } from '../conformance/children/restored-revision.ts'
import { ScratchStore } from '../conformance/scratch-store.ts'
import { afterCommit, beforeCommit } from './restore-points.ts'

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
async function goBack(point: string, turn: number): Promise<{ before: Before; said: string[]; signal: NodeJS.Signals | null }> {
  const child = new Child('restoring.ts', scratch.workspace, point, String(turn))
  const [, run, version, branch] = (await child.says())?.split(' ') ?? []
  const before = { run: RunId.parse(run), version: Number(version), branch: Number(branch) }
  const said = await child.rest()
  return { before, said, signal: child.signal }
}

function wholeJournal(reads: Reads, run: RunId): RunEntry[] {
  return reads.journal(0, 100_000, run).flatMap((entry) => (entry.run === null ? [] : [entry]))
}

/** The run as its entries alone tell it. */
function folded(entries: readonly RunEntry[], store: Store, run: RunId): RunState {
  const created = entries[0]?.events.find((event) => event.type === 'run_created')
  const stored = store.storage.load(run)
  if (created === undefined || stored === undefined) throw new Error(`run ${run} is not there`)
  const state = new RunState(() => graphOf(restoredRevision.manifest), stored.lineage, created.run)
  for (const entry of entries) applyEntry(state, entry)
  return state
}

/** Nothing of a branch that was left is live, and the run is what its journal says. */
function isWhole(store: Store, run: RunId): void {
  // In this thread: to start one each time would take longer than all the rest.
  const reads = openReads(scratch.workspace)
  const [entries, branches, detail] = [wholeJournal(reads, run), reads.branches(run), reads.run(run)]
  const { findings } = reads.verify()
  reads.close()
  const stored = store.storage.load(run)
  const { record } = stored ?? expect.fail('the run is gone')
  const state = folded(entries, store, run)
  expect(state.record).toEqual(record)
  expect([...state.history()].toSorted(byPass)).toEqual([...(stored?.steps ?? [])].toSorted(byPass))
  expect(entries.map(({ version }) => version)).toEqual(entries.map((_, index) => index + 1))

  const restores = entries.flatMap(({ events }) => events.filter(({ type }) => type === 'run_restored'))
  expect(restores).toHaveLength(record.branch)
  expect(branches?.map(({ number }) => number)).toEqual([0, ...restores.map((_, index) => index + 1)])
  const passes = Map.groupBy(detail?.steps ?? [], ({ branch }) => branch)
  for (const { number } of branches ?? []) {
    expect(new Set(passes.get(number)?.map(({ step }) => step)).size).toBe(restoredRevision.manifest.steps.length)
  }
  const live = [...(detail?.attempts ?? []).filter(({ status }) => status === 'running'), ...(detail?.decisions ?? []).filter(({ status }) => status === 'pending')]
  expect(live.filter(({ branch }) => branch !== record.branch)).toEqual([])
  expect(store.alarm).toBeNull()
  expect(findings).toEqual([])
}

function byPass(a: { step: string; iteration: number }, b: { step: string; iteration: number }): number {
  return a.step.localeCompare(b.step) || a.iteration - b.iteration
}

const points = [
  ...beforeCommit.map((point) => ({ point, happens: false })),
  ...afterCommit.map((point) => ({ point, happens: true })),
]

test.each(points)(`killed ${kills} times once it is $point, it happened: $happens`, async ({ point, happens }) => {
  for (let turn = 1; turn <= kills; turn += 1) {
    const { before, said, signal } = await goBack(point, turn)
    expect(signal).toBe('SIGKILL')
    expect(said.map((line) => line.split(' ')[0])).toEqual(point === 'answered' ? ['restored'] : [])
    const store = await scratch.open()
    const { run, version, branch } = before
    expect(store.storage.load(run)?.record).toMatchObject(
      happens ? { version: version + 1, branch: branch + 1, generation: branch + 1 } : { version, branch },
    )
    isWhole(store, run)
    await scratch.shut()
  }
  // Whatever was left, the next host goes on from it.
  expect(await goBack('nowhere', kills)).toMatchObject({ said: [expect.stringContaining('restored'), 'rests'], signal: null })
}, patience)
