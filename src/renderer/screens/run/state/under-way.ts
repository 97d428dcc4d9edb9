/** What was under way at a moment of the run, read off the rows of its branch. */
import type { Instant, StepId } from '../../../../model/ids.ts'
import type { RunDetail } from '../../../../model/views.ts'

export interface UnderWay {
  readonly step: StepId
  readonly iteration: number
  readonly what: 'ran' | 'was being undone' | 'waited for a person' | 'waited to be tried again' | 'waited'
  readonly since: Instant
}

/** In the order in which it began. */
export function underWayAt(
  { steps, attempts, decisions }: Pick<RunDetail, 'steps' | 'attempts' | 'decisions'>,
  at: Instant,
): readonly UnderWay[] {
  const isOn = (from: Instant, until: Instant | null): boolean => from <= at && at < (until ?? Infinity)
  const ran = attempts.flatMap(({ step, iteration, phase, startedAt, endedAt }): UnderWay[] =>
    isOn(startedAt, endedAt)
      ? [{ step, iteration, what: phase === 'run' ? 'ran' : 'was being undone', since: startedAt }]
      : [],
  )
  const asked = decisions.flatMap(({ step, iteration, openedAt, closedAt }): UnderWay[] =>
    isOn(openedAt, closedAt) ? [{ step, iteration, what: 'waited for a person', since: openedAt }] : [],
  )
  const known = [...ran, ...asked]
  const waited = steps.flatMap(({ step, iteration, startedAt, endedAt }): UnderWay[] => {
    if (startedAt === null || !isOn(startedAt, endedAt)) return []
    if (known.some((each) => each.step === step && each.iteration === iteration)) return []
    const tried = attempts.filter((each) => each.step === step && each.iteration === iteration && (each.endedAt ?? Infinity) <= at)
    const since = tried.at(-1)?.endedAt ?? startedAt
    return [{ step, iteration, what: tried.length === 0 ? 'waited' : 'waited to be tried again', since }]
  })
  return [...known, ...waited].toSorted((one, other) => one.since - other.since)
}
