/**
 * Who gives way in a deadlock, and why what a pass waits for never comes: what is told to the run that it concerns.
 *
 * Laws (properties in the test):
 * 1. Whoever gives way is of the circle, and others of it wait for what it holds.
 * 2. Of those that can, it is the one that loses the least: the work that it would do once more, and all that it lost before by
 *    giving way, so that nobody gives way again and again while others that are in its way lose nothing.
 * 3. Where none can, one that is ending lets go of what it holds; where none is, a person is asked at one that waits.
 */
import type { Deadlock, DeadlockLink } from '../../model/deadlock.ts'
import { deadlockInWords } from '../../model/deadlock.ts'
import type { Failure } from '../../model/failure.ts'
import type { Instant, Millis, RunId } from '../../model/ids.ts'
import { type Policy, rulesFor } from '../../model/policy/policy.ts'
import { beforeHolding, workSince } from '../planner/giving-way.ts'
import { chooseRemedy } from '../recovery/choose.ts'
import type { Pass, RunState } from '../state/run-state.ts'
import type { Circle, Stretch } from './deadlock.ts'
import { turnOf } from './queue.ts'

/** What a run is told: which of its passes waits for what never comes, and why. */
export interface Blocked {
  readonly run: RunId
  readonly pass: Pass
  readonly failure: Failure
}

/** One for each run that has something in a circle. */
interface Candidate extends Blocked {
  readonly state: RunState
  readonly isWithin: boolean
  readonly loss: Millis
}

/** Undefined where there is no circle. */
export function victimOf(circles: readonly Circle[], policy: Policy, now: Instant): Blocked | undefined {
  const candidates = circles.flatMap((circle) => candidateOf(circle, policy, now) ?? []).toSorted(byLoss)
  const free = candidates.filter(({ isWithin }) => !isWithin)
  const chosen = free.find((each) => givesWay(each, policy, now)) ?? free.find(({ state }) => state.record.closing !== null)
  if (chosen !== undefined) return chosen
  const within = circles.filter(({ isWithin }) => isWithin)
  const [circle] = (within.length > 0 ? within : circles).toSorted((one, other) => lossOf(one.by.state, now) - lossOf(other.by.state, now))
  return circle === undefined ? undefined : waiterIn(circle, policy)
}

/** What its run would lose in all by giving way once more. */
export function lossOf(state: RunState, now: Instant): Millis {
  const since = beforeHolding(state)
  return (state.record.givenWay?.lost ?? 0) + (since === undefined ? 0 : workSince(state, since, now))
}

function byLoss(one: Candidate, other: Candidate): number {
  return one.loss - other.loss || other.state.record.createdAt - one.state.record.createdAt || (one.run < other.run ? -1 : 1)
}

function candidateOf({ by: { run, state }, way, isWithin }: Circle, policy: Policy, now: Instant): Candidate | undefined {
  const pass = passOf(way[1])
  if (pass === undefined) return undefined
  return { run, state, pass, isWithin, loss: lossOf(state, now), failure: deadlocked(linksOf(way, policy)) }
}

/** Whether what policy would do about it is that. */
function givesWay({ state, pass, failure }: Candidate, policy: Policy, now: Instant): boolean {
  if (state.record.closing !== null) return false
  const { recovery: rules, manual_intervention: intervention } = rulesFor(policy, state.record.workflow, pass.step)
  const situation = { state, record: state.pass(pass), failure, rules, intervention, chance: { now, fraction: 0 }, queue: { letters: 0, most: policy.deadLetters.most }, keeps: () => true }
  return chooseRemedy(situation).strategy === 'give_way'
}

/** Nobody can give way: whoever waits for a resource is told, and its own chain says what comes of it. Where all is within a family, that is who waits for what one above it holds. */
function waiterIn({ way, isWithin }: Circle, policy: Policy): Blocked | undefined {
  const index = isWithin ? way.length - 1 : way.findIndex((stretch) => 'wait' in stretch)
  const stretch = way[index]
  const pass = passOf(stretch)
  if (stretch === undefined || pass === undefined) return undefined
  return { run: stretch.of.run, pass, failure: deadlocked(linksOf([...way.slice(index), ...way.slice(0, index)], policy)) }
}

function passOf(stretch: Stretch | undefined): Pass | undefined {
  if (stretch === undefined || 'hold' in stretch) return undefined
  return 'wait' in stretch ? (stretch.wait.pass ?? undefined) : { step: stretch.child.step, iteration: stretch.child.iteration }
}

function linksOf(way: readonly Stretch[], { limits }: Policy): Deadlock {
  return way.flatMap((stretch, index): DeadlockLink[] => {
    const pass = passOf(stretch)
    if (pass === undefined) return []
    const { id: run, workflow } = stretch.of.state.record
    const next = way[(index + 1) % way.length]
    const wants = next !== undefined && 'hold' in next ? next.hold.name : null
    return [{ run, workflow, step: pass.step, iteration: pass.iteration, wants, ...('wait' in stretch && { turn: turnOf(stretch.wait, limits.ageing) }) }]
  })
}

function deadlocked(deadlock: Deadlock): Failure {
  return {
    class: 'deadlock',
    name: 'Deadlock',
    message: `runs wait for one another: ${deadlockInWords(deadlock)}`,
    wayOut: 'let their workflows hold the same resources in the same order, or hold them from one step on; there may also be more of one of them',
    deadlock,
  }
}
