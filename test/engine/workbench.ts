/** An engine on a workbench: real planner and scheduler, virtual time, and steps that answer what a test says. */
import type { Actor } from '../../src/model/actor.ts'
import type { CheckpointType } from '../../src/model/checkpoint.ts'
import type { DecisionRecord } from '../../src/model/decision.ts'
import type { JournalEntry } from '../../src/model/entry.ts'
import { isOpen } from '../../src/model/error-record.ts'
import { doneOrInDoubt } from '../../src/model/before.ts'
import type { RunEvent } from '../../src/model/event.ts'
import type { Failure, FailureClass } from '../../src/model/failure.ts'
import { RevisionHash, type RunId, StepId } from '../../src/model/ids.ts'
import type { Json } from '../../src/model/json.ts'
import { manifestOf } from '../../src/model/manifest.fixture.ts'
import type { Manifest, StepManifest } from '../../src/model/manifest.ts'
import { type Policy, usualPolicy } from '../../src/model/policy/policy.ts'
import type { DefinitionChoice } from '../../src/model/preview.ts'
import type { ReplayEdits, ReplayPreview } from '../../src/model/replay.ts'
import type { RunRecord } from '../../src/model/run.ts'
import type { StepRecord } from '../../src/model/step.ts'
import type { Engine } from '../../src/engine/control.ts'
import { type Graph, graphOf } from '../../src/engine/planner/graph.ts'
import type { Answer, AttemptRef, Execution, ExecutionSink, LastWork, Question, Task, TaskResult } from '../../src/engine/ports.ts'
import { createEngine } from '../../src/engine/scheduler/engine.ts'
import { RunState } from '../../src/engine/state/run-state.ts'
import { Dice } from '../simulation/dice.ts'
import { Disk, type Fate, MemoryStorage } from '../simulation/memory-storage.ts'
import { drained, VirtualTime } from '../simulation/virtual-time.ts'

export const person: Actor = { kind: 'person', name: 'ann' }

/** What a step answers to a task; undefined leaves it running. */
export type Script = Readonly<Record<string, (task: Task) => TaskResult | undefined>>

export const step = (id: string): StepId => StepId.parse(id)

export const completed = (output: Json = null, next: string | null = null): TaskResult => ({
  type: 'completed',
  output,
  next: next === null ? null : step(next),
})

export const failed = (as: FailureClass, message = `${as} failure`): TaskResult => ({ type: 'failed', failure: failure(as, message) })

export const failure = (as: FailureClass, message: string): Failure => ({ class: as, name: 'Scripted', message })

/** As scripts name what a task does. */
function nameOf({ ref: { step: id }, phase }: Pick<Task, 'ref' | 'phase'>): string {
  return { run: id, compensate: `${id} compensation`, check: `${id} check` }[phase]
}

class ScriptedExecution implements Execution {
  readonly tasks: Task[] = []
  readonly stopped: AttemptRef[] = []
  readonly #script: Script
  readonly #answer: (question: Question) => Answer
  /** Whether tasks find a process at once. */
  hasRoom = true
  sink: ExecutionSink | undefined

  constructor(script: Script, answer: (question: Question) => Answer) {
    this.#script = script
    this.#answer = answer
  }

  connect(sink: ExecutionSink): void {
    this.sink = sink
  }

  start(task: Task): void {
    this.tasks.push({ ...task })
    const say = this.#script[nameOf(task)]
    const result = say === undefined ? completed(`${task.ref.step} ${task.ref.iteration}`) : say(task)
    if (this.hasRoom) queueMicrotask(() => this.sink?.began(task.ref))
    if (result !== undefined) queueMicrotask(() => this.sink?.ended(task.ref, result))
  }

  stop(ref: AttemptRef): void {
    this.stopped.push(ref)
  }

