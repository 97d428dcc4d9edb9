/**
 * A run as it is followed: what was read whole, with every change since folded in.
 *
 * Invariants:
 * 1. `detail` is what the store held at `detail.position`; a new whole takes the place of all that was known.
 * 2. Rows that did not change stay the very same object.
 * 3. Logs are the newest of what was told, oldest first, so many at most.
 * 4. Of what was told everything after `told.after` is in `told.entries`; it is let go in large parts, so that whoever
 *    reads on from there in the journal seldom begins anew.
 */
import { applyChanges } from '../../../../client/apply-change.ts'
import type { FollowItem } from '../../../../contract/streams.ts'
import type { JournalEntry, Position } from '../../../../model/entry.ts'
import type { StepId } from '../../../../model/ids.ts'
import type { Signal } from '../../../../model/log.ts'
import type { RunDetail } from '../../../../model/views.ts'

export type Log = Extract<Signal, { type: 'log' }>
export type Progress = Extract<Signal, { type: 'progress' }>
export type Heartbeat = Extract<Signal, { type: 'heartbeat' }>

const mostLogs = 5_000
const mostEntries = 2_000

/** What was committed since a position, oldest first. */
export interface Told {
  readonly after: Position
  readonly entries: readonly JournalEntry[]
}

export interface FollowedRun {
  readonly detail: RunDetail
  /** Of the entries that came since the run was read whole, the newest. */
  readonly told: Told
  readonly logs: readonly Log[]
  /** How many signals came too fast to be told. */
  readonly missed: number
  /** The last that an iteration of a step told of how far it is, by `passOf`. */
  readonly progress: ReadonlyMap<string, Progress>
  readonly heartbeats: ReadonlyMap<string, Heartbeat>
}

export interface Pass {
  readonly branch: number
  readonly step: StepId
  readonly iteration: number
}

/** Names an iteration of a step on a branch: `0/draft#2`. */
export function passOf({ branch, step, iteration }: Pass): string {
  return `${branch}/${step}#${iteration}`
}

/** The run after these items, in order; undefined until it was told whole. */
export function follow(run: FollowedRun | undefined, items: readonly FollowItem[]): FollowedRun | undefined {
  const start = items.findLastIndex(({ type }) => type === 'whole')
  const whole = items[start]
  const begun = whole?.type === 'whole' ? opened(whole.detail, whole.signals) : run
  return begun === undefined ? undefined : carryOn(begun, items.slice(start + 1))
}

function opened(detail: RunDetail, signals: readonly Signal[]): FollowedRun {
  const nothing = {
    detail,
    told: { after: detail.position, entries: [] },
    logs: [],
    missed: 0,
    progress: new Map<string, Progress>(),
    heartbeats: new Map<string, Heartbeat>(),
  }
  return hear(nothing, signals)
}

function carryOn(run: FollowedRun, items: readonly FollowItem[]): FollowedRun {
  const changes = items.filter((item) => item.type === 'changed')
  const signals = items.flatMap((item) => (item.type === 'signal' ? [item.signal] : []))
  const missed = items.reduce((sum, item) => sum + (item.type === 'missed' ? item.signals : 0), run.missed)
  const heard = hear(run, signals)
  return {
    ...heard,
    detail: applyChanges(run.detail, changes),
    told: changes.length === 0 ? run.told : tell(run.told, changes.map(({ entry }) => entry)),
    missed,
  }
}

function tell({ after, entries }: Told, more: readonly JournalEntry[]): Told {
  const all = [...entries, ...more]
  if (all.length <= mostEntries) return { after, entries: all }
  const letGo = all[all.length - mostEntries / 2 - 1]
  return { after: letGo?.position ?? after, entries: all.slice(-mostEntries / 2) }
}

function hear(run: FollowedRun, signals: readonly Signal[]): FollowedRun {
  if (signals.length === 0) return run
  const logs = signals.filter((signal) => signal.type === 'log')
  const progress = signals.filter((signal) => signal.type === 'progress')
  const heartbeats = signals.filter((signal) => signal.type === 'heartbeat')
  return {
    ...run,
    logs: logs.length === 0 ? run.logs : [...run.logs, ...logs].slice(-mostLogs),
    progress: latest(run.progress, progress),
    heartbeats: latest(run.heartbeats, heartbeats),
  }
}

function latest<S extends Signal>(before: ReadonlyMap<string, S>, signals: readonly S[]): ReadonlyMap<string, S> {
  return signals.length === 0
    ? before
    : new Map([...before, ...signals.map((signal) => [passOf(signal), signal] as const)])
}
