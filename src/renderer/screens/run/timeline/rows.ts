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

/** A row for each step of the definition, in its order, under the name that the graph has for it. */
export function rowsOf({ manifest, steps, attempts, decisions }: RunDetail): readonly TimelineRow[] {
  const passes = Map.groupBy(steps, ({ step }) => step)
  const tries = Map.groupBy(attempts, ({ step }) => step)
  const asked = Map.groupBy(decisions, ({ step }) => step)
  return manifest.steps.map((step) => ({
    id: step.id,
    title: step.title ?? step.id,
    segments: segmentsOf(step, {
      passes: passes.get(step.id) ?? [],
      tries: tries.get(step.id) ?? [],
      asked: asked.get(step.id) ?? [],
    }),
  }))
}

interface StepHistory {
  readonly passes: readonly StepRecord[]
  readonly tries: readonly AttemptRecord[]
  readonly asked: readonly DecisionRecord[]
}

function segmentsOf(step: StepManifest, { passes, tries, asked }: StepHistory): readonly Segment[] {
  const byPass = Map.groupBy(tries, ({ iteration }) => iteration)
  return passes
    .flatMap((pass) => passSegments(step, pass, byPass.get(pass.iteration) ?? [], asked))
    .toSorted((one, other) => one.from - other.from)
}

interface DrawnPass {
  readonly tries: readonly AttemptRecord[]
  readonly asked: readonly DecisionRecord[]
  readonly segments: readonly Segment[]
}

/** A pass of which nothing changed is drawn as it was: a run may have thousands, and a change is of one or two. */
const drawnPasses = new WeakMap<StepRecord, DrawnPass>()

function passSegments(
  step: StepManifest,
  pass: StepRecord,
  tries: readonly AttemptRecord[],
  askedOfStep: readonly DecisionRecord[],
): readonly Segment[] {
  const asked = askedOfStep.filter(({ iteration }) => iteration === pass.iteration)
  const before = drawnPasses.get(pass)
  if (before !== undefined && areSame(before.tries, tries) && areSame(before.asked, asked)) return before.segments
  const segments = [...tries.map(segmentOf), ...waitSegments(step, pass, tries, asked)]
  drawnPasses.set(pass, { tries, asked, segments })
  return segments
}

const areSame = (one: readonly object[], other: readonly object[]): boolean =>
  one.length === other.length && one.every((row, index) => row === other[index])

function segmentOf(attempt: AttemptRecord): Segment {
  const { phase, status, failure, startedAt, endedAt } = attempt
  const { tone, word } = attemptLook[status]
  const took = endedAt === null ? '' : ` after ${lengthOfTime(endedAt - startedAt)}`
  const why = failure === null ? '' : `: ${failure.message.split('\n', 1)[0]}`
  const what = phase === 'compensate' ? 'undoing it' : `attempt ${attempt.attempt}`
  return {
    kind: phase === 'compensate' ? 'undo' : 'run',
    tone,
    from: startedAt,
    until: endedAt,
    mark: phase === 'compensate' ? '↶' : String(attempt.attempt),
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
  const began = beginOf(step, pass)
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

/** A wait of a fixed length runs nothing, so that no start of it is kept. */
function beginOf(step: StepManifest, { startedAt, endedAt, waiting }: StepRecord): Instant | null {
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
  if (decision !== undefined) return { what: 'waited for a person', tone: 'attention' }
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
