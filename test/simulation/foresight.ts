/**
 * One seed of law 8: a random workflow runs, a person is told before each decision what each action leads to, and then
 * what happened is held against what was told.
 *
 * 1. What was told equals what is read off the transition that the decision committed.
 * 2. Telling changes nothing; what it says is refused is refused, and the other way round.
 * 3. Whatever runs or is undone later was listed, under the key that was told.
 * 4. What was certain runs, unless something fails.
 */
import { isDeepStrictEqual } from 'node:util'
import type { Consequence } from '../../src/model/consequence.ts'
import { Refused } from '../../src/model/control-errors.ts'
import type { DecisionRecord } from '../../src/model/decision.ts'
import type { RunEvent } from '../../src/model/event.ts'
import { passOfKey } from '../../src/model/idempotency-key.ts'
import type { RunId, StepId } from '../../src/model/ids.ts'
import type { Json } from '../../src/model/json.ts'
import { approvalStep } from '../../src/model/manifest.fixture.ts'
import type { StepManifest } from '../../src/model/manifest.ts'
import { isEnded } from '../../src/model/status.ts'
import { consequence } from '../../src/engine/planner/consequence.ts'
import { type Graph, graphOf } from '../../src/engine/planner/graph.ts'
import type { Answer, Question, Task, TaskResult } from '../../src/engine/ports.ts'
import { RunState } from '../../src/engine/state/run-state.ts'
import { failed, failure, person, type Script, Workbench } from '../engine/workbench.ts'
import { Dice } from './dice.ts'
import { randomWorkflow } from './random-workflow.ts'

const mostDecisions = 40
const badEdit = 'does not fit'

/** What was told of an action that was then taken, and where the journal was. */
interface Told {
  readonly consequence: Consequence
  /** Events of the run before the decision and after it, and orders to executors before. */
  readonly before: number
  readonly after: number
  readonly tasks: number
}

/** How often which outcome was foretold and came true. */
export type Tally = Map<string, number>

/** Lives through one seed. @throws Error where something happened that was not told, or did not that was */
export async function foresee(seed: number, tally: Tally): Promise<void> {
  await new Foresight(seed, tally).live()
}

class Foresight {
  readonly #dice: Dice
  readonly #bench: Workbench
  readonly #tally: Tally
  readonly #told: Told[] = []

