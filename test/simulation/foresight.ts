/**
 * One seed of law 8: a random workflow runs, a person is told before each decision what each action leads to, and then
 * what happened is held against what was told.
 *
 * 1. What was told equals what is read off the transition that the decision committed.
 * 2. Telling changes nothing; what it says is refused is refused, and the other way round.
 * 3. Whatever runs or is undone later was listed, under the key that was told.
 * 4. What was certain runs, unless something fails.
 *
 * Of runs below it, `foretold-children.ts` says what holds.
 */
import { isDeepStrictEqual } from 'node:util'
import type { Consequence } from '../../src/model/consequence.ts'
import { Refused } from '../../src/model/control-errors.ts'
import type { DecisionRecord } from '../../src/model/decision.ts'
import type { RunEvent } from '../../src/model/event.ts'
import type { RunId, StepId } from '../../src/model/ids.ts'
import type { Json } from '../../src/model/json.ts'
import type { Kin } from '../../src/engine/planner/kin.ts'
import { consequence } from '../../src/engine/planner/consequence.ts'
import type { RunState } from '../../src/engine/state/run-state.ts'
import { person } from '../engine/workbench.ts'
import { didBefore } from './done-outside.ts'
import { broken, goesWrong, neverRan, orRefusal, stepOf, underAnotherKey, unlisted } from './foretold.ts'
import { childrenCameTrue, type Mark, markOf, whereLeft } from './foretold-children.ts'
import { RandomBench } from './random-bench.ts'
import type { Tally } from './seeds.ts'

const mostDecisions = 40

/** What was told of an action that was then taken, and where the journal was. */
interface Told {
  /** The run that asked: the one that was started, or one below it. */
  readonly run: RunId
  readonly from: Mark
  readonly consequence: Consequence
  /** Events of the run before the decision and after it. */
  readonly before: number
  readonly after: number
  /** The branch that the decision led onto: who sends the run back later leads it elsewhere. */
  readonly branch: number
}

/** Lives through one seed. @throws Error where something happened that was not told, or did not that was */
export async function foresee(seed: number, tally: Tally): Promise<void> {
  await new Foresight(seed, tally).live()
}

class Foresight {
  readonly #random: RandomBench
  readonly #tally: Tally
  readonly #told: Told[] = []

  constructor(seed: number, tally: Tally) {
    this.#random = new RandomBench(seed)
    this.#tally = tally
  }

