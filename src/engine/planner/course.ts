/**
 * The way that a run takes from a state on, as far as its graph tells: for each step, whether its present pass still
 * runs, and what it leaves to chance for the steps that need it.
 *
 * Chance is what the graph does not know: data (a condition, a step's `next`) and people. Failures are left out: what is
 * certain here is certain unless something fails.
 */
import type { StepId } from '../../model/ids.ts'
import type { StepManifest } from '../../model/manifest.ts'
import type { StepRecord } from '../../model/step.ts'
import { isSettled, type RunState } from '../state/run-state.ts'
import { condition, heldBack, onceDecided, onlyIfArmed, ownAbsence, ownDelay, unarmed, whetherItHappened } from './chance.ts'
import { isPathNotTaken } from './readiness.ts'
import { waitingPrimary } from './stand-in.ts'

export type Runs = 'certainly' | 'maybe' | 'no'

export interface Course {
  readonly runs: Runs
  /** What it hangs on, or that it is under way already. */
  readonly why: string | null
  /** Why it is not certain that the step settles at all; null where it is. */
  readonly unsettled: string | null
  /** Why it is not certain that steps needing it go on, once it has settled; null where they do. */
  readonly leftOut: string | null
  /** True where it is left out for certain, and so are the steps that cannot do without it. */
  readonly isOut: boolean
}

/** Said of what has begun before. */
export const underWay = 'it is under way already'

const over = { runs: 'no', why: null, unsettled: null, leftOut: null, isOut: false } as const

/** Walks the courses of a state's steps, each once. */
export function coursesOf(state: RunState): (step: StepId) => Course {
  const known = new Map<StepId, Course>()

  function course(step: StepId): Course {
    const found = known.get(step) ?? walk(state.step(step))
    known.set(step, found)
    return found
  }

  function walk(record: StepRecord): Course {
    switch (record.status) {
      case 'pending':
        return state.manifest(record.step).onlyAsFallback ? standIn(record) : toCome(record)
      case 'running':
        return onItsWay(state, record, underWay)
      case 'waiting':
        return record.waiting?.for === 'fallback' ? waitsForStandIn(state.manifest(record.step)) : waits(state, record)
      case 'in_doubt':
        return maybe(ahead(state, record, whetherItHappened(record.step), null), 'only if it did not happen')
      default:
        return { ...over, isOut: isPathNotTaken(record) }
    }
  }

  /** A step that starts, or is left out, once what it needs has settled. */
  function toCome(record: StepRecord): Course {
    const manifest = state.manifest(record.step)
    const needs = manifest.needs.map(course)
    const unsettled = first(needs.map((need) => need.unsettled)) ?? heldBack(state, record.step)
    if (manifest.join === 'all' && needs.some(({ isOut }) => isOut)) return { ...over, unsettled, isOut: true }
    const leftOut = manifest.join === 'all' ? first(needs.map((need) => need.leftOut)) : null
    const why = unsettled ?? leftOut ?? unarmed(state, record) ?? condition(manifest)
    const after = ahead(state, record, unsettled, leftOut)
    return why === null ? { ...after, runs: 'certainly' } : maybe(after, why)
  }

  function standIn(record: StepRecord): Course {
    if (waitingPrimary(state, record) !== undefined) return toCome(record)
    const primary = state.graph.primaryOf.get(record.step)
    if (primary === undefined || isSettled(state.step(primary)) || course(primary).isOut) return over
    return maybe(over, `only if ${primary} fails`)
  }

  function waitsForStandIn({ fallback, onFailure }: StepManifest): Course {
    const { unsettled, leftOut } = fallback === null ? over : course(fallback)
    const after = { ...over, unsettled: unsettled ?? leftOut }
    return onFailure === 'ask' ? maybe(after, `only if ${fallback} fails and a person has it tried again`) : after
  }

  return course
}

/** The condition of a step is asked with each try. */
function onItsWay(state: RunState, record: StepRecord, how: string): Course {
  const after = ahead(state, record, null, null)
  const why = condition(state.manifest(record.step))
  return why === null ? { ...after, runs: 'certainly', why: how } : maybe(after, why)
}

/** What waits for anything but the step that stands in for it. */
function waits(state: RunState, record: StepRecord): Course {
  switch (record.waiting?.for) {
    case 'decision':
    case 'dead_letter':
      return waitsForPerson(state, record)
    case 'backoff':
      return onItsWay(state, record, 'it is tried again')
    case 'resource':
      return onItsWay(state, record, 'it starts once there is enough of what it uses')
    default:
      return { ...ahead(state, record, null, null), runs: 'certainly', why: underWay }
  }
}

function waitsForPerson(state: RunState, record: StepRecord): Course {
  const { step, iteration } = record
  const manifest = state.manifest(step)
  const after = ahead(state, record, onceDecided(step), null)
  const asked = state.decisions().find((decision) => decision.step === step && decision.iteration === iteration)
  if (asked?.kind === 'loop') return after
  if (asked?.kind === 'dead_letter') return maybe(after, 'only if it is drained from the dead-letter queue')
  if (asked?.kind === 'arm') return maybe(after, onlyIfArmed(step))
  if (asked?.kind !== 'approval') return maybe(after, 'only if a person has it tried again')
  const mayBeAskedAgain = manifest.kind === 'approval' && manifest.deadline !== null && manifest.onFailure === 'ask'
  return mayBeAskedAgain ? maybe(after, 'only if its deadline passes and a person has it tried again') : after
}

/** What a pass that is yet to end leaves to chance, on top of what its needs do. */
function ahead(state: RunState, record: StepRecord, unsettled: string | null, leftOut: string | null): Course {
  return {
    ...over,
    unsettled: unsettled ?? ownDelay(state, record),
    leftOut: leftOut ?? ownAbsence(state.manifest(record.step)),
  }
}

function maybe(course: Course, why: string): Course {
  return { ...course, runs: 'maybe', why }
}

function first(reasons: readonly (string | null)[]): string | null {
  return reasons.find((reason) => reason !== null) ?? null
}
