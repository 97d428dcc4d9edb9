/**
 * Executors that do everything a real one can do to the engine: answer, fail, hang, die under the attempt, answer
 * too late. What an attempt does to the outside world goes into the ledger, kill or no kill.
 */
import type { Failure } from '../../src/model/failure.ts'
import { type CorrelationId, type RevisionHash, type RunId, StepId } from '../../src/model/ids.ts'
import type { Json } from '../../src/model/json.ts'
import type { StepManifest } from '../../src/model/manifest.ts'
import type { Answer, AttemptRef, Execution, ExecutionSink, Question, Task, TaskResult } from '../../src/engine/ports.ts'
import { Dice } from './dice.ts'
import type { EffectsLedger } from './effects-ledger.ts'
import type { Extras } from './extras.ts'
import type { Story } from './story.ts'
import type { VirtualTime } from './virtual-time.ts'

type Fate = 'well' | 'lacks' | 'refused' | 'huge' | 'nonsense' | 'transient' | 'permanent' | 'hangs' | 'crash' | 'collateral'

export interface FaultyExecutionOptions {
  readonly seed: number
  readonly story: Story
  /** Runs by the order in which they were begun. */
  readonly numbers: Numbers
  readonly time: VirtualTime
  readonly ledger: EffectsLedger
  readonly step: (revision: RevisionHash, step: string) => StepManifest
  /** False once the host has died: executors die with it. */
  readonly isAlive: () => boolean
  readonly started: (task: Task) => void
  readonly extras: Extras
  /** The attempt was let reach something. */
  readonly reaches: (ref: AttemptRef, dependency: string) => void
  /** A process has taken the attempt up, or it had a heartbeat. */
  readonly heard: (ref: AttemptRef) => void
}

/** Numbers runs and questions as they come: ids of runs are others where something else was left out of a story. */
export class Numbers {
  readonly #known = new Map<RunId, number>()
  #questions = 0

  question(): number {
    return (this.#questions += 1)
  }

  run(run: RunId): number {
    const number = this.#known.get(run) ?? this.#known.size + 1
    this.#known.set(run, number)
    return number
  }
}

/** Bytes of the largest value that the simulated store takes. */
export const valueLimit = 1_000
const tooMuch = 'x'.repeat(valueLimit)
/** Stands in every output that is sensitive, and nowhere else. */
export const secret = 'a secret that nobody tells'
/** What is answered for an attempt after it was stopped, and for no other. */
export const tooLate = 'too late'
const nowhere = StepId.parse('nowhere')

const key = ({ run, branch, step, iteration, attempt }: AttemptRef): string => `${run}/${branch}/${step}/${iteration}/${attempt}`

export class FaultyExecution implements Execution {
  readonly #options: FaultyExecutionOptions
  readonly #running = new Set<string>()
  #sink: ExecutionSink | undefined

  constructor(options: FaultyExecutionOptions) {
    this.#options = options
  }

  connect(sink: ExecutionSink): void {
    this.#sink = sink
  }

