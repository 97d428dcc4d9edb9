/**
 * Which runs go, and which stay although a bound would have them go. Pure: whoever tells and whoever removes choose alike.
 *
 * Invariants:
 * 1. A child run stays as long as its parent is there, ended or not: whoever goes back in that may have to undo the child.
 * 2. A child that goes goes behind its parent: whatever a kill leaves, no run is there without its children.
 */
import type { Instant, RunId, WorkflowName } from '../../model/ids.ts'
import type { Kept } from '../../model/run.ts'
import { boundsOf, type RetentionPolicy, type RetentionRule, type StayReason } from '../../model/retention.ts'

/** A run as retention sees it. */
export interface SurveyedRun {
  readonly number: number
  readonly id: RunId
  readonly workflow: WorkflowName
  readonly version: number
  readonly lineage: number
  /** The run that it is a replay of. */
  readonly origin: RunId | null
  /** The run that it is a child of. */
  readonly parent: RunId | null
  /** Null while it has not ended. */
  readonly endedAt: Instant | null
  /** Who keeps it, and why; null where nobody does. */
  readonly kept: Kept | null
  /** The checkpoint that it was replayed from. */
  readonly from: number | null
  /** How many checkpoints it has had, and how many branches it has left. */
  readonly checkpoints: number
  readonly branch: number
  /** Whether the removal of some of its checkpoints is under way. */
  readonly isTrimmed: boolean
}

export type EndedRun = SurveyedRun & { readonly endedAt: Instant }

export interface Chosen {
  readonly run: EndedRun
  readonly rule: RetentionRule
}

export interface Staying {
  readonly run: EndedRun
  readonly why: StayReason
}

export interface Choice {
  /** Those that ended first come first; a child counts as having ended no earlier than its parent. */
  readonly going: readonly Chosen[]
  readonly staying: readonly Staying[]
}

export interface Choosing {
  readonly policy: RetentionPolicy
  readonly now: Instant
  /** Runs of which damage was found: what is left of them is somebody's to look at. */
  readonly damaged: ReadonlySet<RunId>
  /** Bytes that a run takes; asked only where a bound is set on them. */
  readonly weigh: (run: EndedRun) => number
}

/** `runs` by their numbers: that of a child is higher than that of its parent. */
export function choose(runs: readonly SurveyedRun[], choosing: Choosing): Choice {
  const passed = passedBounds(runs.filter(hasEnded), choosing)
  const replayed = new Set(runs.flatMap(({ endedAt, origin }) => (endedAt === null && origin !== null ? [origin] : [])))
  const there = new Set(runs.map(({ id }) => id))
  const ends = new Map<RunId, Instant>()
  const going: Chosen[] = []
  const staying: Staying[] = []
  for (const run of runs.filter(hasEnded)) {
    const { id, parent, endedAt } = run
    const rule = passed.get(id)
    if (rule === undefined) continue
    if (run.kept !== null) staying.push({ run, why: 'kept' })
    else if (choosing.damaged.has(id)) staying.push({ run, why: 'damaged' })
    else if (replayed.has(id)) staying.push({ run, why: 'replayed' })
    else if (parent !== null && there.has(parent)) staying.push({ run, why: 'child' })
    else {
      going.push({ run, rule })
      there.delete(id)
      ends.set(id, Math.max(endedAt, (parent === null ? undefined : ends.get(parent)) ?? endedAt))
    }
  }
  const endOf = ({ id, endedAt }: EndedRun): Instant => ends.get(id) ?? endedAt
  const oldestFirst = ({ run: one }: { readonly run: EndedRun }, { run: other }: { readonly run: EndedRun }): number =>
    endOf(one) - endOf(other) || one.number - other.number
  return { going: going.toSorted(oldestFirst), staying: staying.toSorted(oldestFirst) }
}

/** The bound that each run passes which passes one. */
function passedBounds(all: readonly EndedRun[], { policy, now, weigh }: Choosing): ReadonlyMap<RunId, RetentionRule> {
  const passed = new Map<RunId, RetentionRule>()
  for (const [workflow, ended] of Map.groupBy(all, (run) => run.workflow)) {
    const bounds = boundsOf(policy, workflow)
    let bytes = 0
    for (const [newer, run] of ended.toSorted(newestFirst).entries()) {
      if (bounds.size !== null) bytes += weigh(run)
      const rule = ruleFor(bounds, { newer, age: now - run.endedAt, bytes })
      if (rule !== null) passed.set(run.id, rule)
    }
  }
  return passed
}

/** The bound that is passed; null where none is. `bytes` are those of the run and of all newer ones. */
function ruleFor(
  bounds: ReturnType<typeof boundsOf>,
  { newer, age, bytes }: { readonly newer: number; readonly age: number; readonly bytes: number },
): RetentionRule | null {
  if (bounds.age !== null && age > bounds.age) return 'age'
  if (bounds.runs !== null && newer >= bounds.runs) return 'runs'
  if (bounds.size !== null && bytes > bounds.size) return 'size'
  return null
}

export function hasEnded(run: SurveyedRun): run is EndedRun {
  return run.endedAt !== null
}

function newestFirst(one: EndedRun, other: EndedRun): number {
  return other.endedAt - one.endedAt || other.number - one.number
}