  async live(): Promise<void> {
    const { bench, dice } = this.#random
    const run = await bench.start()
    for (let decisions = 0; decisions < mostDecisions && !this.#random.hasEnded(run); decisions += 1) {
      await bench.pass(dice.int(0, 4_000))
      const pending = this.#random.family(run).flatMap((each) => [...this.#random.state(each).decisions()].map((decision) => ({ run: each, decision })))
      if (pending.length === 0) continue
      const asked = dice.pick(pending)
      await this.#decide(asked.run, asked.decision)
    }
    if (this.#random.hasEnded(run)) for (const told of this.#told) this.#cameTrue(told)
  }

  async #decide(run: RunId, decision: DecisionRecord): Promise<void> {
    const { bench, dice } = this.#random
    const pausedBy = dice.percent(15) ? { run, seen: null, actor: person, reason: null } : null
    if (pausedBy !== null) await bench.until(bench.engine.pause(pausedBy))
    const edit = this.#random.edit(decision)
    const before = bench.record(run).version
    const kin = this.#random.kin()
    const state = this.#random.state(run)
    const { version, actions } = await bench.until(
      bench.engine.consequences({ run, decision: decision.id, actor: person, note: null, edit }),
    )
    if (version !== before || bench.record(run).version !== before) throw new Error('telling has changed the run')
    if (!isDeepStrictEqual(actions.map(({ action: name, role }) => ({ name, role })), decision.actions)) {
      throw new Error(`told of ${actions.map(({ action }) => action).join(', ')}`)
    }
    await this.#take(run, decision, dice.pick(actions), edit, { state, kin })
    if (pausedBy !== null && !this.#random.hasEnded(run)) await bench.until(orRefusal(bench.engine.resume(pausedBy)))
  }

  async #take(run: RunId, { id }: DecisionRecord, told: Consequence, edit: Json, known: { readonly state: RunState; readonly kin: Kin }): Promise<void> {
    const { bench } = this.#random
    const before = bench.events(run).length
    const from = markOf(this.#random)
    const request = { run, decision: id, action: told.action, edit, reason: null, seen: null, actor: person }
    const refused = await bench.until(
      bench.engine.decide(request).then(
        () => null,
        (error: unknown) => {
          if (error instanceof Refused) return error.failures
          throw error
        },
      ),
    )
    this.#tally.note(refused === null ? told.outcome : 'refused')
    if (refused !== null) {
      const isTold = refused.every((one) => told.refused.some((other) => isDeepStrictEqual(one, other)))
      if (!isTold) broken(`refused with ${JSON.stringify(refused)}`, told)
      return
    }
    const { action: name, role } = told
    const taken = { before: known.state, state: this.#random.state(run), events: bench.events(run).slice(before), refused: [] }
    const happened = consequence({ name, role }, taken, known.kin)
    if (!isDeepStrictEqual(inOrder(happened), inOrder(told))) broken(`it happened that ${JSON.stringify(happened)}`, told)
    this.#holdBefore(run, told)
    this.#told.push({ run, from, consequence: told, before, after: bench.events(run).length, branch: bench.record(run).branch })
  }

  /** What was told to have been done outside before, held against the journal. */
  #holdBefore(run: RunId, told: Consequence): void {
    const { disk } = this.#random.bench
    const did = didBefore(disk, run)
    for (const { step, phase, before } of told.outside) {
      const was = phase === 'run' ? did(step) : []
      if (was.length > 0) this.#tally.note('done before')
      if (!isDeepStrictEqual(before, was)) broken(`${step} did ${JSON.stringify(was)} before`, told)
    }
  }

  #cameTrue({ run, from, consequence: told, before, after, branch }: Told): void {
    const { bench } = this.#random
    const all = bench.events(run)
    const left = all.findIndex((event, at) => at >= after && event.type === 'run_restored')
    const later = all.slice(after, left === -1 ? undefined : left)
    const events = [...all.slice(before, after), ...later]
    const ran = unlisted(this.#random, told, events, later)
    if (ran.length > 0) broken(`${ran.join(', ')} ran`, told)
    const ofIt = bench.execution.tasks.slice(from.tasks).filter(({ ref, phase }) => ref.run === run && ref.branch === branch && (phase === 'run' || told.outcome === 'ends'))
    const touched = underAnotherKey(this.#random, told, ofIt)
    if (touched !== undefined) broken(touched, told)
    if (told.outcome === 'ends') this.#endCameTrue(run, told, events)
    const wentWell = !events.some((event) => goesWrong(event) || isEndedAbove(event))
    // Whoever sends it elsewhere by a later answer takes away what was certain.
    if (wentWell && left === -1) this.#certainCameTrue(run, told, events)
    const isWhole = wentWell && left === -1 && bench.record(run).status === 'completed'
    childrenCameTrue(this.#random, { top: run, told: told.children, from, to: whereLeft(this.#random, run, after), isWhole }, this.#tally)
  }

  /** Where the run was ended on purpose, what comes after whatever ended it was not certain. */
  #certainCameTrue(run: RunId, told: Consequence, events: readonly RunEvent[]): void {
    const closing = events.findIndex(({ type }) => type === 'run_closing')
    // A person who ends it by an answer to something else ends it wherever it is.
    const cause = events.slice(0, Math.max(0, closing)).findLast(({ type }) => type === 'step_completed' || type === 'decision_closed')
    const after = (step: StepId): boolean => {
      const { graph } = this.#random.state(run)
      return cause?.type === 'step_completed' && stepOf(cause).some((id) => graph.ancestors.get(step)?.has(id))
    }
    const idle = neverRan(this.#random, told, events).filter((step) => closing === -1 || after(step))
    if (idle.length > 0) broken(`${idle.join(', ')} never ran`, told)
    this.#tally.note(closing === -1 ? 'held' : 'held to the end')
  }

  #endCameTrue(run: RunId, told: Consequence, events: readonly RunEvent[]): void {
    const { status } = this.#random.bench.record(run)
    // A child that had come to its end is taken back with its parent.
    if (events.some(({ type }) => type === 'run_called_back')) return
    if (status !== told.ends) broken(`ended as ${status}`, told)
    const undone = events
      .filter((event) => event.type === 'attempt_started' && event.phase === 'compensate')
      .flatMap(stepOf)
    const more = undone.filter((id) => !told.compensates.includes(id))
    if (more.length > 0) broken(`${more.join(', ')} was undone`, told)
  }
}

/** A child comes to its end since its parent does not wait for it any more: what is certain of it is so while that does. */
function isEndedAbove(event: RunEvent): boolean {
  return event.type === 'run_closing' && event.closing.failure?.message.startsWith('its parent') === true
}

/** Children have no order of their own but that each follows the one that it is a child of. */
function inOrder(told: Consequence): Consequence {
  return { ...told, children: told.children.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))) }
}
