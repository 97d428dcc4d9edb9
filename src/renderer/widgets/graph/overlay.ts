/**
 * What a run lays over the graph. Of a step that is its newest iteration on the newest branch, with the counts of all.
 * A part that did not change is the same object as before, so that nothing is drawn again for it.
 */
import type { StepFact } from '../../../model/checkpoint.ts'
import type { Instant, StepId } from '../../../model/ids.ts'
import type { StepManifest } from '../../../model/manifest.ts'
import type { StepStatus, StepWait } from '../../../model/status.ts'
import type { AttemptRecord, SkipReason, StepRecord } from '../../../model/step.ts'

export interface Progress {
  /** From 0 to 1. */
  readonly fraction: number
  readonly note: string | null
}

/** The rows of a run as far as its graph goes. */
export interface GraphRun {
  readonly steps: readonly StepRecord[]
  readonly attempts: readonly AttemptRecord[]
  /** By `branch/step#iteration`. */
  readonly progress: ReadonlyMap<string, Progress>
  /** How often each step has sent the run back, as the run's record counts it. */
  readonly loops?: Readonly<Record<string, number>>
  /** Steps that wait for a person to arm what they do outside. */
  readonly toBeArmed?: ReadonlySet<string>
  /** Set where a past moment is shown. */
  readonly at?: GraphMoment | undefined
}

export interface GraphMoment {
  /** What each step had come to at that checkpoint. */
  readonly facts: Readonly<Record<string, StepFact>>
  /** What had begun by then, and not come to its end. */
  readonly underWay: readonly (Pick<StepOverlay, 'status' | 'waitsFor' | 'iteration'> & { readonly step: StepId; readonly isUndone: boolean })[]
}

export interface StepOverlay {
  readonly status: StepStatus
  readonly waitsFor: StepWait | null
  readonly isToBeArmed: boolean
  readonly until: Instant | null
  readonly skipped: SkipReason | null
  readonly iteration: number
  /** The try that it is at or ended with; 0 before the first. */
  readonly attempt: number
  /** Tries in all that its own policy allows. */
  readonly attemptsAllowed: number | null
  readonly startedAt: Instant | null
  readonly endedAt: Instant | null
  readonly fraction: number | null
  readonly note: string | null
  readonly via: StepId | null
  readonly compensation: StepRecord['compensation'] | 'running'
  readonly failure: string | null
  /** How often it has sent the run back. */
  readonly loops: number
}

/** By the id of the step. */
export type Overlay = ReadonlyMap<string, StepOverlay>

const untouched: Omit<StepOverlay, 'attemptsAllowed'> = {
  status: 'pending',
  waitsFor: null,
  isToBeArmed: false,
  until: null,
  skipped: null,
  iteration: 1,
  attempt: 0,
  startedAt: null,
  endedAt: null,
  fraction: null,
  note: null,
  via: null,
  compensation: 'none',
  failure: null,
  loops: 0,
}

export function overlayOf(steps: Iterable<StepManifest>, run: GraphRun, before?: Overlay): Overlay {
  const { at } = run
  if (at !== undefined) {
    const underWay = new Map(at.underWay.map((each) => [each.step, each]))
    return new Map(Array.from(steps, (step) => [step.id, momentOf(step, at.facts[step.id], underWay.get(step.id), before)]))
  }
  const standing = standingIn(run)
  return new Map(Array.from(steps, (step) => [step.id, kept(before?.get(step.id), whole(step, standing(step.id)))]))
}

const whole = (step: StepManifest, of: Partial<StepOverlay>): StepOverlay => {
  return { ...untouched, ...of, attemptsAllowed: step.retry?.attempts ?? null }
}

/** From one moment to the next few facts of thousands are others: of each step those that were shown are remembered. */
const pasts = new WeakMap<StepManifest, WeakMap<object, StepOverlay>>()

function pastOf(step: StepManifest, fact: StepFact | undefined): StepOverlay {
  const known = pasts.get(step) ?? new WeakMap<object, StepOverlay>()
  pasts.set(step, known)
  const overlay = known.get(fact ?? step) ?? whole(step, past(fact))
  known.set(fact ?? step, overlay)
  return overlay
}

