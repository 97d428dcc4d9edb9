/**
 * Whether runs went round in circles, told from the journal alone and without any cleverness: what the engine finds has to be
 * so, and what is so it has to find.
 */
import type { RunEntry } from '../../src/model/entry.ts'
import type { RunEvent } from '../../src/model/event.ts'
import type { Failure } from '../../src/model/failure.ts'
import type { Address, LineageId, RunId, StepId } from '../../src/model/ids.ts'
import type { Json } from '../../src/model/json.ts'
import { usualPolicy } from '../../src/model/policy/policy.ts'
import type { RunState } from '../../src/engine/state/run-state.ts'

interface Completed {
  readonly step: StepId
  readonly came: string
}

export type ValueOf = (lineage: LineageId, address: Address) => Json | undefined

const { window, max_repeats: times } = usualPolicy.usual.detection.loops
const marks: ReadonlySet<RunEvent['type']> = new Set(['checkpoint_taken', 'branch_named', 'run_kept', 'run_unkept', 'recoveries_reset'])

export class Circles {
  readonly #valueOf: ValueOf
  /** What each run has completed since a person last did something to it. */
  readonly #since = new Map<RunId, Completed[]>()

  constructor(valueOf: ValueOf) {
    this.#valueOf = valueOf
  }

  /** What is wrong with an entry; undefined where nothing is. `state` is the run as the entry left it. */
  wrong({ run, actor, events }: RunEntry, state: RunState): string | undefined {
    const isAct = actor.kind === 'person' && events.some(({ type }) => !marks.has(type))
    if (isAct) {
      this.#since.set(run, [])
      return undefined
    }
    if (events.some(({ type }) => type === 'run_restored')) {
      this.#since.set(run, this.#onBranch(state))
      return undefined
    }
    const before = this.#since.get(run) ?? []
    const now: Completed[] = []
    this.#since.set(run, before)
    const came = (step: StepId, output: Address): Completed => {
      const value = this.#valueOf(state.record.lineage, output)
      return { step, came: JSON.stringify(withoutReceipt(state.manifest(step).kind, value)) }
    }
    for (const event of events) {
      if (event.type === 'step_completed' && event.via === null) now.push(came(event.step, event.output))
      const passes = [...before, ...now]
      const manifest = (step: StepId) => state.manifest(step)
      if (event.type === 'looped' && roundAgain(passes, (step) => manifest(step).kind === 'wait')) return `${run} went round in a circle, and ${event.step} sent it back`
      const failure = failureOf(event)
      if (failure?.cycle === undefined) continue
      const own = ownPass(event, events)
      const all = event.type === 'run_closing' ? passes : [...passes, ...(own === undefined ? [] : [came(own.step, own.output)])]
      if (!isSo(all, failure.cycle)) return `${run} is said to go round in a circle: ${failure.message}`
    }
    before.push(...now.toSorted((a, b) => (a.step < b.step ? -1 : 1)))
    return undefined
  }

  /** A run that was rolled back by itself has what it had completed by then, since a person last did something to it. */
  #onBranch(state: RunState): Completed[] {
    const { lineage, touched } = state.record
    const passes = [...state.history()].flatMap(({ step, status, via, order, output }) => {
      const counts = status === 'completed' && via === null && order !== null && order >= touched && output !== null
      return counts ? [{ step, order, came: JSON.stringify(withoutReceipt(state.manifest(step).kind, this.#valueOf(lineage, output))) }] : []
    })
    return passes.toSorted((a, b) => a.order - b.order || (a.step < b.step ? -1 : 1))
  }
}

/** No two mails have the same, nor have two answers, though they say the same. */
function withoutReceipt(kind: string, value: Json | undefined): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const receipt = kind === 'email' ? ['messageId', 'response'] : kind === 'http' ? ['headers'] : []
  return Object.fromEntries(Object.entries(value).filter(([key]) => !receipt.includes(key)))
}

function failureOf(event: RunEvent): Failure | null | undefined {
  if (event.type === 'run_closing') return event.closing.failure
  if (event.type === 'decision_opened') return event.decision.failure
  return event.type === 'loop_left' ? event.failure : undefined
}

/** The pass that would have sent the run back, where it has not completed yet. */
function ownPass(event: RunEvent, events: readonly RunEvent[]): { readonly step: StepId; readonly output: Address } | undefined {
  if (event.type === 'decision_opened') return event.decision.shown === null ? undefined : { step: event.decision.step, output: event.decision.shown }
  if (event.type !== 'loop_left') return undefined
  return events.flatMap((other) => {
    return other.type === 'step_completed' && other.via === null && other.step === event.step && other.iteration === event.iteration ? [other] : []
  })[0]
}

function isPattern(passes: readonly Completed[], period: number, count: number): boolean {
  const last = passes.slice(-period * count)
  return last.length === period * count && last.every((pass, index) => index < period || isSame(pass, last[index - period]))
}

function isSame(a: Completed, b: Completed | undefined): boolean {
  return a.step === b?.step && a.came === b.came
}

/** A circle with a wait in it polls. */
function roundAgain(passes: readonly Completed[], waits: (step: StepId) => boolean): boolean {
  const recent = passes.slice(-window)
  for (let period = 1; period * times <= recent.length; period += 1) {
    if (isPattern(recent, period, times)) return !recent.slice(-period).some(({ step }) => waits(step))
  }
  return false
}

function isSo(passes: readonly Completed[], { by, steps, repeats }: NonNullable<Failure['cycle']>): boolean {
  if (repeats < times || passes.slice(-steps.length).some(({ step }, index) => step !== steps[index])) return false
  if (by === 'pattern') return isPattern(passes, steps.length, repeats)
  const own = passes.at(-1)?.step
  const states = passes.flatMap(({ step }, index) => (step === own ? [latest(passes.slice(0, index + 1))] : []))
  return states.filter((state) => state === states.at(-1)).length >= repeats
}

function latest(passes: readonly Completed[]): string {
  const outputs = new Map(passes.map(({ step, came }) => [step, came]))
  return JSON.stringify([...outputs].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
