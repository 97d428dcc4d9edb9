/**
 * The lives that runs have had in a store that a version leaves behind, and the hands that their steps run in. It speaks
 * to nothing that earlier versions do not have, so that each of them can run it.
 */
import type { Answer, AttemptRef, Execution, ExecutionSink, Question, Task, TaskResult } from '../../../src/engine/ports.ts'
import type { Actor } from '../../../src/model/actor.ts'
import { type CorrelationId, RevisionHash, StepId } from '../../../src/model/ids.ts'
import type { Json } from '../../../src/model/json.ts'
import { approvalStep, codeStep, manifestOf, waitStep } from '../../../src/model/manifest.fixture.ts'
import type { Revision } from '../../../src/model/revision.ts'

export const person: Actor = { kind: 'person', name: 'ann' }

const retry = { attempts: 3, initial: 1, factor: 1, max: 1, jitter: 0 }

const steps = [
  codeStep('book', [], { compensates: true, critical: true }),
  codeStep('draft', ['book'], { retry }),
  codeStep('review', ['draft'], { optional: true }),
  codeStep('unwanted', ['book'], { conditional: true }),
  codeStep('secret', ['book'], { sensitive: true }),
  codeStep('stay', ['book']),
  waitStep('later', ['book']),
  approvalStep('ok', ['draft', 'review'], { loop: { to: [StepId.parse('draft')], max: 3, onLimit: 'fail' } }),
  codeStep('send', ['ok', 'stay', 'later', 'secret'], { effect: { repeat: 'safe' } }),
]

export const lifeRevision: Revision = {
  hash: RevisionHash.parse('1f'.repeat(32)),
  loadedAt: 1_790_000_000_000,
  bundle: 'module.exports = { greeting: "Grüße" }\n'.repeat(40),
  manifest: manifestOf('life', steps),
}

/** Without one of the steps, and with another. */
export const laterRevision: Revision = {
  hash: RevisionHash.parse('2f'.repeat(32)),
  loadedAt: 1_790_000_000_001,
  bundle: 'module.exports = { greeting: "Guten Tag" }\n',
  manifest: manifestOf('life', [...steps.filter(({ id }) => id !== 'secret' && id !== 'send'), codeStep('post', ['ok', 'stay', 'later'])], {
    version: 2,
    migrations: [1],
  }),
}

/** `rests`: a step stays under way, a wait lasts an hour, a question is open. `ends` needs a person's word alone. */
export type Life = 'rests' | 'ends' | 'fails'

const hour = 3_600_000
const failure = (kind: 'transient' | 'permanent', message: string): TaskResult => ({
  type: 'failed',
  failure: { class: kind, name: 'Scripted', message },
})

function resultOf(task: Task, life: Json): TaskResult | undefined {
  const { ref, attempt } = task
  switch (ref.step) {
    case 'draft':
      if (life === 'fails') return failure('permanent', 'there is nothing to say')
      if (attempt === 1) return failure('transient', 'the line was busy')
      return { type: 'completed', output: { body: 'Dear Ada, all is well. '.repeat(100), tries: attempt }, next: null }
    case 'review':
      return failure('permanent', 'nobody reads')
    case 'unwanted':
      return { type: 'skipped' }
    case 'stay':
      return life === 'rests' ? undefined : { type: 'completed', output: 'left', next: null }
    case 'later':
      return { type: 'waits', duration: life === 'rests' ? hour : 0 }
    case 'ok':
      return { type: 'asked', shown: task.view.outputs['draft'] ?? null }
    default:
      return { type: 'completed', output: { of: ref.step, iteration: ref.iteration }, next: null }
  }
}

/** Answers in this process. `goesOn` has steps that would stay end, as though their time had come. */
export class Hands implements Execution {
  readonly #goesOn: boolean
  #sink: ExecutionSink | undefined

  constructor({ goesOn }: { readonly goesOn: boolean }) {
    this.#goesOn = goesOn
  }

  connect(sink: ExecutionSink): void {
    this.#sink = sink
  }

  start(task: Task): void {
    const { ref, correlation } = task
    const result = resultOf(task, this.#goesOn ? 'ends' : task.view.input)
    queueMicrotask(() => {
      this.#sink?.began(ref)
      const said = { ...ref, correlation, at: 1_790_000_000_000, message: `${ref.step} is at work` }
      this.#sink?.signal({ type: 'log', level: 'info', data: null, ...said })
      if (result !== undefined) this.#sink?.ended(ref, result)
    })
  }

  stop(_ref: AttemptRef): void {}

  ask(_revision: RevisionHash, _correlation: CorrelationId, question: Question): Promise<Answer> {
    return Promise.resolve(this.#answer(question))
  }

  #answer(question: Question): Answer {
    switch (question.type) {
      case 'begin':
        return { type: 'began', input: question.input, context: { tenant: 'north' } }
      case 'settle': {
        const { action, note, edit } = question.answer
        const next = action === 'revise' ? StepId.parse('draft') : null
        return { type: 'settled', output: { action, note }, next, edited: edit }
      }
      case 'vouch':
        return { type: 'vouched', output: question.output }
      case 'migrate':
        return { type: 'migrated', changed: [] }
      case 'address':
        return { type: 'addressed', recipients: [] }
    }
  }
}