  constructor(seed: number, tally: Tally) {
    this.#dice = new Dice(seed)
    this.#tally = tally
    const steps = randomWorkflow(this.#dice, 'w').manifest.steps.map((manifest) => this.#asking(manifest))
    const script: Script = Object.fromEntries(
      steps.flatMap((manifest) => [
        [manifest.id, (task: Task) => this.#later(task, this.#result(manifest))],
        [`${manifest.id} compensation`, (task: Task) => this.#later(task, this.#undone())],
      ]),
    )
    this.#bench = new Workbench(steps, { seed, script, answer: (question) => this.#answer(question) })
  }

  async live(): Promise<void> {
    const run = await this.#bench.start()
    for (let decisions = 0; decisions < mostDecisions && !this.#hasEnded(run); decisions += 1) {
      await this.#bench.pass(this.#dice.int(0, 4_000))
      const pending = [...this.#state(run).decisions()]
      if (pending.length > 0) await this.#decide(run, this.#dice.pick(pending))
    }
    if (this.#hasEnded(run)) for (const told of this.#told) this.#cameTrue(run, told)
  }

  async #decide(run: RunId, decision: DecisionRecord): Promise<void> {
    const bench = this.#bench
    const pausedBy = this.#dice.percent(15) ? { run, seen: null, actor: person, reason: null } : null
    if (pausedBy !== null) await bench.until(bench.engine.pause(pausedBy))
    const edit = this.#edit(decision)
    const before = bench.record(run).version
    const { version, actions } = await bench.until(
      bench.engine.consequences({ run, decision: decision.id, actor: person, note: null, edit }),
    )
    if (version !== before || bench.record(run).version !== before) throw new Error('telling has changed the run')
    if (!isDeepStrictEqual(actions.map(({ action: name, role }) => ({ name, role })), decision.actions)) {
      throw new Error(`told of ${actions.map(({ action }) => action).join(', ')}`)
    }
    await this.#take(run, decision, this.#dice.pick(actions), edit)
    if (pausedBy !== null) await bench.until(bench.engine.resume(pausedBy))
  }

  async #take(run: RunId, { id }: DecisionRecord, told: Consequence, edit: Json): Promise<void> {
    const bench = this.#bench
    const before = bench.events(run).length
    const tasks = bench.execution.tasks.length
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
    this.#count(refused === null ? told.outcome : 'refused')
    if (refused !== null) {
      const isTold = refused.every((one) => told.refused.some((other) => isDeepStrictEqual(one, other)))
      if (!isTold) broken(`refused with ${JSON.stringify(refused)}`, told)
      return
    }
    const { action: name, role } = told
    const happened = consequence({ name, role }, bench.events(run).slice(before), this.#state(run), [])
    if (!isDeepStrictEqual(happened, told)) broken(`it happened that ${JSON.stringify(happened)}`, told)
    this.#told.push({ consequence: told, before, after: bench.events(run).length, tasks })
  }

  #cameTrue(run: RunId, { consequence: told, before, after, tasks }: Told): void {
    const events = this.#bench.events(run).slice(before)
    const later = this.#bench.events(run).slice(after)
    const ran = [...events.filter(begins), ...later.filter((event, at) => this.#isDone(event, later[at - 1]))].flatMap(stepOf)
    const listed = new Set(told.runs.map((next) => next.step))
    const unlisted = ran.filter((id) => !listed.has(id))
    if (unlisted.length > 0) broken(`${unlisted.join(', ')} ran`, told)
    this.#keysCameTrue(told, this.#bench.execution.tasks.slice(tasks))
    if (told.outcome === 'ends') this.#endCameTrue(run, told, events)
    if (!events.some(goesWrong)) this.#certainCameTrue(told, events)
  }

  /** Where the run was ended on purpose, what comes after whatever ended it was not certain. */
  #certainCameTrue(told: Consequence, events: readonly RunEvent[]): void {
    const closing = events.findIndex(({ type }) => type === 'run_closing')
    const cause = events.slice(0, Math.max(0, closing)).findLast(({ type }) => type === 'step_completed')
    const after = (step: StepId): boolean => {
      return cause !== undefined && stepOf(cause).some((id) => this.#graph.ancestors.get(step)?.has(id))
    }
    const done = new Set(events.filter((event) => event.type === 'step_completed' || this.#asks(event)).flatMap(stepOf))
    const idle = told.runs
      .filter(({ step, certain }) => certain && !done.has(step))
      .filter(({ step }) => closing === -1 || after(step))
    if (idle.length > 0) broken(`${idle.map(({ step }) => step).join(', ')} never ran`, told)
    this.#count(closing === -1 ? 'held' : 'held to the end')
  }

  /** Whether a person answers is not the run's doing. */
  #asks(event: RunEvent): boolean {
    if (event.type === 'decision_opened') return true
    return begins(event) && stepOf(event).some((id) => this.#manifest(id)?.kind === 'approval')
  }

  /** Done other than by a person's answer. */
  #isDone(event: RunEvent, before: RunEvent | undefined): boolean {
    if (event.type !== 'step_completed' || event.via !== null || before?.type === 'decision_closed') return false
    return this.#manifest(event.step)?.kind !== 'approval'
  }

  #endCameTrue(run: RunId, told: Consequence, events: readonly RunEvent[]): void {
    const { status } = this.#bench.record(run)
    if (status !== told.ends) broken(`ended as ${status}`, told)
    const undone = events
      .filter((event) => event.type === 'attempt_started' && event.phase === 'compensate')
      .flatMap(stepOf)
    const unlisted = undone.filter((id) => !told.compensates.includes(id))
    if (unlisted.length > 0) broken(`${unlisted.join(', ')} was undone`, told)
  }

  /** The first time that a step touches the outside world, it is under the key that was told. */
  #keysCameTrue(told: Consequence, tasks: readonly Task[]): void {
    const seen = new Set<string>()
    for (const { ref, phase, idempotencyKey: key } of tasks) {
      const isLater = phase === 'compensate' && told.outcome !== 'ends'
      if (this.#manifest(ref.step)?.effect === null || seen.has(`${ref.step} ${phase}`) || isLater) continue
      seen.add(`${ref.step} ${phase}`)
      const outside = told.outside.filter((each) => each.step === ref.step && each.phase === phase)
      const isNext = told.runs.some((next) => next.step === ref.step && next.certain && next.why === undefined)
      if (outside.some((each) => each.key === key || (!isNext && passOfKey(each.key)?.step === ref.step))) continue
      broken(`${ref.step} touched the outside world as ${key}`, told)
    }
  }

  #state(run: RunId): RunState {
    const rows = this.#bench.disk.runs.get(run)
    if (rows === undefined) throw new Error(`no run ${run}`)
    const { record, lineage, steps, attempts, decisions } = rows
    const of = { steps: [...steps.values()], attempts: [...attempts.values()], decisions: [...decisions.values()] }
    return RunState.of({ record, lineage, ...of }, this.#graph)
  }

  get #graph(): Graph {
    return graphOf(this.#bench.manifest)
  }

  #hasEnded(run: RunId): boolean {
    return isEnded(this.#bench.record(run).status)
  }

  /** There are more questions than a workflow usually asks. */
  #asking(manifest: StepManifest): StepManifest {
    if (manifest.kind !== 'code' || !this.#dice.percent(35)) return manifest
    const { needs, join, conditional, optional, onlyAsFallback, fallback, onFailure, loop } = manifest
    const deadline = this.#dice.percent(30) ? this.#dice.int(1_000, 20_000) : null
    const more = { join, conditional, optional, onlyAsFallback, fallback, onFailure, loop, deadline }
    return approvalStep(manifest.id, needs, { ...more, onDeadline: this.#dice.pick(['fail', 'skip']) })
  }

  #edit({ kind, edits }: DecisionRecord): Json {
    if (kind === 'in_doubt') return this.#dice.percent(70) ? 'seen outside' : null
    if (edits === null) return this.#dice.percent(5) ? 'out of place' : null
    return this.#dice.percent(60) ? null : this.#dice.pick(['edited', badEdit])
  }

  #later(task: Task, result: TaskResult): undefined {
    const { sink } = this.#bench.execution
    this.#bench.time.after(this.#dice.int(1, 2_500), () => sink?.ended(task.ref, result))
  }

  #result(manifest: StepManifest): TaskResult {
    const { kind, conditional, loop } = manifest
    const fate = this.#dice.weighted({ well: 91, transient: 2, permanent: 4, crash: 3 })
    if (fate === 'crash') return { type: 'cut_off', failure: failure('crash', 'the process died'), own: true }
    if (fate !== 'well') return failed(fate)
    if (conditional && this.#dice.percent(30)) return { type: 'skipped' }
    if (kind === 'approval') return { type: 'asked', shown: null }
    if (kind === 'wait') return { type: 'waits', duration: this.#dice.int(0, 2_000) }
    const next = loop !== null && this.#dice.percent(30) ? this.#dice.pick(loop.to) : null
    return { type: 'completed', output: { body: manifest.id }, next }
  }

  #undone(): TaskResult {
    return this.#dice.percent(15) ? failed('permanent') : { type: 'completed', output: null, next: null }
  }

  /** A definition that always answers the same to the same: `revise` goes back, one edit never fits. */
  #answer(question: Question): Answer {
    if (question.type === 'begin') return { type: 'began', input: question.input, context: question.context }
    if (question.type === 'address') return { type: 'refused', failures: [failure('validation', 'not yet')] }
    const { action, edit } = question.answer
    if (edit === badEdit) return { type: 'refused', failures: [failure('validation', badEdit)] }
    const loop = this.#manifest(question.step)?.loop ?? null
    return { type: 'settled', output: null, next: action === 'revise' ? (loop?.to[0] ?? null) : null, edited: edit }
  }

  #manifest(id: string): StepManifest | undefined {
    return this.#bench.manifest.steps.find((manifest) => manifest.id === id)
  }

  #count(what: string): void {
    this.#tally.set(what, (this.#tally.get(what) ?? 0) + 1)
  }
}

/** An attempt of the step itself, or a wait that needs none. */
function begins(event: RunEvent): boolean {
  if (event.type === 'attempt_started') return event.phase === 'run'
  return event.type === 'step_waiting' && event.for === 'timer'
}

function broken(what: string, told: Consequence): never {
  throw new Error(`${what}, told ${JSON.stringify(told)}`)
}

function goesWrong(event: RunEvent): boolean {
  return 'failure' in event && event.failure !== null
}

function stepOf(event: RunEvent): StepId[] {
  if (event.type === 'decision_opened') return [event.decision.step]
  return 'step' in event && event.step !== null ? [event.step] : []
}
