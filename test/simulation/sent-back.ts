/** What going back came to, read off the rows of before and after and the entry that was committed. */
import type { Before } from '../../src/model/before.ts'
import type { RunEntry } from '../../src/model/entry.ts'
import type { StepId } from '../../src/model/ids.ts'
import type { Preview } from '../../src/model/preview.ts'
import { isEnded } from '../../src/model/status.ts'
import type { StepRecord } from '../../src/model/step.ts'
import type { Moment } from '../../src/engine/ports.ts'
import type { Graphs } from '../../src/engine/state/run-state.ts'
import { becomes, described, eventsOf, outside, passesOn, reused, type RunsNext, takenBack, the } from './committed.ts'
import type { Rows } from './memory-storage.ts'

export interface Sent {
  readonly moment: Moment
  /** The run as it was, and its children. */
  readonly was: Rows
  readonly children: readonly Rows[]
  /** What each step did outside before. */
  readonly before: (step: StepId) => Before[]
  readonly entry: RunEntry
  readonly now: Rows
}

/** `runs` is what the planner makes of the run as it is now: what the run does later is held against that. */
export function sentBack({ moment, was, before, children, entry, now }: Sent, runs: readonly RunsNext[], graphs: Graphs): Omit<Preview, 'children' | 'migration'> {
  const { to: checkpoint, branch, parent } = the(entry, 'run_restored')
  const leaves = was.record.branch
  const graph = graphs(now.record.revision)
  const left = passesOn(was, leaves)
  return {
    version: entry.version - 1,
    checkpoint,
    parent,
    leaves,
    branch,
    revision: { hash: now.record.revision, version: now.record.workflowVersion },
    becomes: becomes(entry),
    reused: reused(now, graph, runs),
    runs: described(runs, graph, left),
    outside: [...outside(now, graph, runs, before)],
    undone: [...takenBack(was, moment, graph, graphs)],
    stops: [...stopped(was, entry)],
    cancels: [...cancelled(was, children)],
    inDoubt: [...inDoubt(was, now)],
    withdraws: { decisions: [...withdrawn(was, entry)], timers: [...fenced(left, now)] },
  }
}

/** Attempts that were live, and end with the branch. */
function* stopped({ record, attempts }: Rows, entry: RunEntry): Generator<Preview['stops'][number]> {
  for (const { step, iteration, attempt } of eventsOf(entry, 'attempt_ended')) {
    const row = attempts.get(`${record.branch}/${step}/${iteration}/${attempt}`)
    if (row?.status === 'running') yield { step, iteration, attempt, phase: row.phase, since: row.startedAt }
  }
}

/** Children that had not ended, each of the pass that has it. */
function* cancelled({ record, steps }: Rows, children: readonly Rows[]): Generator<Preview['cancels'][number]> {
  for (const { record: { id: child, parent, status } } of children) {
    if (parent === null || isEnded(status)) continue
    const { step, iteration } = parent
    if (steps.get(`${record.branch}/${step}/${iteration}`)?.child === child) yield { step, iteration, child }
  }
}

function* inDoubt({ record: { branch, updatedAt }, steps }: Rows, now: Rows): Generator<Preview['inDoubt'][number]> {
  for (const { step, iteration, status } of passesOn(now, branch)) {
    if (status === 'in_doubt') yield { step, iteration, since: steps.get(`${branch}/${step}/${iteration}`)?.startedAt ?? updatedAt }
  }
}

function* withdrawn({ decisions }: Rows, entry: RunEntry): Generator<Preview['withdraws']['decisions'][number]> {
  for (const { id, status } of eventsOf(entry, 'decision_closed')) {
    const row = decisions.get(id)
    if (row?.status === 'pending' && status === 'withdrawn') yield { id, kind: row.kind, step: row.step, iteration: row.iteration }
  }
}

/** What was to go on at some time and does not: nobody will ever know of what stays in doubt. */
function* fenced(left: readonly StepRecord[], now: Rows): Generator<Preview['withdraws']['timers'][number]> {
  for (const { branch, step, iteration, waiting } of left) {
    if ((waiting?.for !== 'timer' && waiting?.for !== 'backoff') || waiting.until === null) continue
    const row = now.steps.get(`${branch}/${step}/${iteration}`)
    if (row?.waiting === null || row?.status === 'in_doubt') yield { step, iteration, until: waiting.until }
  }
}
