/** What going back leads to, read off the turn that would do it and off the run as it is. */
import type { RunEvent } from '../../model/event.ts'
import type { StepId } from '../../model/ids.ts'
import type { Migration, Preview } from '../../model/preview.ts'
import type { Moment } from '../ports.ts'
import type { RunState } from '../state/run-state.ts'
import { kept, outside, runsNext } from './ahead.ts'
import { awaited } from './child-wish.ts'
import { childrenAhead, goneChildren } from './children-ahead.ts'
import type { Kin } from './kin.ts'
import { expectedOf } from './closing-ahead.ts'
import { beforeIn } from './done-before.ts'

/** What a turn made of a run that it sent back. */
export interface SentBack {
  readonly state: RunState
  readonly events: readonly RunEvent[]
  readonly undone: readonly StepId[]
  readonly migration: Migration | null
}

/** `before` is the run as it is, `after` as the turn leaves it. */
export function preview(before: RunState, { checkpoint }: Moment, { state: after, events, undone, migration }: SentBack, kin: Kin): Preview {
  const { status, branch } = after.record
  const expected = expectedOf(after)
  return {
    version: before.record.version,
    checkpoint: checkpoint.number,
    parent: checkpoint.branch,
    leaves: before.record.branch,
    branch,
    revision: { hash: after.record.revision, version: after.record.workflowVersion },
    migration,
    becomes: status,
    reused: kept(after, expected),
    runs: runsNext(after, expected, events, before),
    outside: [...outside(after, expected, beforeIn(after, kin))],
    children: [...childrenAhead(kin, before, after, expected), ...goneChildren(kin, after)],
    undone: [...undone],
    stops: [...before.attempts()].map(({ step, iteration, attempt, phase, startedAt: since }) => ({ step, iteration, attempt, phase, since })),
    cancels: [...awaited(before)].map(({ step, iteration, child }) => ({ step, iteration, child })),
    inDoubt: [...inDoubt(before, events)],
    withdraws: {
      decisions: [...before.decisions()].map(({ id, kind, step, iteration }) => ({ id, kind, step, iteration })),
      timers: [...timers(before)],
    },
  }
}

/** What was in doubt before, and what is cut off inside its effect. */
function* inDoubt(before: RunState, events: readonly RunEvent[]): Generator<Preview['inDoubt'][number]> {
  for (const { step, iteration, status, startedAt } of before.underWay()) {
    const isCutOff = events.some((event) => event.type === 'step_in_doubt' && event.step === step && event.iteration === iteration)
    if (status === 'in_doubt' || isCutOff) yield { step, iteration, since: startedAt ?? before.record.updatedAt }
  }
}

function* timers(before: RunState): Generator<Preview['withdraws']['timers'][number]> {
  for (const { step, iteration, waiting } of before.underWay()) {
    const isTimer = waiting?.for === 'timer' || waiting?.for === 'backoff'
    if (isTimer && waiting.until !== null) yield { step, iteration, until: waiting.until }
  }
}
