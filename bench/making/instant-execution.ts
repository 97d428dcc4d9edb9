/** Stands in for the executors: it answers as the workflows' code might, after as long as that might take. */
import { z } from 'zod'
import type { Answer, AttemptRef, Execution, ExecutionSink, Question, Task, TaskResult } from '../../src/engine/ports.ts'
import { ControlError } from '../../src/model/control-errors.ts'
import type { RevisionHash } from '../../src/model/ids.ts'
import { Json } from '../../src/model/json.ts'
import type { Manifest, StepManifest } from '../../src/model/manifest.ts'
import type { Dice } from '../../test/simulation/dice.ts'
import { failures, outputOf } from './material.ts'
import type { Timeline } from './timeline.ts'

const day = 86_400_000
const Letter = z.record(z.string(), Json)

export class InstantExecution implements Execution {
  readonly #dice: Dice
  readonly #time: Timeline
  readonly #manifests: ReadonlyMap<RevisionHash, Manifest>
  readonly #underWay = new Map<string, () => void>()
  #sink: ExecutionSink | undefined

  constructor(dice: Dice, time: Timeline, manifests: ReadonlyMap<RevisionHash, Manifest>) {
    this.#dice = dice
    this.#time = time
    this.#manifests = manifests
  }

  connect(sink: ExecutionSink): void {
    this.#sink = sink
  }

  start(task: Task): void {
    const step = this.#stepOf(task)
    queueMicrotask(() => this.#sink?.began(task.ref))
    const isPlain = step.kind !== 'approval' && step.kind !== 'wait'
    const took = isPlain ? this.#duration() : 5
    this.#underWay.set(nameOf(task.ref), this.#time.after(took, () => void this.#end(task, step)))
  }

  stop(ref: AttemptRef): void {
    this.#underWay.get(nameOf(ref))?.()
    this.#underWay.delete(nameOf(ref))
  }

  ask(_revision: RevisionHash, _correlation: unknown, question: Question): Promise<Answer> {
    if (question.type === 'begin') return Promise.resolve({ type: 'began', input: question.input, context: question.context })
    if (question.type === 'vouch') return Promise.resolve({ type: 'vouched', output: question.output })
    if (question.type === 'address') return Promise.resolve({ type: 'addressed', recipients: ['somebody@example.org'] })
    if (question.type === 'migrate') return Promise.resolve({ type: 'migrated', changed: [] })
    const { action, note, by, edit } = question.answer
    const edited = edit === null ? null : { ...Letter.parse(question.view.outputs['letter']), text: edit }
    return Promise.resolve({ type: 'settled', output: { action, note, by: by.name }, next: null, edited })
  }

  async #end(task: Task, step: StepManifest): Promise<void> {
    const { ref } = task
    const mayGoOn = step.kind === 'code' || step.effect === null || (await this.#mayBegin(ref))
    if (mayGoOn && this.#underWay.delete(nameOf(ref))) this.#sink?.ended(ref, this.#result(task, step))
  }

  /** False where the run was cancelled meanwhile: nobody waits for an answer then. */
  async #mayBegin(ref: AttemptRef): Promise<boolean> {
    try {
      await this.#sink?.effectBegins(ref)
      return true
    } catch (error) {
      if (error instanceof ControlError) return false
      throw error
    }
  }

  #result(task: Task, step: StepManifest): TaskResult {
    if (task.phase === 'compensate') return { type: 'completed', output: null, next: null }
    if (step.kind === 'approval') return { type: 'asked', shown: task.view.outputs['letter'] ?? null }
    if (step.kind === 'wait') return { type: 'waits', duration: step.duration ?? day }
    const fate = this.#dice.weighted({ completed: 9_300, transient: 380, timeout: 120, permanent: 120, validation: 20, crash: 40, gone: 20 })
    if (fate === 'completed') return { type: 'completed', output: outputOf(step.id, this.#dice), next: null }
    const kind = fate === 'gone' ? 'crash' : fate
    const [name, message] = failures[kind]
    const failure = { class: kind, name, message, stack: `${name}: ${message}\n    at ${step.id} (workflows/${step.id}.ts:12:9)` }
    return fate === 'gone' ? { type: 'cut_off', failure, own: true } : { type: 'failed', failure }
  }

  /** Most steps take a moment, some take long. */
  #duration(): number {
    const base = this.#dice.weighted({ moment: 80, while: 17, long: 3 })
    const most = { moment: 900, while: 12_000, long: 240_000 }[base]
    return 20 + this.#dice.int(0, most)
  }

  #stepOf({ revision, ref }: Task): StepManifest {
    const found = this.#manifests.get(revision)?.steps.find(({ id }) => id === ref.step)
    if (found === undefined) throw new Error(`no step ${ref.step} in ${revision}`)
    return found
  }
}

function nameOf({ run, branch, step, iteration, attempt }: AttemptRef): string {
  return `${run}/${branch}/${step}/${iteration}/${attempt}`
}
