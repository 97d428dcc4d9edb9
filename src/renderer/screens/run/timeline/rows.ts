/** The run as rows of a timeline: what each step ran, and what it waited for in between. */
import type { DecisionRecord } from '../../../../model/decision.ts'
import type { Instant, StepId } from '../../../../model/ids.ts'
import type { StepManifest } from '../../../../model/manifest.ts'
import type { AttemptRecord, StepRecord } from '../../../../model/step.ts'
import type { RunDetail } from '../../../../model/views.ts'
import { attemptLook, type Tone } from '../../../widgets/status/look.ts'
import { lengthOfTime } from '../../../widgets/time/format.ts'
import type { Segment } from '../../../widgets/timeline/segments.ts'
import type { TimelineRow } from '../../../widgets/timeline/timeline-props.ts'

/** Names an attempt among the segments of its step. */
export const attemptKey = ({ iteration, attempt }: { readonly iteration: number; readonly attempt: number }): string =>
  `${iteration}/${attempt}`

export const attemptOfKey = (key: string): { iteration: number; attempt: number } | undefined => {
  const [, iteration, attempt] = /^(\d+)\/(\d+)$/.exec(key) ?? []
  return iteration === undefined ? undefined : { iteration: Number(iteration), attempt: Number(attempt) }
}

/**
 * A row for each step of the definition, in its order, under the name that the graph has for it; of a step of which
 * nothing changed the very same.
 */
export function rowsOf({ record: { origin, createdAt }, manifest, steps, attempts, decisions }: RunDetail): readonly TimelineRow[] {
  const passes = Map.groupBy(steps, ({ step }) => step)
  const tries = Map.groupBy(attempts, ({ step }) => step)
  const asked = Map.groupBy(decisions, ({ step }) => step)
  return manifest.steps.map((step) =>
    rowOf(step, {
      passes: passes.get(step.id) ?? [],
      tries: tries.get(step.id) ?? [],
      asked: asked.get(step.id) ?? [],
      takenOverBy: origin === null ? -Infinity : createdAt,
    }),
  )
}

interface StepHistory {
  readonly passes: readonly StepRecord[]
  readonly tries: readonly AttemptRecord[]
  readonly asked: readonly DecisionRecord[]
  /** When a replay began: what ended before then was taken over. */
  readonly takenOverBy: Instant
}

interface DrawnStep extends StepHistory {
  /** Of each pass. */
  readonly parts: readonly (readonly Segment[])[]
  readonly row: TimelineRow
}

/** A step is drawn as it was up to the first pass that changed: it may have thousands, and a change is of one or two. */
const drawnSteps = new WeakMap<StepManifest, DrawnStep>()

function rowOf(step: StepManifest, history: StepHistory): TimelineRow {
  const before = drawnSteps.get(step)
  const kept = before === undefined ? 0 : unchangedPasses(before, history)
  if (kept === history.passes.length && kept === before?.passes.length) return before.row
  const changed = history.passes.slice(kept)
  const first = changed[0]?.iteration ?? 0
  const byPass = Map.groupBy(
    history.tries.filter(({ iteration }) => kept === 0 || iteration >= first),
    ({ iteration }) => iteration,
  )
  const parts = [
    ...(before?.parts.slice(0, kept) ?? []),
    ...changed.map((pass) => passSegments(step, pass, byPass.get(pass.iteration) ?? [], history)),
  ]
  const segments = parts.flat().toSorted((one, other) => one.from - other.from)
  const row = { id: step.id, title: step.title ?? step.id, segments }
  drawnSteps.set(step, { ...history, parts, row })
  return row
}

/** How many passes from the first on are as they were, with all that belongs to them. */
function unchangedPasses(before: StepHistory, { passes, tries, asked }: StepHistory): number {
  if (passes[0]?.branch !== passes.at(-1)?.branch || !areSame(before.asked, asked)) return 0
  const [pass, attempt] = [sameUpTo(before.passes, passes), sameUpTo(before.tries, tries)]
  const changed = Math.min(
    ...[passes[pass], tries[attempt], before.tries[attempt]].map((row) => row?.iteration ?? Infinity),
  )
  const first = passes.findLastIndex(({ iteration }) => iteration < changed) + 1
  return Math.min(first, pass)
}

function sameUpTo(one: readonly object[], other: readonly object[]): number {
  const index = one.findIndex((row, place) => row !== other[place])
  return index < 0 ? one.length : index
}

