/** What the store has of a run, read without asking anything that tells a person beforehand: so whatever that gets wrong shows. */
import { factKey, outputKey, type StepFact } from '../../src/model/checkpoint.ts'
import type { RunEntry } from '../../src/model/entry.ts'
import type { RunEventMap, RunEventType } from '../../src/model/event.ts'
import { idempotencyKey } from '../../src/model/idempotency-key.ts'
import type { Address, Millis, RunId, StepId } from '../../src/model/ids.ts'
import type { Outside } from '../../src/model/ahead.ts'
import type { Before } from '../../src/model/before.ts'
import type { Preview } from '../../src/model/preview.ts'
import type { RunStatus } from '../../src/model/status.ts'
import type { StepRecord } from '../../src/model/step.ts'
import type { Graph } from '../../src/engine/planner/graph.ts'
import type { Moment } from '../../src/engine/ports.ts'
import type { Graphs } from '../../src/engine/state/run-state.ts'
import type { Disk, Rows } from './memory-storage.ts'
import { isSame } from './migrated.ts'

export type RunsNext = Preview['runs'][number]

/** The run as the disk has it now, whatever is written later. */
export function storedNow({ runs }: Disk, run: RunId): Rows {
  const rows = runs.get(run)
  if (rows === undefined) throw new Error(`no run ${run}`)
  return copied(rows)
}

/** Its children, in the same way. */
export function childrenNow({ runs }: Disk, run: RunId): readonly Rows[] {
  return [...runs.values()].filter(({ record }) => record.parent?.run === run).map(copied)
}

function copied(rows: Rows): Rows {
  return { ...rows, steps: new Map(rows.steps), attempts: new Map(rows.attempts), decisions: new Map(rows.decisions) }
}

export function passesOn({ steps }: Pick<Rows, 'steps'>, branch: number): readonly StepRecord[] {
  return [...steps.values()].filter((pass) => pass.branch === branch)
}

export function newestOf(passes: readonly StepRecord[]): ReadonlyMap<StepId, StepRecord> {
  return new Map(passes.toSorted((a, b) => a.iteration - b.iteration).map((pass) => [pass.step, pass]))
}

/** Steps that had completed by the moment, and whose effect, or that of what stood in for them, a compensation has taken back since. */
export function takenBack({ steps }: Rows, { checkpoint, pinned, state }: Moment, to: Graph, graphs: Graphs): readonly StepId[] {
  const from = graphs(pinned.revision)
  const rows = [...steps.values()]
  const isTakenBack = (step: StepId): boolean => {
    const fact = factIn(state, step)
    if (fact?.status !== 'completed' || addressIn(state, outputKey(step, fact.iteration)) === null || !isSame(from, to, step)) return false
    const there = steps.get(`${checkpoint.branch}/${step}/${fact.iteration}`)
    if (there === undefined) return false
    const isIt = (row: StepRecord): boolean => row.step === step && row.iteration === fact.iteration && row.generation === there.generation
    return rows.some((row) => row.compensation === 'done' && isIt(row)) || (there.via !== null && isTakenBack(there.via))
  }
  return to.order.filter(isTakenBack)
}

/** Effects of what runs, each under the key that its next pass will have. */
export function outside({ record, steps }: Rows, graph: Graph, runs: readonly RunsNext[], before: (step: StepId) => Before[]): readonly Outside[] {
  const newest = newestOf(passesOn({ steps }, record.branch))
  return runs.flatMap(({ step, certain }) => {
    const manifest = graph.steps.get(step)
    const pass = newest.get(step)
    if (manifest === undefined || pass === undefined || manifest.effect === null) return []
    const isOver = pass.status === 'completed' || pass.status === 'skipped'
    const next = isOver ? { step, iteration: pass.iteration + 1, generation: record.generation } : pass
    const { kind, effect: { repeat } } = manifest
    const key = idempotencyKey(record.id, next, 'run')
    return [{ step, kind, phase: 'run', repeat, key, summary: null, certain, before: before(step) }]
  })
}

/** With what is said of each read off the passes that there were. */
export function described(runs: readonly RunsNext[], graph: Graph, before: readonly StepRecord[]): RunsNext[] {
  return runs.map((next) => ({ ...next, kind: graph.steps.get(next.step)?.kind ?? next.kind, typical: median(lengths(before, next.step)) }))
}

function lengths(passes: readonly StepRecord[], of: StepId): readonly Millis[] {
  return passes.flatMap(({ step, status, startedAt, endedAt }) =>
    step === of && status === 'completed' && startedAt !== null && endedAt !== null && startedAt <= endedAt ? [endedAt - startedAt] : [],
  )
}

function median(of: readonly number[]): number | null {
  return of.toSorted((a, b) => a - b)[Math.floor((of.length - 1) / 2)] ?? null
}

/** Steps that stand as completed and are not to run again. */
export function reused(rows: Rows, graph: Graph, runs: readonly RunsNext[]): StepId[] {
  const again = new Set(runs.map(({ step }) => step))
  const newest = newestOf(passesOn(rows, rows.record.branch))
  return graph.order.filter((step) => newest.get(step)?.status === 'completed' && !again.has(step))
}

/** What the entry leaves the run as, which it begins or sends back. */
export function becomes(entry: RunEntry): RunStatus {
  return eventsOf(entry, 'run_moved').at(-1)?.to ?? 'queued'
}

export function factIn(state: Moment['state'], step: StepId): StepFact | undefined {
  const held = state.get(factKey(step))
  return held !== undefined && 'fact' in held ? held.fact : undefined
}

export function addressIn(state: Moment['state'], key: string): Address | null {
  const held = state.get(key)
  return held !== undefined && 'address' in held ? held.address : null
}

export function eventsOf<T extends RunEventType>({ events }: RunEntry, type: T): readonly RunEventMap[T][] {
  const isOfType = (event: RunEntry['events'][number]): event is RunEventMap[T] => event.type === type
  return events.filter(isOfType)
}

/** @throws Error where the entry has none */
export function the<T extends RunEventType>(entry: RunEntry, type: T): RunEventMap[T] {
  const [event] = eventsOf(entry, type)
  if (event === undefined) throw new Error(`version ${entry.version} of run ${entry.run} has no ${type}`)
  return event
}
