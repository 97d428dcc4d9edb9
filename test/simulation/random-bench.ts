/** A random workflow on a workbench: it asks more than most, its steps take their time, and some of them go wrong. */
import type { DecisionRecord } from '../../src/model/decision.ts'
import type { RunId } from '../../src/model/ids.ts'
import type { Json } from '../../src/model/json.ts'
import { approvalStep } from '../../src/model/manifest.fixture.ts'
import type { StepManifest } from '../../src/model/manifest.ts'
import { isEnded } from '../../src/model/status.ts'
import { type Graph, graphOf } from '../../src/engine/planner/graph.ts'
import type { Answer, Question, Task, TaskResult } from '../../src/engine/ports.ts'
import { RunState } from '../../src/engine/state/run-state.ts'
import { failed, failure, type Script, Workbench } from '../engine/workbench.ts'
import { Dice } from './dice.ts'
import { randomWorkflow } from './random-workflow.ts'

const badEdit = 'does not fit'

export class RandomBench {
  readonly dice: Dice
  readonly bench: Workbench
  readonly graph: Graph

  constructor(seed: number) {
    this.dice = new Dice(seed)
    const steps = randomWorkflow(this.dice, 'w').manifest.steps.map((manifest) => this.#asking(manifest))
    const script: Script = Object.fromEntries(
      steps.flatMap((manifest) => [
        [manifest.id, (task: Task) => this.#later(task, this.#result(manifest))],
        [`${manifest.id} compensation`, (task: Task) => this.#later(task, this.#undone())],
      ]),
    )
    this.bench = new Workbench(steps, { seed, script, answer: (question) => this.#answer(question) })
    this.graph = graphOf(this.bench.manifest)
  }

  /** The run as its rows tell it. */
  state(run: RunId): RunState {
    const rows = this.bench.disk.runs.get(run)
    if (rows === undefined) throw new Error(`no run ${run}`)
    const { record, lineage } = rows
    const steps = [...rows.steps.values()].filter(({ branch }) => branch === record.branch)
    const attempts = [...rows.attempts.values()].filter(({ status }) => status === 'running')
    const decisions = [...rows.decisions.values()].filter(({ status }) => status === 'pending')
    return RunState.of({ record, lineage, steps, attempts, decisions }, this.graph)
  }

  hasEnded(run: RunId): boolean {
    return isEnded(this.bench.record(run).status)
  }

  manifest(id: string): StepManifest | undefined {
    return this.bench.manifest.steps.find((manifest) => manifest.id === id)
  }

  /** What a person gives with an answer: mostly what is fitting. */
  edit({ kind, edits }: DecisionRecord): Json {
    if (kind === 'in_doubt' || kind === 'arm') return this.dice.percent(70) ? 'seen outside' : null
    if (edits === null) return this.dice.percent(5) ? 'out of place' : null
    return this.dice.percent(60) ? null : this.dice.pick(['edited', badEdit])
  }

  /** There are more questions than a workflow usually asks. */
  #asking(manifest: StepManifest): StepManifest {
    if (manifest.kind !== 'code' || !this.dice.percent(35)) return manifest
    const { needs, join, conditional, optional, onlyAsFallback, fallback, onFailure, loop } = manifest
    const deadline = this.dice.percent(30) ? this.dice.int(1_000, 20_000) : null
    const more = { join, conditional, optional, onlyAsFallback, fallback, onFailure, loop, deadline }
    return approvalStep(manifest.id, needs, { ...more, onDeadline: this.dice.pick(['fail', 'skip']) })
  }

  #later(task: Task, result: TaskResult): undefined {
    const { sink } = this.bench.execution
    this.bench.time.after(this.dice.int(1, 2_500), () => sink?.ended(task.ref, result))
  }

  #result(manifest: StepManifest): TaskResult {
    const { kind, conditional, loop } = manifest
    const fate = this.dice.weighted({ well: 91, transient: 2, permanent: 4, crash: 3 })
    if (fate === 'crash') return { type: 'cut_off', failure: failure('crash', 'the process died'), own: true }
    if (fate !== 'well') return failed(fate)
    if (conditional && this.dice.percent(30)) return { type: 'skipped' }
    if (kind === 'approval') return { type: 'asked', shown: null }
    if (kind === 'wait') return { type: 'waits', duration: this.dice.int(0, 2_000) }
    const next = loop !== null && this.dice.percent(30) ? this.dice.pick(loop.to) : null
    return { type: 'completed', output: { body: manifest.id }, next }
  }

  #undone(): TaskResult {
    return this.dice.percent(15) ? failed('permanent') : { type: 'completed', output: null, next: null }
  }

  /** A definition that always answers the same to the same: `revise` goes back, one edit never fits. */
  #answer(question: Question): Answer {
    if (question.type === 'begin') return { type: 'began', input: question.input, context: question.context }
    if (question.type === 'vouch') return { type: 'vouched', output: question.output }
    if (question.type === 'address') return { type: 'refused', failures: [failure('validation', 'not yet')] }
    const { action, edit } = question.answer
    if (edit === badEdit) return { type: 'refused', failures: [failure('validation', badEdit)] }
    const loop = this.manifest(question.step)?.loop ?? null
    return { type: 'settled', output: null, next: action === 'revise' ? (loop?.to[0] ?? null) : null, edited: edit }
  }
}