/** A checkpoint says what had come to its end: what goes on beside that is newer. */
function momentOf(step: StepManifest, fact: StepFact | undefined, underWay: GraphMoment['underWay'][number] | undefined, before: Overlay | undefined): StepOverlay {
  const ended = pastOf(step, fact)
  if (underWay === undefined || (!underWay.isUndone && ended.status !== 'pending' && ended.iteration >= underWay.iteration)) return ended
  const { status, waitsFor, iteration, isUndone } = underWay
  const now: StepOverlay = isUndone ? { ...ended, compensation: 'running' } : { ...ended, status, waitsFor, iteration, skipped: null, via: null }
  return kept(before?.get(step.id), now)
}

/** How a step stands now. */
function standingIn(run: GraphRun): (step: StepId) => Partial<StepOverlay> {
  const rows = newest(run.steps)
  const beside = run.attempts.filter(({ phase }) => phase !== 'run')
  const others: Others = { of: Map.groupBy(beside, ({ step }) => step), isUndone: beside.some(({ phase }) => phase === 'compensate') }
  return (step) => ({ ...present(rows.get(step), run, others), loops: run.loops?.[step] ?? 0 })
}

/** The newest row of each step. A branch has rows of its own for all that it took over. */
function newest(rows: readonly StepRecord[]): ReadonlyMap<StepId, StepRecord> {
  const branch = rows.reduce((highest, row) => Math.max(highest, row.branch), 0)
  const found = new Map<StepId, StepRecord>()
  for (const row of rows) {
    if (row.branch === branch && row.iteration >= (found.get(row.step)?.iteration ?? 0)) found.set(row.step, row)
  }
  return found
}

/** What was tried beside the steps themselves: to undo them, or to learn whether they happened. */
interface Others {
  readonly of: ReadonlyMap<StepId, readonly AttemptRecord[]>
  readonly isUndone: boolean
}

function present(row: StepRecord | undefined, run: GraphRun, others: Others): Partial<StepOverlay> {
  if (row === undefined) return {}
  const { status, waiting, skipped, iteration, startedAt, endedAt, via, failure } = row
  const progress = status === 'running' ? run.progress.get(`${row.branch}/${row.step}#${iteration}`) : undefined
  return {
    status,
    waitsFor: waiting?.for ?? null,
    isToBeArmed: run.toBeArmed?.has(row.step) === true,
    until: waiting?.until ?? null,
    skipped,
    iteration,
    attempt: triesOf(row, others),
    startedAt,
    endedAt,
    fraction: progress?.fraction ?? null,
    note: progress?.note ?? null,
    via,
    compensation: compensationOf(row, others),
    failure: failure?.message ?? null,
  }
}

/** The record counts what was tried to undo the step as well, and what asked whether it happened. */
function triesOf({ branch, step, iteration, attempts }: StepRecord, others: Others): number {
  const beside = others.of.get(step)?.filter((other) => other.iteration === iteration && other.branch === branch)
  return attempts - (beside?.length ?? 0)
}

/** What is owed matters only once the run is being undone. */
function compensationOf({ step, compensation }: StepRecord, others: Others): StepOverlay['compensation'] {
  if (others.of.get(step)?.some(({ phase, status }) => phase === 'compensate' && status === 'running') === true) return 'running'
  return compensation === 'owed' && !others.isUndone ? 'none' : compensation
}

function past(fact: StepFact | undefined): Partial<StepOverlay> {
  if (fact === undefined) return {}
  const { status, iteration, via = null, skipped = null, loops = 0 } = fact
  return { status, iteration, via, skipped, loops }
}

function kept(before: StepOverlay | undefined, now: StepOverlay): StepOverlay {
  return before !== undefined && isSame(before, now) ? before : now
}

/** Whether two flat records hold the same. */
export function isSame(a: object, b: object): boolean {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && Reflect.get(a, key) === Reflect.get(b, key))
}
