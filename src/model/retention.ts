/** What of the past is kept, and what is told before the rest is removed. */
import { z } from 'zod'
import { counted } from './counted.ts'
import { dayOf } from './day.ts'
import { Instant, Millis, RunId, WorkflowName } from './ids.ts'
import { Kept } from './run.ts'
import { RunStatus } from './status.ts'

const Count = z.int().nonnegative()

/**
 * The bound by which something goes: how many runs of a workflow, how old they are, or how much room they take; of a run that
 * stays, how many branches that were left, or how many checkpoints of a branch.
 */
export const RetentionRule = z.enum(['runs', 'age', 'size', 'branches', 'checkpoints'])
export type RetentionRule = z.infer<typeof RetentionRule>

/** How much of the past is kept of a workflow; null is no bound. Runs that have not ended stay whatever it says. */
export const RetentionBounds = z.object({
  /** How many ended runs, the newest. */
  runs: Count.nullable(),
  /** How long after its end a run stays. */
  age: Millis.nullable(),
  /** How many bytes the newest ended runs may take. */
  size: Count.nullable(),
  /** How many branches that were left stay of a run, the newest, beside those that have a name. */
  branches: Count.nullable(),
  /** How many checkpoints stay of a branch, the newest; its head always does. */
  checkpoints: Count.nullable(),
})
export type RetentionBounds = z.infer<typeof RetentionBounds>

export const unbounded: RetentionBounds = { runs: null, age: null, size: null, branches: null, checkpoints: null }

/** The bounds of each workflow: those that it has of its own, and those of all others. */
export const RetentionPolicy = z.object({ usual: RetentionBounds, workflows: z.record(z.string(), RetentionBounds) })
export type RetentionPolicy = z.infer<typeof RetentionPolicy>

export function boundsOf({ usual, workflows }: RetentionPolicy, workflow: WorkflowName): RetentionBounds {
  return (Object.hasOwn(workflows, workflow) ? workflows[workflow] : undefined) ?? usual
}

/** Whether it would ever remove anything. */
export function isBounded({ usual, workflows }: RetentionPolicy): boolean {
  return [usual, ...Object.values(workflows)].some((bounds) => Object.values(bounds).some((bound) => bound !== null))
}

/** How much of something there is; `bytes` of what is written of it, without what the file adds. */
export const Amount = z.object({ runs: Count, checkpoints: Count, values: Count, entries: Count, signals: Count, bytes: Count })
export type Amount = z.infer<typeof Amount>

export const noAmount: Amount = { runs: 0, checkpoints: 0, values: 0, entries: 0, signals: 0, bytes: 0 }

export function added(one: Amount, other: Amount): Amount {
  return {
    runs: one.runs + other.runs,
    checkpoints: one.checkpoints + other.checkpoints,
    values: one.values + other.values,
    entries: one.entries + other.entries,
    signals: one.signals + other.signals,
    bytes: one.bytes + other.bytes,
  }
}

const Removed = Amount.pick({ runs: true, checkpoints: true, bytes: true })

/** What goes of runs that stay: how many those are, and how much of them. */
export const Trimmed = Removed
export type Trimmed = z.infer<typeof Trimmed>

export const noneTrimmed: Trimmed = { runs: 0, checkpoints: 0, bytes: 0 }

/** With what goes of one more; as before where nothing does. */
export function withTrimmed(sum: Trimmed, { checkpoints, values, bytes }: Amount): Trimmed {
  if (checkpoints === 0 && values === 0) return sum
  return { runs: sum.runs + 1, checkpoints: sum.checkpoints + checkpoints, bytes: sum.bytes + bytes }
}

/** Runs that go, and apart from them what goes of runs that stay, in words. */
export function goingInWords(runs: number, trimmed: Trimmed): string {
  const stay = trimmed.runs === 1 ? '1 run that stays' : `${counted(trimmed.runs, 'run')} that stay`
  const going = [...(runs > 0 || trimmed.runs === 0 ? [counted(runs, 'run')] : []), ...(trimmed.runs > 0 ? [`${counted(trimmed.checkpoints, 'checkpoint')} of ${stay}`] : [])]
  return going.join(' and ')
}

/**
 * Why a run stays that a bound would have go: a person keeps it, damage was found of it, a replay of it has not ended, or it is a child
 * of a run that is there and may be sent back to before it.
 */
export const StayReason = z.enum(['kept', 'damaged', 'replayed', 'child'])
export type StayReason = z.infer<typeof StayReason>

