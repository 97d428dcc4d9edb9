/** Which runs go, and which stay although a bound would have them go. Pure: whoever tells and whoever removes choose alike. */
import type { Instant, RunId, WorkflowName } from '../../model/ids.ts'
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
  /** Whether a person keeps it. */
  readonly isKept: boolean
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
  /** Those that ended first come first. */
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

export function choose(runs: readonly SurveyedRun[], { policy, now, damaged, weigh }: Choosing): Choice {
  const replayed = new Set(runs.flatMap(({ endedAt, origin }) => (endedAt === null && origin !== null ? [origin] : [])))
  const unfinished = new Set(runs.flatMap(({ id, endedAt }) => (endedAt === null ? [id] : [])))
  const going: Chosen[] = []
  const staying: Staying[] = []
  for (const [workflow, ended] of Map.groupBy(runs.filter(hasEnded), (run) => run.workflow)) {
    const bounds = boundsOf(policy, workflow)
    let bytes = 0
    for (const [newer, run] of ended.toSorted(newestFirst).entries()) {
      if (bounds.size !== null) bytes += weigh(run)
      const rule = ruleFor(bounds, { newer, age: now - run.endedAt, bytes })
      if (rule === null) continue
      if (run.isKept) staying.push({ run, why: 'kept' })
      else if (damaged.has(run.id)) staying.push({ run, why: 'damaged' })
      else if (replayed.has(run.id)) staying.push({ run, why: 'replayed' })
      else if (run.parent !== null && unfinished.has(run.parent)) staying.push({ run, why: 'child' })
      else going.push({ run, rule })
    }
  }
  const oldestFirst = (one: { readonly run: EndedRun }, other: { readonly run: EndedRun }): number => newestFirst(other.run, one.run)
  return { going: going.toSorted(oldestFirst), staying: staying.toSorted(oldestFirst) }
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