  start(task: Task): void {
    this.#running.add(key(task.ref))
    this.#options.started(task)
    const { time } = this.#options
    const manifest = this.#options.step(task.revision, task.ref.step)
    const dice = this.#diceOf(task)
    const fate = this.#fate(manifest, task, dice)
    const half = dice.int(0, 400)
    time.after(dice.int(0, 200), () => {
      if (this.#isRunning(task.ref)) {
        this.#options.heard(task.ref)
        this.#sink?.began(task.ref)
      }
      time.after(half, () => void this.#act(task, manifest, fate, dice))
    })
  }

  stop(ref: AttemptRef): void {
    this.#running.delete(key(ref))
    const { seed, story, time } = this.#options
    const name = this.#nameOf(ref)
    const dice = Dice.of(seed, 'stopped', name)
    // A stopped attempt should stay silent. One in five answers all the same, too late.
    if (!dice.percent(20) || !story.happens(`stopped ${name}`, time.now, 'answers too late:', name)) return
    time.after(dice.int(0, 50), () => this.#say(ref, { type: 'completed', output: tooLate, next: null }))
  }

  #nameOf({ run, branch, step, iteration, attempt }: AttemptRef): string {
    return `run ${this.#options.numbers.run(run)}/${branch} ${step}#${iteration}, attempt ${attempt}`
  }

  #diceOf({ ref, phase }: Task): Dice {
    return Dice.of(this.#options.seed, 'task', this.#nameOf(ref), phase)
  }

  async ask(revision: RevisionHash, _correlation: CorrelationId, question: Question): Promise<Answer> {
    const dice = Dice.of(this.#options.seed, 'question', this.#options.numbers.question())
    if (question.type === 'begin') {
      if (dice.percent(2)) return { type: 'refused', failures: [failure('validation', 'the input does not do')] }
      return { type: 'began', input: question.input, context: question.context }
    }
    if (question.type === 'vouch') {
      if (question.step === null && dice.percent(2)) return { type: 'refused', failures: [failure('validation', 'the input does not do')] }
      return { type: 'vouched', output: question.output }
    }
    if (question.type === 'address') return { type: 'addressed', recipients: [] }
    if (question.type === 'migrate') {
      if (dice.percent(5)) return { type: 'refused', failures: [failure('validation', 'the state does not do')] }
      const body = dice.percent(2) ? tooMuch : 'migrated'
      const changed = question.values.filter(({ stays }) => stays && dice.percent(40))
      return { type: 'migrated', changed: changed.map(({ key }) => ({ key, value: { body } })) }
    }
    const { action, note, by, edit } = question.answer
    const next = action === 'revise' ? this.#target(revision, question.step, dice) : null
    const edited: Json | null = edit === null ? null : { body: edit }
    if (dice.percent(5)) return { type: 'refused', failures: [failure('validation', 'the edit does not do')] }
    return { type: 'settled', output: { action, note, by: by.name }, next, edited }
  }

  async #act(task: Task, manifest: StepManifest, fate: Fate, dice: Dice): Promise<void> {
    if (!this.#isRunning(task.ref)) return
    const { time, ledger } = this.#options
    const { ref, correlation } = task
    this.#options.heard(ref)
    this.#sink?.signal({ type: 'heartbeat', ...ref, correlation, at: time.now, value: ref.attempt })
    if (!this.#mayReach(task, manifest)) return
    const touchesWorld = manifest.effect !== null && task.phase !== 'check' && (fate === 'well' || fate === 'huge' || ((fate === 'crash' || fate === 'hangs') && dice.percent(50)))
    const result = this.#result(task, manifest, fate, dice)
    if (touchesWorld && (result === undefined || result.type === 'completed' || result.type === 'cut_off')) {
      if (manifest.kind !== 'code' && task.phase === 'run' && !(await this.#announced(task.ref))) return
      if (!this.#isRunning(task.ref)) return
      ledger.happen(task.idempotencyKey, manifest.effect?.repeat === 'safe')
    }
    if (result === undefined) return
    time.after(dice.int(0, 400), () => {
      if (!this.#isRunning(task.ref)) return
      this.#running.delete(key(task.ref))
      this.#say(task.ref, result)
      if (dice.percent(5)) this.#say(task.ref, result)
    })
  }

  /** What a mail or a request reaches is known once it is made. */
  #mayReach({ ref, phase }: Task, { kind }: StepManifest): boolean {
    const { breakers, throttles } = this.#options.extras
    if ((!breakers && !throttles) || phase !== 'run' || (kind !== 'email' && kind !== 'http')) return true
    const dependency = kind === 'email' ? 'mail:25' : 'web:443'
    if (this.#sink?.reaches(ref, dependency) === true) {
      this.#options.reaches(ref, dependency)
      return true
    }
    this.#running.delete(key(ref))
    this.#say(ref, { type: 'held', dependency })
    return false
  }

  #isRunning(ref: AttemptRef): boolean {
    return this.#options.isAlive() && this.#running.has(key(ref))
  }

  async #announced(ref: AttemptRef): Promise<boolean> {
    try {
      await this.#sink?.effectBegins(ref)
      return true
    } catch {
      return false
    }
  }

  #say(ref: AttemptRef, result: TaskResult): void {
    if (this.#options.isAlive()) this.#sink?.ended(ref, result)
  }

  #fate(manifest: StepManifest, task: Task, dice: Dice): Fate {
    const { seed, story, time, extras } = this.#options
    const planned = this.#plannedFate(manifest, task.phase, dice)
    const lacks = extras.strategies && Dice.of(seed, 'lack', this.#nameOf(task.ref), task.phase).percent(5)
    const isRefused = extras.throttles && reachesOut(manifest, task) && Dice.of(seed, 'refusal', this.#nameOf(task.ref)).percent(20)
    const fate = lacks ? 'lacks' : isRefused ? 'refused' : planned
    const name = `${this.#nameOf(task.ref)}${task.phase === 'run' ? '' : ` to ${task.phase}`}`
    return fate === 'well' || story.happens(`task ${name}`, time.now, `${fate}:`, name) ? fate : 'well'
  }

  #plannedFate(manifest: StepManifest, phase: Task['phase'], dice: Dice): Fate {
    const ownTimeout = phase === 'compensate' ? (manifest.compensation?.timeout ?? null) : null
    const mayHang = ownTimeout !== null || manifest.timeout !== null || (manifest.heartbeat !== null && phase === 'run') || manifest.kind === 'approval' || manifest.kind === 'wait' || manifest.kind === 'workflow'
    return dice.weighted<Exclude<Fate, 'lacks' | 'refused'>>({
      well: 65,
      huge: 1,
      nonsense: 1,
      transient: 12,
      permanent: 8,
      hangs: mayHang ? 4 : 0,
      crash: 4,
      collateral: 5,
    })
  }

  #result(task: Task, manifest: StepManifest, fate: Fate, dice: Dice): TaskResult | undefined {
    switch (fate) {
      case 'hangs':
        return undefined
      case 'transient':
        return { type: 'failed', failure: failure('transient', 'not now') }
      case 'permanent':
        return { type: 'failed', failure: failure('permanent', 'never') }
      case 'lacks':
        return { type: 'failed', failure: { ...failure('resource', 'not enough'), ...dice.pick([{}, { retryAfter: 700 }, { exceeded: { of: 'memory' as const, limit: 100_000_000 * task.ref.attempt } }]) } }
      case 'refused':
        return { type: 'failed', failure: failure('resource', 'too much at once') }
      case 'crash':
        return { type: 'cut_off', failure: failure('crash', 'the process died'), own: true }
      case 'collateral':
        return { type: 'cut_off', failure: failure('crash', 'another took the process down'), own: false }
      case 'nonsense':
        return dice.percent(50) ? { type: 'waits', duration: 1 } : { type: 'completed', output: null, next: nowhere }
      case 'huge':
      case 'well':
    }
    if (task.phase === 'compensate') return { type: 'completed', output: null, next: null }
    if (task.phase === 'check') return this.#found(task, fate, dice)
    if (manifest.conditional && dice.percent(30)) return { type: 'skipped' }
    if (manifest.kind === 'approval') return { type: 'asked', shown: fate === 'huge' ? tooMuch : { question: task.ref.step } }
    if (manifest.kind === 'workflow') return { type: 'calls', input: fate === 'huge' ? tooMuch : { of: task.ref.step }, context: {} }
    if (manifest.kind === 'wait') return { type: 'waits', duration: dice.int(0, 3_000) }
    const next = dice.percent(45) ? this.#target(task.revision, task.ref.step, dice) : null
    const body = fate === 'huge' ? tooMuch : this.#body(task.ref)
    return { type: 'completed', output: { body: manifest.sensitive ? `${secret} ${body}` : body }, next }
  }

  /** What the receiver says, who cannot always tell. */
  #found({ idempotencyKey }: Task, fate: Fate, dice: Dice): TaskResult {
    const { ledger } = this.#options
    if (dice.percent(20)) return { type: 'checked', happened: null, note: 'the receiver cannot tell' }
    if (!ledger.hasHappened(idempotencyKey)) return { type: 'checked', happened: false, note: null }
    return { type: 'completed', output: { body: fate === 'huge' ? tooMuch : 'seen outside' }, next: null }
  }

  /** One run in four comes to the same each time round. */
  #body({ run, step, iteration }: AttemptRef): string {
    return this.#options.numbers.run(run) % 4 === 0 ? step : `${step} ${iteration}`
  }

  #target(revision: RevisionHash, step: string, dice: Dice): Extract<TaskResult, { type: 'completed' }>['next'] {
    const { loop } = this.#options.step(revision, step)
    return loop === null ? null : dice.pick(loop.to)
  }
}

/** Whether it reaches what may have too much of it. */
function reachesOut({ dependency, kind }: StepManifest, { phase }: Task): boolean {
  return phase === 'run' && (dependency !== null || kind === 'email' || kind === 'http')
}

function failure(as: Failure['class'], message: string): Failure {
  return { class: as, name: 'Simulated', message }
}