const run = { run: RunId, workflow: WorkflowName, endedAt: Instant }

/** A run that stays although a bound would have it go; `kept` says who keeps it, and why. */
export const StayingRun = z.object({ ...run, why: StayReason, kept: Kept.nullable() })
export type StayingRun = z.infer<typeof StayingRun>

export const RetentionPlan = z.object({
  /** When it was made: what is old was old then. */
  at: Instant,
  /** False where no bound is set: then nothing goes. */
  isBounded: z.boolean(),
  total: Amount,
  /** What of that goes of runs that stay. */
  trimmed: Trimmed,
  /** What goes of each workflow, by the rule that it goes by. */
  parts: z.array(z.object({ workflow: WorkflowName, rule: RetentionRule, amount: Amount })),
  /** The first of the runs that go, oldest first. */
  going: z.array(z.object({ ...run, rule: RetentionRule, bytes: Count })),
  /** Of the first runs that stay and of which checkpoints go, what goes by each rule. */
  trims: z.array(z.object({ run: RunId, workflow: WorkflowName, rule: RetentionRule, checkpoints: Count, bytes: Count })),
  /** The first of the runs that stay although a bound would have them go; `stays` counts all of them. */
  staying: z.array(StayingRun),
  stays: Count,
  /** Bytes of the store's file that nothing is written in. */
  free: Count,
  /** Bytes of the store's file. */
  file: Count,
  /** Whether room goes back to the disk as it becomes free. Of a file that has had no bound yet it does from the next start of a host on, all at once. */
  givesBack: z.boolean(),
})
export type RetentionPlan = z.infer<typeof RetentionPlan>

/** What a removal has come to, of what is to go in all. */
export const RetentionProgress = Removed.extend({ type: z.literal('removed'), of: Removed })
export type RetentionProgress = z.infer<typeof RetentionProgress>

export const Retained = z.object({
  removed: Amount,
  /** What of that was of runs that stay. */
  trimmed: Trimmed,
  /** Runs that were to go and have moved since, or could not be removed: they stay until next time. */
  left: Count,
  /** Runs that stay and of which more was to go, for the same reasons. */
  untrimmed: Count,
  /** Bytes by which the store's file has become smaller; none where room goes back to the disk at the next start of a host. */
  returned: Count,
  givesBack: z.boolean(),
})
export type Retained = z.infer<typeof Retained>

/** Checkpoints of a run that retention removed while the run stays: from `first` to `last`, both included. */
export const RemovedCheckpoints = z.object({ first: Count, last: Count, at: Instant, rule: RetentionRule })
export type RemovedCheckpoints = z.infer<typeof RemovedCheckpoints>

/** How many checkpoints these are. */
export function countIn(removed: readonly RemovedCheckpoints[]): number {
  return removed.reduce((sum, { first, last }) => sum + last - first + 1, 0)
}

/** Why a checkpoint is not there that was removed, and which are the nearest that are; undefined where it was not. */
export function howTrimmed(removed: readonly RemovedCheckpoints[], checkpoint: number): string | undefined {
  const goneWith = (number: number): RemovedCheckpoints | undefined => removed.find(({ first, last }) => first <= number && number <= last)
  const found = goneWith(checkpoint)
  if (found === undefined) return undefined
  let [before, after] = [found.first - 1, found.last + 1]
  for (let range = goneWith(before); range !== undefined; range = goneWith(before)) before = range.first - 1
  for (let range = goneWith(after); range !== undefined; range = goneWith(after)) after = range.last + 1
  const nearest = before < 0 ? `checkpoint ${after} is the nearest that stays` : `checkpoints ${before} and ${after} are the nearest that stay`
  return `${howRemoved({ removedAt: found.at, rule: found.rule })}; ${nearest}`
}

/** What is left of a run that retention removed. */
export const RemovedRun = z.object({
  id: RunId,
  workflow: WorkflowName,
  status: RunStatus,
  createdAt: Instant,
  endedAt: Instant,
  removedAt: Instant,
  rule: RetentionRule,
  checkpoints: Count,
})
export type RemovedRun = z.infer<typeof RemovedRun>

/** When it was removed, and by which bound. */
export function howRemoved({ removedAt, rule }: Pick<RemovedRun, 'removedAt' | 'rule'>): string {
  return `retention removed it on ${dayOf(removedAt)} by max_${rule}`
}
