/**
 * A step that would send the run back once more while nothing changes. Its output stands, its effect above all; where the run
 * goes from there is decided here and nowhere else.
 *
 * Invariants:
 * 1. Only what the run did by itself is held against it: a person who acts on the run begins the count anew, and so does a
 *    branch.
 * 2. A loop that goes on at its bound goes on here too, and that is journaled.
 * 3. What waits for a person's word has done its work: however the question ends, it is compensated as any completed step.
 */
import type { Cycle } from '../../model/cycle.ts'
import type { DecisionRecord } from '../../model/decision.ts'
import type { Failure } from '../../model/failure.ts'
import type { Address, StepId } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import type { StepKind } from '../../model/manifest.ts'
import { rulesFor } from '../../model/policy/policy.ts'
import type { StepRecord } from '../../model/step.ts'
import { findCycle } from '../detection/find-cycle.ts'
import { whyAsked } from '../recovery/why-asked.ts'
import type { Pass } from '../state/run-state.ts'
import { complete } from './advance.ts'
import { close } from './close.ts'
import { loopActions, openDecision } from './open-decision.ts'
import { tellFailedOutright, tellFailure, tellRecovery } from './tell-error.ts'
import type { Turn } from './turn.ts'

/** The step has its output, and sends the run back to `next`, unless the run would only go round in a circle. */
export function completeOrStop(turn: Turn, record: StepRecord, output: Address, next: StepId | null): void {
  const cycle = next === null ? undefined : cycleOf(turn, record, output, next)
  if (cycle === undefined) complete(turn, record, output, next)
  else stop(turn, record, output, circling(record, cycle))
}

function stop(turn: Turn, record: StepRecord, output: Address, failure: Failure): void {
  const { step, iteration } = record
  const manifest = turn.state.manifest(step)
  const { loop } = manifest
  const asked = whyAsked(manifest, rulesFor(turn.policy, turn.state.record.workflow, step).manual_intervention, failure)
  turn.marksError(record)
  if (loop?.onLimit === 'continue') {
    turn.emit({ type: 'loop_left', step, iteration, failure })
    complete(turn, record, output, null)
  } else if (asked !== undefined) {
    tellFailure(turn, record, 'run', failure)
    tellRecovery(turn, record, 'run', { strategy: 'ask', why: asked })
    turn.emit({ type: 'step_waiting', step, iteration, for: 'decision', until: null, failure })
    openDecision(turn, record, { kind: 'loop', actions: [...loopActions], shown: output, edits: null, failure, deadline: null })
  } else {
    completeAndFail(turn, record, output, failure)
  }
}

/** What the step did stands; it is the run that cannot go where the step sends it. */
export function completeAndFail(turn: Turn, record: StepRecord, output: Address, failure: Failure): void {
  const { step, iteration } = record
  const asked = turn.state.errorOf(record, 'run')?.status === 'waiting' ? tellFailedOutright(turn, record, failure, 'a person let it fail') : null
  turn.emit({ type: 'step_completed', step, iteration, output, via: null })
  turn.marksError(record)
  const error = asked ?? tellFailedOutright(turn, record, failure, 'the run cannot go where the step sends it')
  close(turn, { outcome: 'failed', failure }, { step, error })
}

/** What a person said of the circle is done. */
export function leaveCircle(turn: Turn, { step, iteration, shown, failure }: DecisionRecord, action: string): void {
  const record = turn.state.pass({ step, iteration })
  if (shown === null || failure?.cycle === undefined) throw new Error(`the question about the loop of ${step} does not say which`)
  if (action === 'fail') completeAndFail(turn, record, shown, failure)
  else complete(turn, record, shown, action === 'go-back' ? failure.cycle.to : null)
}

function cycleOf(turn: Turn, { step, iteration }: Pass, output: Address, to: StepId): Cycle | undefined {
  const { state } = turn
  const { workflow, touched } = state.record
  const rules = rulesFor(turn.policy, workflow, step).detection.loops
  const name = (pass: Pick<StepRecord, 'step'> & { readonly output: Address }): string => {
    const { kind, sensitive } = state.manifest(pass.step)
    if (kind === 'email' || kind === 'http') return turn.likeness(pass.output, (value) => withoutReceipt(kind, value))
    return sensitive ? turn.likeness(pass.output) : pass.output
  }
  const own = { step, iteration, to: name({ step, output }) }
  const over = new Set(state.graph.renewedBy.get(to))
  const found = findCycle(
    {
      iteration,
      newest: (count) => [...state.trail().newest(count - 1, touched, name), own],
      over: (id) => over.has(id),
      waits: (id) => state.manifest(id).kind === 'wait',
    },
    rules,
  )
  return found === undefined ? undefined : { ...found, to }
}

/** What the other side writes of the exchange alone: it is another each time (an id, a date), though the same be said. */
const receipts = { email: ['messageId', 'response'], http: ['headers'] } as const satisfies Partial<Record<StepKind, readonly string[]>>

function withoutReceipt(kind: keyof typeof receipts, output: Json): Json {
  if (typeof output !== 'object' || output === null || Array.isArray(output)) return output
  const receipt: readonly string[] = receipts[kind]
  return Object.fromEntries(Object.entries(output).filter(([key]) => !receipt.includes(key)))
}

/** Steps of a circle that are spelled out. */
const longestSpelled = 12

function circling({ step }: StepRecord, cycle: Cycle): Failure {
  const { by, steps, repeats, since, to } = cycle
  const left = steps.length - longestSpelled
  const way = left > 0 ? [...steps.slice(0, longestSpelled - 1), `${left} more`, ...steps.slice(-1)] : steps
  const round = `${way.join(' → ')} (${steps.length === 1 ? 'one pass' : `${steps.length} passes`})`
  const from = `since iteration ${since.iteration} of ${since.step}`
  const what = by === 'pattern' ? `${round} came to the same ${repeats} times in a row, ${from}` : `all that the run has come to was the same ${repeats} times, ${from}, with ${round} between the last two`
  return {
    class: 'loop',
    name: 'GoesInCircles',
    message: `step ${step} would send the run back to ${to} once more, but nothing changes: ${what}`,
    wayOut: `let a step of it come to something new, put a wait into a loop that polls, or raise detection.loops.max_repeats for ${step}`,
    cycle,
  }
}