  ask(_revision: RevisionHash, _correlation: unknown, question: Question): Promise<Answer> {
    return Promise.resolve(this.#answer(question))
  }
}

export interface WorkbenchOptions {
  readonly timeout?: number
  readonly script?: Script
  readonly answer?: (question: Question) => Answer
  readonly fate?: () => Fate
  readonly seed?: number
  /** Other workflows of the workspace, by their names. */
  readonly others?: Readonly<Record<string, readonly StepManifest[]>>
  /** Called for each entry once the disk has it, and before anybody is told. */
  readonly stored?: (entry: JournalEntry) => void
  /** Called for each entry once its host knows that it is kept. */
  readonly committed?: (entry: JournalEntry) => void
  /** Whether a checkpoint of which a value is lost is damaged, as in a real store. */
  readonly checksMoments?: boolean
  /** Whether what is read or built on now turns out to be damaged; whether what is read now cannot be. */
  readonly damaged?: (object: string, key: string) => boolean
  readonly fails?: (object: string, key: string) => boolean
  /** What the workspace wants of its runs. */
  readonly policy?: () => Policy
  /** What each host from now on remembers of those before it. */
  readonly lastWork?: LastWork
}

/** Begins with what it is given and goes on to where the answer's note says. */
const plainly = (question: Question): Answer => {
  if (question.type === 'begin') return { type: 'began', input: question.input, context: question.context }
  if (question.type === 'vouch') return { type: 'vouched', output: question.output }
  if (question.type === 'address') return { type: 'addressed', recipients: ['ada@example.com'] }
  if (question.type === 'migrate') return { type: 'migrated', changed: [] }
  const { action, note, by, edit } = question.answer
  const next = note?.startsWith('to ') === true ? step(note.slice(3)) : null
  return { type: 'settled', output: { action, note, by: by.name }, next, edited: edit }
}

export class Workbench {
  readonly time = new VirtualTime()
  readonly disk = new Disk()
  manifest: Manifest
  readonly troubles: unknown[] = []
  readonly #options: WorkbenchOptions
  readonly #graphs = new Map<RevisionHash, Graph>()
  /** The present revision. */
  #hash: RevisionHash
  #alive = 0
  engine: Engine
  execution: ScriptedExecution

