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
import { mustBeArmed } from './arming.ts'
import { loopBudget } from './loop.ts'
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
    const found = known.get(step) ?? walk(state.step(step), state.manifest(step))
    known.set(step, found)
    return found
  }

  function walk(record: StepRecord, manifest: StepManifest): Course {
    switch (record.status) {
      case 'pending':
        return manifest.onlyAsFallback ? standIn(record, manifest) : toCome(record, manifest)
      case 'running':
        return onItsWay(record, manifest, underWay)
      case 'waiting':
        return waits(record, manifest)
      case 'in_doubt':
        return maybe(ahead(record, manifest, whetherItHappened(record), null), 'only if it did not happen')
      default:
        return { ...over, isOut: isPathNotTaken(record) }
    }
  }

  /** A step that starts, or is left out, once what it needs has settled. */
  function toCome(record: StepRecord, manifest: StepManifest): Course {
    const needs = manifest.needs.map(course)
    const unsettled = first(needs.map((need) => need.unsettled)) ?? heldBack(record)
    if (manifest.join === 'all' && needs.some(({ isOut }) => isOut)) return { ...over, unsettled, isOut: true }
    const leftOut = manifest.join === 'all' ? first(needs.map((need) => need.leftOut)) : null
    const why = unsettled ?? leftOut ?? unarmed(record) ?? condition(manifest)
    const after = ahead(record, manifest, unsettled, leftOut)
    return why === null ? { ...after, runs: 'certainly' } : maybe(after, why)
  }

  /** The condition of a step is asked with each try. */
  function onItsWay(record: StepRecord, manifest: StepManifest, how: string): Course {
    const after = ahead(record, manifest, null, null)
    const why = condition(manifest)
    return why === null ? { ...after, runs: 'certainly', why: how } : maybe(after, why)
  }

  function standIn(record: StepRecord, manifest: StepManifest): Course {
    if (waitingPrimary(state, record) !== undefined) return toCome(record, manifest)
    const primary = state.graph.primaryOf.get(record.step)
    if (primary === undefined || isSettled(state.step(primary)) || course(primary).isOut) return over
    return maybe(over, `only if ${primary} fails`)
  }

  function waits(record: StepRecord, manifest: StepManifest): Course {
    switch (record.waiting?.for) {
      case 'fallback':
        return waitsForStandIn(manifest)
      case 'decision':
      case 'dead_letter':
        return waitsForPerson(record, manifest)
      case 'backoff':
        return onItsWay(record, manifest, 'it is tried again')
      case 'resource':
        return onItsWay(record, manifest, 'it starts once there is enough of what it uses')
      default:
        return { ...ahead(record, manifest, null, null), runs: 'certainly', why: underWay }
    }
  }

  function waitsForStandIn({ fallback, onFailure }: StepManifest): Course {
    const { unsettled, leftOut } = fallback === null ? over : course(fallback)
    const after = { ...over, unsettled: unsettled ?? leftOut }
    return onFailure === 'ask' ? maybe(after, `only if ${fallback} fails and a person has it tried again`) : after
  }

  function waitsForPerson(record: StepRecord, manifest: StepManifest): Course {
    const { step } = record
    const after = ahead(record, manifest, onceDecided(step), null)
    const asked = state.decisions().find((decision) => decision.step === step && decision.iteration === record.iteration)
    if (asked?.kind === 'loop') return after
    if (asked?.kind === 'dead_letter') return maybe(after, 'only if it is drained from the dead-letter queue')
    if (asked?.kind === 'arm') return maybe(after, onlyIfArmed(step))
    if (asked?.kind !== 'approval') return maybe(after, 'only if a person has it tried again')
    const mayBeAskedAgain = manifest.kind === 'approval' && manifest.deadline !== null && manifest.onFailure === 'ask'
    return mayBeAskedAgain ? maybe(after, 'only if its deadline passes and a person has it tried again') : after
  }

  /** What a pass that is yet to end leaves to chance, on top of what its needs do. */
  function ahead(record: StepRecord, manifest: StepManifest, unsettled: string | null, leftOut: string | null): Course {
    return {
      ...over,
      unsettled: unsettled ?? ownDelay(record, manifest),
      leftOut: leftOut ?? ownAbsence(record, manifest),
    }
  }

  function ownDelay(record: StepRecord, { kind, loop }: StepManifest): string | null {
    const { step } = record
    if (kind === 'approval' || unarmed(record) !== null) return onceDecided(step)
    const mayLoop = loop !== null && (loop.onLimit === 'fail' || loopBudget(state, step).left > 0)
    return mayLoop ? `unless ${step} sends the run back` : null
  }

  /** A disarmed run waits before each effect. */
  function unarmed(record: StepRecord): string | null {
    return mustBeArmed(state, record, 'run') ? onlyIfArmed(record.step) : null
  }

  /** A pass waits for an earlier one that a person has to settle. */
  function heldBack({ step }: StepRecord): string | null {
    const inDoubt = state.iterations(step).some(({ status }) => status === 'in_doubt')
    return inDoubt ? whetherItHappened({ step }) : null
  }

  return course
}

function condition({ conditional }: StepManifest): string | null {
  return conditional ? 'only if its condition says so' : null
}

function whetherItHappened({ step }: Pick<StepRecord, 'step'>): string {
  return `once it is known whether ${step} happened`
}

function ownAbsence({ step }: StepRecord, manifest: StepManifest): string | null {
  if (manifest.conditional) return `unless ${step} is left out`
  const mayExpire = manifest.kind === 'approval' && manifest.deadline !== null && manifest.onDeadline === 'skip'
  return mayExpire ? `unless the deadline of ${step} passes` : null
}

function onlyIfArmed(step: StepId): string {
  return `only if ${step} is armed`
}

function onceDecided(step: StepId): string {
  return `once ${step} is decided`
}

function maybe(course: Course, why: string): Course {
  return { ...course, runs: 'maybe', why }
}

function first(reasons: readonly (string | null)[]): string | null {
  return reasons.find((reason) => reason !== null) ?? null
}