function passSegments(
  step: StepManifest,
  pass: StepRecord,
  tries: readonly AttemptRecord[],
  { asked: askedOfStep, takenOverBy }: StepHistory,
): readonly Segment[] {
  const runs = tries.map(segmentOf)
  if (pass.endedAt !== null && pass.endedAt <= takenOverBy) return runs
  const asked = askedOfStep.filter(({ iteration }) => iteration === pass.iteration)
  return [...runs, ...waitSegments(step, pass, tries, asked)]
}

const areSame = (one: readonly object[], other: readonly object[]): boolean =>
  one.length === other.length && one.every((row, index) => row === other[index])

const kinds = { run: 'run', compensate: 'undo', check: 'run' } as const satisfies Record<AttemptRecord['phase'], Segment['kind']>

function segmentOf(attempt: AttemptRecord): Segment {
  const { phase, status, failure, startedAt, endedAt } = attempt
  const { tone, word } = attemptLook[status]
  const took = endedAt === null ? '' : ` after ${lengthOfTime(endedAt - startedAt)}`
  const why = failure === null ? '' : `: ${failure.message.split('\n', 1)[0]}`
  const what = { run: `attempt ${attempt.attempt}`, compensate: 'undoing it', check: 'asking whether it happened' }[phase]
  return {
    kind: kinds[phase],
    tone,
    from: startedAt,
    until: endedAt,
    mark: { run: String(attempt.attempt), compensate: '↶', check: '?' }[phase],
    title: `${inIteration(attempt)}${what}, ${word.toLowerCase()}${took}${why}`,
    key: attemptKey(attempt),
  }
}

const inIteration = ({ iteration }: { readonly iteration: number }): string =>
  iteration === 1 ? '' : `iteration ${iteration}, `

/** All of a pass between its start and its end in which none of its attempts ran. */
function waitSegments(
  step: StepManifest,
  pass: StepRecord,
  tries: readonly AttemptRecord[],
  asked: readonly DecisionRecord[],
): Segment[] {
  const { endedAt } = pass
  const began = beginOf(step, pass, asked)
  if (began === null) return []
  const runs = tries.filter(({ phase }) => phase === 'run')
  const begins = [began, ...runs.map((run) => run.endedAt)]
  const ends = [...runs.map((run) => run.startedAt), endedAt]
  return begins.flatMap((from, index): Segment[] => {
    const until = ends[index] ?? null
    // While an attempt runs it has no end, and nothing waits behind it.
    if (from === null || (until !== null && until <= from)) return []
    const { what, tone } = waitOf(step, pass, { from, until }, asked, index === runs.length)
    const title = until === null ? what : `${what} ${lengthOfTime(until - from)}`
    return [
      {
        kind: 'wait',
        tone,
        from,
        until,
        mark: '',
        title: inIteration(pass) + title,
        key: `${pass.iteration}/wait/${index}`,
      },
    ]
  })
}

/** A wait of a fixed length runs nothing, so that no start of it is kept; what has to be armed is asked about before it starts. */
function beginOf(step: StepManifest, { startedAt, endedAt, waiting }: StepRecord, asked: readonly DecisionRecord[]): Instant | null {
  const held = asked.find(({ kind, openedAt }) => kind === 'arm' && openedAt <= (startedAt ?? Infinity))
  if (held !== undefined) return held.openedAt
  const end = waiting?.until ?? endedAt
  if (startedAt !== null || step.kind !== 'wait' || step.duration === null || end === null) return startedAt
  return end - step.duration
}

interface Stretch {
  readonly from: Instant
  readonly until: Instant | null
}

function waitOf(
  step: StepManifest,
  pass: StepRecord,
  { from, until }: Stretch,
  asked: readonly DecisionRecord[],
  isLast: boolean,
): { what: string; tone: Tone } {
  const decision = asked.find(
    ({ openedAt, closedAt }) => openedAt < (until ?? Infinity) && (closedAt ?? Infinity) > from,
  )
  if (decision !== undefined) return { what: decision.kind === 'arm' ? 'waited to be armed' : 'waited for a person', tone: 'attention' }
  if (step.kind === 'wait') return { what: 'waited for a time', tone: 'inactive' }
  if (isLast && (pass.via !== null || pass.waiting?.for === 'fallback'))
    return { what: 'its fallback ran', tone: 'running' }
  return { what: isLast && pass.waiting === null ? 'waited' : 'waited before it tried again', tone: 'inactive' }
}

/** The row so many on from the given one; from none, the first or the last. */
export function rowBeside(
  rows: readonly { readonly id: string }[],
  from: StepId | undefined,
  by: number,
): string | undefined {
  const index = rows.findIndex(({ id }) => id === from)
  if (index < 0) return (by > 0 ? rows[0] : rows.at(-1))?.id
  return rows[Math.min(rows.length - 1, Math.max(0, index + by))]?.id
}
