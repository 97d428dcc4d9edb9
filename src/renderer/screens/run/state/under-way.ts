/** What was under way at a moment of the run, read off the rows of its branch. */
import type { DecisionRecord } from '../../../../model/decision.ts'
import type { Instant, RunId, StepId } from '../../../../model/ids.ts'
import type { StepStatus, StepWait } from '../../../../model/status.ts'
import type { AttemptRecord, Phase, StepRecord } from '../../../../model/step.ts'
import type { RunDetail } from '../../../../model/views.ts'
import { onAt, type Stretches, stretchesOf } from './stretches.ts'

/** In words, and as a step that stands so is shown. */
const ways = {
  'ran': { status: 'running', waitsFor: null },
  'was being undone': { status: 'completed', waitsFor: null },
  'was asked about': { status: 'in_doubt', waitsFor: null },
  'waited for a person': { status: 'waiting', waitsFor: 'decision' },
  'waited to be tried again': { status: 'waiting', waitsFor: 'backoff' },
  'waited for its time': { status: 'waiting', waitsFor: 'timer' },
  'waited for its child run': { status: 'waiting', waitsFor: 'child' },
  'waited': { status: 'waiting', waitsFor: null },
} as const satisfies Record<string, { readonly status: StepStatus; readonly waitsFor: StepWait | null }>

type Way = keyof typeof ways

export interface UnderWay {
  readonly step: StepId
  readonly iteration: number
  readonly what: Way
  readonly status: StepStatus
  readonly waitsFor: StepWait | null
  readonly since: Instant
  /** When it was due; null where nothing was, or nobody knows any more. */
  readonly until: Instant | null
  readonly child: RunId | null
}

const doing = { run: 'ran', compensate: 'was being undone', check: 'was asked about' } as const satisfies Record<Phase, Way>

type Rows = Pick<RunDetail, 'steps' | 'attempts' | 'decisions' | 'manifest'>

/** In the order in which it began. */
export function underWayAt(rows: Rows, at: Instant): readonly UnderWay[] {
  const { steps, attempts, decisions, tries, timers } = spansOf(rows)
  const passes = new Map(onAt(steps, at).map((pass) => [passKey(pass), pass]))
  const ran = onAt(attempts, at).map((attempt) => of(attempt, doing[attempt.phase], attempt.startedAt))
  const asked = onAt(decisions, at).map((decision) => of(decision, 'waited for a person', decision.openedAt, { until: decision.deadline }))
  const known = new Set([...ran, ...asked].map(passKey))
  const waited = [...passes.values()].filter((pass) => !known.has(passKey(pass))).map((pass) => waiting(pass))
  return [...ran, ...asked, ...waited].toSorted((one, other) => one.since - other.since)

  function waiting(pass: StepRecord): UnderWay {
    const { startedAt, endedAt, status, child } = pass
    // A timer that has fired was due when its step ended.
    if (timers.has(pass.step)) return of(pass, 'waited for its time', startedAt ?? at, { until: pass.waiting?.until ?? (status === 'completed' ? endedAt : null) })
    const all = tries.get(passKey(pass)) ?? []
    const tried = all.filter((attempt) => (attempt.endedAt ?? Infinity) <= at)
    const since = tried.at(-1)?.endedAt ?? startedAt ?? at
    // The row knows the child of the newest try alone.
    if (child !== null) return of(pass, 'waited for its child run', since, { child: tried.length === all.length ? child : null })
    return of(pass, tried.length === 0 ? 'waited' : 'waited to be tried again', since)
  }
}

type Known = Partial<Pick<UnderWay, 'until' | 'child'>>

function of({ step, iteration }: Pick<UnderWay, 'step' | 'iteration'>, what: Way, since: Instant, { until = null, child = null }: Known = {}): UnderWay {
  return { step, iteration, what, ...ways[what], since, until, child }
}

const passKey = ({ step, iteration }: Pick<UnderWay, 'step' | 'iteration'>): string => `${step}#${iteration}`

interface Spans {
  readonly steps: Stretches<StepRecord>
  readonly attempts: Stretches<AttemptRecord>
  readonly decisions: Stretches<DecisionRecord>
  /** Of each pass. */
  readonly tries: ReadonlyMap<string, readonly AttemptRecord[]>
  /** Steps that let time pass. */
  readonly timers: ReadonlySet<StepId>
}

/** A playhead on its way asks at every frame, of thousands of rows: they are put in order once. */
const known = new WeakMap<Rows, Spans>()

function spansOf(rows: Rows): Spans {
  const spans = known.get(rows) ?? {
    steps: stretchesOf(rows.steps, ({ startedAt, endedAt }) => [startedAt, endedAt]),
    attempts: stretchesOf(rows.attempts, ({ startedAt, endedAt }) => [startedAt, endedAt]),
    decisions: stretchesOf(rows.decisions, ({ openedAt, closedAt }) => [openedAt, closedAt]),
    tries: Map.groupBy(rows.attempts, passKey),
    timers: new Set(rows.manifest.steps.flatMap(({ id, kind }) => (kind === 'wait' ? [id] : []))),
  }
  known.set(rows, spans)
  return spans
}
