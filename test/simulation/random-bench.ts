/** A random workflow on a workbench: it asks more than most, its steps take their time, and some of them go wrong. */
import { isDeepStrictEqual } from 'node:util'
import type { DecisionRecord } from '../../src/model/decision.ts'
import type { JournalEntry, RunEntry } from '../../src/model/entry.ts'
import type { RunEventType } from '../../src/model/event.ts'
import type { RevisionHash, RunId } from '../../src/model/ids.ts'
import type { Json } from '../../src/model/json.ts'
import { NotFound } from '../../src/model/control-errors.ts'
import { approvalStep } from '../../src/model/manifest.fixture.ts'
import type { StepManifest } from '../../src/model/manifest.ts'
import { usualPolicy } from '../../src/model/policy/policy.ts'
import type { Revision } from '../../src/model/revision.ts'
import { isEnded } from '../../src/model/status.ts'
import type { Kin } from '../../src/engine/planner/kin.ts'
import { type Graph, graphOf } from '../../src/engine/planner/graph.ts'
import type { Answer, Moment, Question, Task, TaskResult } from '../../src/engine/ports.ts'
import { KnownKin } from '../../src/engine/scheduler/kin.ts'
import type { RunState } from '../../src/engine/state/run-state.ts'
import { failed, failure, person, type Script, Workbench } from '../engine/workbench.ts'
import { Dice } from './dice.ts'
import { orRefusal } from './foretold.ts'
import { laterWorkflow } from './later-workflow.ts'
import { MemoryStorage, momentAt } from './memory-storage.ts'
import { randomWorkflow } from './random-workflow.ts'

const badEdit = 'does not fit'

export class RandomBench {
  readonly dice: Dice
  readonly bench: Workbench
  /** Of the revision that the workflow has at first. */
  readonly graph: Graph
  /** What the author makes of the workflow later, in order. */
  readonly #later: Revision[] = []

