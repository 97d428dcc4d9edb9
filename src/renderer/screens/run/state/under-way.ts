/** What was under way at a moment of the run, read off the rows of its branch. */
import type { DecisionRecord } from '../../../../model/decision.ts'
import type { Instant, StepId } from '../../../../model/ids.ts'
import type { AttemptRecord, Phase, StepRecord } from '../../../../model/step.ts'
import type { RunDetail } from '../../../../model/views.ts'
import { onAt, type Stretches, stretchesOf } from './stretches.ts'

export interface UnderWay {
  readonly step: StepId
  readonly iteration: number
  readonly what: 'ran' | 'was being undone' | 'was asked about' | 'waited for a person' | 'waited to be tried again' | 'waited'
  readonly since: Instant
}

const doing = { run: 'ran', compensate: 'was being undone', check: 'was asked about' } as const satisfies Record<Phase, UnderWay['what']>

type Rows = Pick<RunDetail, 'steps' | 'attempts' | 'decisions'>

/** In the order in which it began. */
export function underWayAt(rows: Rows, at: Instant): readonly UnderWay[] {
  const { steps, attempts, decisions, tries } = spansOf(rows)
  const ran = onAt(attempts, at).map(({ step, iteration, phase, startedAt }): UnderWay => {
    return { step, iteration, what: doing[phase], since: startedAt }
  })
  const asked = onAt(decisions, at).map(({ step, iteration, openedAt }): UnderWay => {
    return { step, iteration, what: 'waited for a person', since: openedAt }
  })
  const known = new Set([...ran, ...asked].map(passKey))
  const waited = onAt(steps, at).flatMap((pass): UnderWay[] => {
    if (known.has(passKey(pass))) return []
    const { step, iteration, startedAt } = pass
    const tried = (tries.get(passKey(pass)) ?? []).filter(({ endedAt }) => (endedAt ?? Infinity) <= at)
    const since = tried.at(-1)?.endedAt ?? startedAt ?? at
    return [{ step, iteration, what: tried.length === 0 ? 'waited' : 'waited to be tried again', since }]
  })
  return [...ran, ...asked, ...waited].toSorted((one, other) => one.since - other.since)
}

const passKey = ({ step, iteration }: Pick<UnderWay, 'step' | 'iteration'>): string => `${step}#${iteration}`

interface Spans {
  readonly steps: Stretches<StepRecord>
  readonly attempts: Stretches<AttemptRecord>
  readonly decisions: Stretches<DecisionRecord>
  /** Of each pass. */
  readonly tries: ReadonlyMap<string, readonly AttemptRecord[]>
}

/** A playhead on its way asks at every frame, of thousands of rows: they are put in order once. */
const known = new WeakMap<Rows, Spans>()

function spansOf(rows: Rows): Spans {
  const spans = known.get(rows) ?? {
    steps: stretchesOf(rows.steps, ({ startedAt, endedAt }) => [startedAt, endedAt]),
    attempts: stretchesOf(rows.attempts, ({ startedAt, endedAt }) => [startedAt, endedAt]),
    decisions: stretchesOf(rows.decisions, ({ openedAt, closedAt }) => [openedAt, closedAt]),
    tries: Map.groupBy(rows.attempts, passKey),
  }
  known.set(rows, spans)
  return spans
}
