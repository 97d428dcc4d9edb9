/** For tests: real executor processes, and an engine's end of the port that remembers what it heard. */
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { bundledEntry } from '../../../test/bundled-program.ts'
import type { AttemptRef, ExecutionSink, Question, Task, TaskResult } from '../../engine/ports.ts'
import { CorrelationId, RevisionHash, RunId, StepId } from '../../model/ids.ts'
import type { Signal } from '../../model/log.ts'
import { codeStep, manifestOf } from '../../model/manifest.fixture.ts'
import { StepManifest } from '../../model/manifest.ts'
import { systemClock } from '../clock.ts'
import { systemRandomness } from '../randomness.ts'
import { createExecution, type ExecutionOptions, type Executor } from './executor.ts'
import type { StartProcess } from './executor-process.ts'
import { forkExecutors } from './fork.ts'

const project = fileURLToPath(new URL('../../..', import.meta.url))
const correlation = CorrelationId.parse('test')
const { ulid } = systemRandomness()

/** The bundle of a module whose default is a definition written out by hand: `steps` is the text of its array. */
export async function bundle(steps: string, more = ''): Promise<string> {
  const contents = `
    import { setTimeout as delay } from 'node:timers/promises'
    import { z } from 'zod'
    const never = new Promise(() => {})
    const usual = { name: 'test', version: 1, input: z.any(), context: z.any(), migrations: [] }
    const definition = { ...usual, steps: [${steps}], ${more} }
    export default { [Symbol.for('cairn.workflow')]: 1, definition }
    void [delay, never]
  `
  const result = await build({
    stdin: { contents, resolveDir: project, sourcefile: 'workflows/test.ts', loader: 'ts' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    external: ['left-out'],
    sourcemap: 'inline',
    write: false,
    outfile: join(project, '.cairn', 'bundles', 'test.cjs'),
  })
  return result.outputFiles[0]?.text ?? ''
}

export function stepManifest(id: string, more: object = {}): StepManifest {
  return StepManifest.parse({ ...codeStep(id), ...more })
}

/** What came so far, and a promise of what is to come. */
export class Heard<T> {
  readonly all: T[] = []
  readonly #waiting = new Set<(item: T) => void>()

  push(item: T): void {
    this.all.push(item)
    for (const look of this.#waiting) look(item)
  }

  /** The first that is the one, from the beginning or from now on. */
  first(isIt: (item: T) => boolean): Promise<T> {
    const before = this.all.find(isIt)
    if (before !== undefined) return Promise.resolve(before)
    return new Promise((resolve) => {
      const look = (item: T): void => {
        if (!isIt(item)) return
        this.#waiting.delete(look)
        resolve(item)
      }
      this.#waiting.add(look)
    })
  }
}

export interface Running {
  readonly ref: AttemptRef
  /** What the engine is told; stays open where it is told nothing. */
  readonly result: Promise<TaskResult>
}

export interface Setting extends Partial<ExecutionOptions> {
  readonly manifests?: readonly StepManifest[]
  /** Further properties of the definition, as text. */
  readonly more?: string
  /** Hears all that processes are told. */
  readonly overhear?: (text: string) => void
  /** Files of the workspace. */
  readonly files?: Readonly<Record<string, string>>
}

/** An execution over one revision, connected to a sink of its own. */
export class TestExecution implements ExecutionSink, AsyncDisposable {
  readonly execution: Executor
  readonly revision: RevisionHash
  readonly signals = new Heard<Signal>()
  readonly printed = new Heard<string>()
  readonly begun: AttemptRef[] = []
  readonly effects: AttemptRef[] = []
  /** Set to refuse effects. */
  mayBegin = true
  /** What attempts asked to reach. */
  readonly reached: string[] = []
  /** Set to have breakers hold them back. */
  mayReach = true
  readonly #workspace: string
  readonly #ended = new Map<string, PromiseWithResolvers<TaskResult>>()

  constructor(text: string, steps: readonly StepManifest[], workspace: string, { overhear, ...options }: Setting) {
    this.revision = RevisionHash.parse(createHash('sha256').update(text).digest('hex'))
    this.#workspace = workspace
    const memory = options.limits?.memory ?? 512 * 2 ** 20
    this.execution = createExecution({
      startProcess: overheard(forkExecutors({ entry: bundledEntry('executor'), memory }), overhear),
      revision: (hash) => (hash === this.revision ? { bundle: text, manifest: manifestOf('sample', steps) } : undefined),
      clock: systemClock,
      workspace,
      smtp: () => null,
      printed: (line) => this.printed.push(line),
      ...options,
      limits: { reserve: 0, watch: 20, ...options.limits },
    })
    this.execution.connect(this)
  }

  static async start(steps: string, { manifests = [], more, files = {}, ...options }: Setting = {}): Promise<TestExecution> {
    const workspace = await mkdtemp(join(tmpdir(), 'cairn-executor-'))
    for (const [path, text] of Object.entries(files)) {
      await mkdir(join(workspace, path, '..'), { recursive: true })
      await writeFile(join(workspace, path), text)
    }
    return new TestExecution(await bundle(steps, more), manifests, workspace, options)
  }

  start(step: string, more: Partial<Task> = {}): Running {
    const ref = more.ref ?? { run: RunId.parse(ulid(Date.now())), branch: 0, step: StepId.parse(step), iteration: 1, attempt: 1 }
    const ended = Promise.withResolvers<TaskResult>()
    this.#ended.set(JSON.stringify(ref), ended)
    this.execution.start({
      ref,
      revision: this.revision,
      phase: 'run',
      view: { input: null, context: null, outputs: {}, iterations: {} },
      attempt: 1,
      idempotencyKey: `${ref.run}/${step}/1/0`,
      correlation,
      lastHeartbeat: null,
      isolated: false,
      allowance: null,
      output: null,
      ...more,
    })
    return { ref, result: ended.promise }
  }

  run(step: string, more: Partial<Task> = {}): Promise<TaskResult> {
    return this.start(step, more).result
  }

  ask(question: Question): ReturnType<Executor['ask']> {
    return this.execution.ask(this.revision, correlation, question)
  }

  /** Resolves once an attempt has logged that line. */
  logged(message: string): Promise<Signal> {
    return this.signals.first((signal) => signal.type === 'log' && signal.message === message)
  }

  began(ref: AttemptRef): void {
    this.begun.push(ref)
  }

  ended(ref: AttemptRef, result: TaskResult): void {
    const ended = this.#ended.get(JSON.stringify(ref))
    if (ended === undefined) throw new Error(`${ref.step} ended twice, or was never started`)
    this.#ended.delete(JSON.stringify(ref))
    ended.resolve(result)
  }

  effectBegins(ref: AttemptRef): Promise<void> {
    this.effects.push(ref)
    return this.mayBegin ? Promise.resolve() : Promise.reject(new Error('fenced'))
  }

  reaches(ref: AttemptRef, dependency: string): boolean {
    this.reached.push(`${ref.step} ${dependency}`)
    return this.mayReach
  }

  signal(signal: Signal): void {
    this.signals.push(signal)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.execution.close()
    await rm(this.#workspace, { recursive: true, force: true })
  }
}

function overheard(start: StartProcess, hear: (text: string) => void = () => undefined): StartProcess {
  return (events, memory) => {
    const process = start(events, memory)
    return {
      pid: process.pid,
      kill: () => process.kill(),
      send: (text) => {
        hear(text)
        process.send(text)
      },
    }
  }
}