  /** `later` is how often its author will change the workflow at most. */
  constructor(seed: number, later = 0) {
    this.dice = new Dice(seed)
    const called = this.dice.percent(40) ? this.#called() : {}
    const first = randomWorkflow(this.dice, 'w', { calls: Object.keys(called) })
    const steps = first.manifest.steps.map((manifest) => this.#asking(manifest))
    let newest: Revision = { ...first, manifest: { ...first.manifest, steps } }
    for (let version = 0; version < later; version += 1) this.#later.push((newest = laterWorkflow(this.dice, newest)))
    const ids = new Set([...steps, ...this.#later.flatMap(({ manifest }) => manifest.steps), ...Object.values(called).flat()].map(({ id }) => id))
    const script: Script = Object.fromEntries(
      [...ids].flatMap((id) => [
        [id, (task: Task) => this.#inTime(task, this.#result(this.#manifestOf(task)))],
        [`${id} compensation`, (task: Task) => this.#inTime(task, this.#undone())],
      ]),
    )
    this.bench = new Workbench(steps, { seed, script, others: called, answer: (question) => this.#answer(question) })
    this.graph = graphOf(this.bench.manifest)
  }

  /** Workflows that others call: the second may call the first, so that children have children. */
  #called(): Record<string, readonly StepManifest[]> {
    const small = { most: 3 }
    const inner = randomWorkflow(this.dice, 'inner', { ...small, prefix: 'i' }).manifest.steps
    const outer = randomWorkflow(this.dice, 'outer', { ...small, prefix: 'o', calls: ['inner'] }).manifest.steps
    return { inner: inner.map((step) => this.#asking(step)), outer: outer.map((step) => this.#asking(step)) }
  }

  /** The workflow becomes what its author makes of it next. */
  publishNext(): void {
    const next = this.#later.shift()
    if (next === undefined) return
    const { steps, version, migrations } = next.manifest
    this.bench.publish(steps, { version, migrations })
  }

  readonly graphs = (hash: RevisionHash): Graph => this.bench.graphs(hash)

  /** The run as its rows tell it. */
  state(run: RunId): RunState {
    return this.bench.state(run)
  }

  /** What a checkpoint of the run is to whoever goes back to it. */
  moment(run: RunId, number: number): Moment {
    const rows = this.bench.disk.runs.get(run)
    if (rows === undefined) throw new Error(`no run ${run}`)
    return structuredClone(momentAt(rows, number))
  }

  /** The first entry of the run after so many of the journal that has such an event. */
  entry(run: RunId, type: RunEventType, after = 0): RunEntry {
    const isIt = (entry: JournalEntry): entry is Extract<JournalEntry, RunEntry> => entry.run === run && entry.events.some((event) => event.type === type)
    const found = this.bench.disk.journal.slice(after).find(isIt)
    if (found === undefined) throw new Error(`run ${run} has no ${type} after entry ${after}`)
    return found
  }

  hasEnded(run: RunId): boolean {
    return isEnded(this.bench.record(run).status)
  }

  /** Of the revision that the workflow has at first, or of one that it calls. */
  manifest(id: string): StepManifest | undefined {
    const isIt = (manifest: StepManifest): boolean => manifest.id === id
    return this.graph.manifest.steps.find(isIt) ?? [...this.bench.disk.revisions.values()].flatMap(({ manifest }) => manifest.steps).find(isIt)
  }

  /** The run and all below it, each after the one that it is a child of. */
  family(run: RunId): readonly RunId[] {
    const children = [...this.bench.disk.runs.values()].filter(({ record }) => record.parent?.run === run)
    return [run, ...children.flatMap(({ record }) => this.family(record.id))]
  }

  /** All runs as they are now, for whoever asks later what was known of them. */
  kin(): Kin {
    const { disk, time: { now } } = this.bench
    const known = new Map([...disk.runs.keys()].map((run) => [run, this.state(run)]))
    const dice = new Dice(now)
    const storage = new MemoryStorage({ disk, randomness: dice, defer: () => undefined })
    return new KnownKin({
      ports: { storage, randomness: dice, policy: () => usualPolicy, clock: { now: () => now, at: () => () => undefined } },
      graphs: this.graphs,
      revisionFor: (workflow) => {
        const found = [...disk.revisions.values()].findLast(({ manifest }) => manifest.name === workflow)
        if (found === undefined) throw new NotFound('workflow', workflow, 'the bench has none')
        return found
      },
      stored: (run) => {
        const found = known.get(run)
        if (found === undefined) throw new NotFound('run', run, 'it was not there')
        return found
      },
    })
  }

  #manifestOf({ revision, ref }: Task): StepManifest {
    const found = this.graphs(revision).steps.get(ref.step)
    if (found === undefined) throw new Error(`revision ${revision} has no step ${ref.step}`)
    return found
  }

  /** What a person gives with an answer: mostly what is fitting. */
  edit({ kind, edits }: DecisionRecord): Json {
    if (kind === 'in_doubt' || kind === 'arm') return this.dice.percent(70) ? 'seen outside' : null
    if (edits === null) return this.dice.percent(5) ? 'out of place' : null
    return this.dice.percent(60) ? null : this.dice.pick(['edited', badEdit])
  }

  /** A person answers a question of the run, or of one below it, where there are any; it may be refused. */
  async decide(top: RunId): Promise<void> {
    const pending = this.family(top).flatMap((run) => [...this.state(run).decisions()].map((decision) => ({ run, decision })))
    if (pending.length === 0) return
    const { run, decision } = this.dice.pick(pending)
    const action = this.dice.pick(decision.actions).name
    const edit = this.edit(decision)
    const request = { run, decision: decision.id, action, edit, reason: 'it may stay', seen: null, actor: person }
    await this.bench.until(orRefusal(this.bench.engine.decide(request)))
  }

  /** There are more questions than a workflow usually asks. */
  #asking(manifest: StepManifest): StepManifest {
    if (manifest.kind !== 'code' || !this.dice.percent(35)) return manifest
    const { needs, join, conditional, optional, onlyAsFallback, fallback, onFailure, loop } = manifest
    const deadline = this.dice.percent(30) ? this.dice.int(1_000, 20_000) : null
    const more = { join, conditional, optional, onlyAsFallback, fallback, onFailure, loop, deadline }
    return approvalStep(manifest.id, needs, { ...more, onDeadline: this.dice.pick(['fail', 'skip']) })
  }

  #inTime(task: Task, result: TaskResult): undefined {
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
    if (kind === 'workflow') return { type: 'calls', input: {}, context: {} }
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
    if (question.type === 'migrate') return migrated(question)
    const { action, edit } = question.answer
    if (edit === badEdit) return { type: 'refused', failures: [failure('validation', badEdit)] }
    const loop = this.manifest(question.step)?.loop ?? null
    return { type: 'settled', output: null, next: action === 'revise' ? (loop?.to[0] ?? null) : null, edited: edit }
  }
}

/** Some values become others, by their names: the same question has the same answer. */
function migrated({ values }: Extract<Question, { type: 'migrate' }>): Answer {
  const changed = values.flatMap(({ key, stays, value: before }) => {
    const value = migratedTo(key)
    return stays && value !== undefined && !isDeepStrictEqual(before, value) ? [{ key, value }] : []
  })
  return { type: 'migrated', changed }
}

/** What every migration makes of the value of a key; undefined where it leaves it as it is. */
export function migratedTo(key: string): Json | undefined {
  return key.length % 2 === 0 ? { body: `migrated ${key}` } : undefined
}