  constructor(steps: readonly StepManifest[], options: WorkbenchOptions = {}) {
    this.#options = options
    this.manifest = manifestOf('bench', steps, { timeout: options.timeout ?? null })
    this.#hash = RevisionHash.parse('ab'.repeat(32))
    this.disk.revisions.set(this.#hash, { hash: this.#hash, manifest: this.manifest, bundle: '', loadedAt: 0 })
    const { engine, execution } = this.#boot()
    this.engine = engine
    this.execution = execution
  }

  #boot(): { engine: Engine; execution: ScriptedExecution } {
    this.#alive += 1
    const own = this.#alive
    const isAlive = (): boolean => this.#alive === own
    const dice = new Dice(this.#options.seed ?? own)
    const execution = new ScriptedExecution(this.#options.script ?? {}, this.#options.answer ?? plainly)
    const storage = new MemoryStorage({
      disk: this.disk,
      randomness: dice,
      defer: (flush) => this.time.after(0, () => (isAlive() ? flush() : undefined)),
      fate: this.#options.fate ?? (() => 'stored'),
      stored: (entry) => this.#options.stored?.(entry),
      checksMoments: this.#options.checksMoments ?? false,
      damaged: this.#options.damaged ?? (() => false),
      fails: this.#options.fails ?? (() => false),
    })
    const engine = createEngine({
      storage,
      execution,
      clock: this.time.clockOf(isAlive),
      randomness: dice,
      policy: this.#options.policy ?? (() => usualPolicy),
      ...(this.#options.lastWork !== undefined && { lastWork: this.#options.lastWork }),
      notification: { committed: (entry) => this.#options.committed?.(entry), signalled: () => undefined, troubled: (_, error) => this.troubles.push(error) },
    })
    const revision = this.disk.revisions.get(this.#hash)
    if (revision !== undefined) engine.publish(revision)
    for (const [index, [name, steps]] of Object.entries(this.#options.others ?? {}).entries()) {
      const other = { hash: RevisionHash.parse(`c${index}`.repeat(32)), manifest: manifestOf(name, steps), bundle: '', loadedAt: 0 }
      this.disk.revisions.set(other.hash, other)
      engine.publish(other)
    }
    return { engine, execution }
  }

  /** The workspace has another revision of the workflow from now on. */
  publish(steps: readonly StepManifest[], more: Partial<Manifest> = {}): RevisionHash {
    this.manifest = manifestOf('bench', steps, { timeout: this.#options.timeout ?? null, ...more })
    this.#hash = RevisionHash.parse(this.disk.revisions.size.toString(16).padStart(64, '0'))
    const revision = { hash: this.#hash, manifest: this.manifest, bundle: '', loadedAt: 0 }
    this.disk.revisions.set(this.#hash, revision)
    this.engine.publish(revision)
    return this.#hash
  }

  /** The host dies with everything in memory. */
  crash(): void {
    this.#alive += 1
  }

  /** The host dies with everything in memory, and for so many milliseconds nobody takes its place. */
  async die(millis: number): Promise<void> {
    this.crash()
    await this.pass(millis)
  }

  /** The host dies with everything in memory; another takes its place, and takes up what it finds. */
  async restart({ recovers = true } = {}): Promise<void> {
    const { engine, execution } = this.#boot()
    this.engine = engine
    this.execution = execution
    if (recovers) await this.until(engine.recover())
    await this.settle()
  }

  /** Retention takes a checkpoint away. */
  removeCheckpoint(run: RunId, number: number): void {
    this.disk.runs.get(run)?.removed.add(number)
  }

  /** Starts a run and lets everything happen that can happen in this instant. */
  async start(input: Json = {}): Promise<RunId> {
    const { name: workflow } = this.manifest
    const { id } = await this.until(
      this.engine.start({ workflow, input, context: { tenant: 't' }, correlation: null, actor: person }),
    )
    await this.settle()
    return id
  }

  /** Lets time stand still until nothing is left to do in this instant. */
  async settle(): Promise<void> {
    await this.pass(0)
  }

  /** Lets time pass, in milliseconds. */
  async pass(millis: number): Promise<void> {
    let reached = false
    this.time.after(millis, () => {
      reached = true
    })
    while (!reached) await this.time.step()
    for (let next = this.time.nextDue; next !== undefined && next <= this.time.now; next = this.time.nextDue) {
      await this.time.step()
    }
  }

  /** Drives time until the promise settles. */
  async until<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false
    const mark = (): void => {
      isSettled = true
    }
    promise.then(mark, mark)
    await drained()
    while (!isSettled && !this.time.isEmpty) await this.time.step()
    return promise
  }

  async restore(run: RunId, checkpoint: number, seen: number | null = null, definition: DefinitionChoice = 'pinned'): Promise<RunRecord> {
    const more = { definition, revision: null, reason: 'sent back', actor: person }
    const record = await this.until(this.engine.restore({ run, checkpoint, seen, ...more }))
    await this.settle()
    return record
  }

  /** Begins a replay, and lets everything happen that can happen in this instant. */
  async replay(run: RunId, checkpoint: number, edits: ReplayEdits = {}, definition: DefinitionChoice = 'pinned'): Promise<RunId> {
    const more = { definition, revision: null, reason: 'tried again', actor: person }
    const { id } = await this.until(this.engine.replay({ run, checkpoint, edits, ...more }))
    await this.settle()
    return id
  }

  previewReplay(run: RunId, checkpoint: number, edits: ReplayEdits = {}, definition: DefinitionChoice = 'pinned'): Promise<ReplayPreview> {
    return this.until(this.engine.previewReplay({ run, checkpoint, definition, edits }))
  }

  /** The newest checkpoint that speaks of a step and is of a type. */
  checkpoint(run: RunId, id: string, type: CheckpointType = 'step_complete'): number {
    const all = this.disk.runs.get(run)?.checkpoints ?? []
    const found = all.findLast((checkpoint) => checkpoint.step === id && checkpoint.type === type)
    if (found === undefined) throw new Error(`no ${type} checkpoint of ${id}`)
    return found.number
  }

  async decide(run: RunId, action: string, more: { readonly edit?: Json; readonly note?: string; readonly seen?: number } = {}): Promise<RunRecord> {
    const { id } = this.decision(run)
    const { edit = null, note = null, seen = null } = more
    const record = await this.until(
      this.engine.decide({ run, decision: id, action, edit, reason: note, seen, actor: person }),
    )
    await this.settle()
    return record
  }

  rows(run: RunId): { record: RunRecord; steps: readonly StepRecord[] } {
    const rows = this.disk.runs.get(run)
    if (rows === undefined) throw new Error(`no run ${run}`)
    return { record: rows.record, steps: [...rows.steps.values()].filter(({ branch }) => branch === rows.record.branch) }
  }

  /** The run as its rows tell it. */
  state(run: RunId): RunState {
    const rows = this.disk.runs.get(run)
    if (rows === undefined) throw new Error(`no run ${run}`)
    const { record, lineage } = rows
    const steps = [...rows.steps.values()].filter(({ branch }) => branch === record.branch)
    const attempts = [...rows.attempts.values()].filter(({ status }) => status === 'running')
    const decisions = [...rows.decisions.values()].filter(({ status }) => status === 'pending')
    const errors = [...rows.errors.values()].filter(isOpen)
    const left = doneOrInDoubt([...rows.steps.values()].filter(({ branch }) => branch !== record.branch), record)
    return RunState.of({ record, lineage, steps, attempts, decisions, errors, left }, this.graphs)
  }

  readonly graphs = (hash: RevisionHash): Graph => {
    const revision = this.disk.revisions.get(hash)
    if (revision === undefined) throw new Error(`no revision ${hash}`)
    const graph = this.#graphs.get(hash) ?? graphOf(revision.manifest)
    this.#graphs.set(hash, graph)
    return graph
  }

  record(run: RunId): RunRecord {
    return this.rows(run).record
  }

  /** The newest pass of a step. */
  step(run: RunId, id: string): StepRecord {
    const found = this.rows(run).steps.filter((record) => record.step === id).toSorted((a, b) => b.iteration - a.iteration)[0]
    if (found === undefined) throw new Error(`no step ${id}`)
    return found
  }

  /** The child run of the newest pass of a step. */
  child(run: RunId, id: string): RunId {
    const { child } = this.step(run, id)
    if (child === null) throw new Error(`${id} has no child`)
    return child
  }

  decision(run: RunId): DecisionRecord {
    const pending = [...(this.disk.runs.get(run)?.decisions.values() ?? [])].filter(({ status }) => status === 'pending')
    const [first] = pending
    if (first === undefined) throw new Error(`run ${run} asks nothing`)
    return first
  }

  value(run: RunId, address: string | null): Json | undefined {
    return this.disk.values.get(`${this.record(run).lineage}/${address ?? ''}`)
  }

  /** The disk forgets a value. */
  lose(run: RunId, address: string | null): void {
    this.disk.values.delete(`${this.record(run).lineage}/${address ?? ''}`)
  }

  events(run: RunId): readonly RunEvent[] {
    return this.disk.journal.flatMap((entry) => (entry.run === run ? entry.events : []))
  }

  /** Steps in the order in which their attempts started, of every run or of one. */
  started(run?: RunId): readonly string[] {
    const tasks = this.execution.tasks.filter(({ ref }) => run === undefined || ref.run === run)
    return tasks.map(nameOf)
  }

  statuses(run: RunId): Readonly<Record<string, string>> {
    return Object.fromEntries(this.manifest.steps.map(({ id }) => [id, this.step(run, id).status]))
  }
}
