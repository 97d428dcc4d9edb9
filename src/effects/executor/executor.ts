/**
 * The engine's `Execution`: runs attempts and asks questions in processes of their own (law 7).
 *
 * The pool owns processes and the queue, the watch ends what must be ended, jobs know whom to tell. This ties them to
 * the port.
 */
import { join } from 'node:path'
import type { Answer, AttemptRef, Clock, Execution, ExecutionSink, Question, Task } from '../../engine/ports.ts'
import { NotFound, Unavailable } from '../../model/control-errors.ts'
import type { Failure } from '../../model/failure.ts'
import type { CorrelationId, RevisionHash, StepId } from '../../model/ids.ts'
import type { StepManifest } from '../../model/manifest.ts'
import type { Revision } from '../../model/revision.ts'
import { type Marks, marksOf } from '../../model/sensitive/marks.ts'
import type { SmtpSettings } from '../smtp/settings.ts'
import { AttemptJob } from './attempt-job.ts'
import { textsOfQuestion } from './discretion.ts'
import type { StartProcess } from './executor-process.ts'
import { ExecutorLimits } from './limits.ts'
import type { ProcessKind } from './placement.ts'
import { Pool } from './pool.ts'
import type { PooledProcess } from './pooled-process.ts'
import type { BundleMessage } from './protocol.ts'
import { QuestionJob } from './question-job.ts'
import { usageOf } from './usage.ts'
import { Watch } from './watch.ts'

export interface ExecutionOptions {
  readonly startProcess: StartProcess
  /** Reads a stored revision. @throws CorruptionFound */
  readonly revision: (hash: RevisionHash) => Pick<Revision, 'bundle' | 'manifest'> | undefined
  readonly clock: Clock
  /** The folder that the code belongs to: what a bundle imports resolves from there, and programs run there. */
  readonly workspace: string
  /** Where mail goes, or null where the workspace has no server. Read for each message. */
  readonly smtp: () => SmtpSettings | null
  readonly limits?: Partial<ExecutorLimits>
  /** What a process printed that no attempt can be told to have printed. */
  readonly printed?: (text: string) => void
}

export interface ExecutionStats {
  readonly processes: { readonly shared: number; readonly isolated: number }
  readonly running: number
  readonly queued: number
}

export interface Executor extends Execution {
  stats(): ExecutionStats
  /** Ends every process. Nothing is said of any attempt any more. */
  close(): Promise<void>
}

export function createExecution(options: ExecutionOptions): Executor {
  return new ProcessExecution(options)
}

/** What there is to know of a revision before anything of it runs. */
interface Known {
  readonly steps: ReadonlyMap<StepId, StepManifest>
  readonly marks: Marks | null
}

class ProcessExecution implements Executor {
  readonly #options: ExecutionOptions
  readonly #limits: ExecutorLimits
  readonly #pool: Pool
  readonly #watch: Watch
  readonly #attempts = new Map<string, AttemptJob>()
  /** Stopped attempts that a process still has, of steps whose next one waits for that, by run and step. */
  readonly #leaving = new Map<string, Promise<unknown>>()
  readonly #unanswered = new Set<(error: Error) => void>()
  readonly #known = new Map<RevisionHash, Known>()
  #sink: ExecutionSink | undefined
  #tickets = 0
  #closed = false

  constructor(options: ExecutionOptions) {
    this.#options = options
    const limits = ExecutorLimits.parse(options.limits ?? {})
    this.#limits = limits
    this.#pool = new Pool({
      start: options.startProcess,
      limits,
      bundleOf: (revision) => this.#bundleOf(revision),
      printed: (process, text) => this.#printed(process, text),
      moved: () => this.#watch.wake(),
    })
    this.#watch = new Watch({ clock: options.clock, limits, pool: this.#pool, usageOf })
  }

  connect(sink: ExecutionSink): void {
    this.#sink = sink
    this.#pool.settle()
  }

  start(task: Task): void {
    const sink = this.#sink
    if (sink === undefined) throw new Error('the execution is not connected to an engine')
    const key = keyOf(task.ref)
    const { steps, marks } = this.#knownOf(task.revision)
    const step = steps.get(task.ref.step)
    const job: AttemptJob = new AttemptJob(task, {
      ticket: this.#ticket(),
      kind: kindFor(task, step),
      workspace: this.#options.workspace,
      smtp: step?.kind === 'email' && task.phase === 'run' ? this.#options.smtp() : null,
      marks,
      sink,
      now: () => this.#options.clock.now(),
      post: (message) => this.#pool.holderOf(job)?.post(message),
      settled: () => this.#attempts.delete(key),
    })
    this.#attempts.set(key, job)
    const before = this.#leaving.get(placeOf(task.ref))
    if (before === undefined) return this.#pool.add(job)
    void before.then(() => this.#attempts.get(key) === job && this.#pool.add(job))
  }

  stop(ref: AttemptRef): void {
    const key = keyOf(ref)
    const job = this.#attempts.get(key)
    if (job === undefined) return
    this.#attempts.delete(key)
    job.forget()
    if (this.#pool.withdraw(job)) return
    const process = this.#pool.holderOf(job)
    if (process === undefined) return
    process.post({ type: 'stop', ticket: job.ticket })
    process.stopping.set(job.ticket, { since: this.#options.clock.now(), ping: process.ping() })
    if (mustBeGone(this.#knownOf(job.revision).steps.get(ref.step))) this.#awaitLeaving(ref, job)
  }

  /**
   * What the definition's own code does wrong is a refusal, its death and its silence too.
   * @throws Unavailable where the host is closing
   */
  async ask(revision: RevisionHash, _correlation: CorrelationId, question: Question): Promise<Answer> {
    if (this.#closed) throw new Unavailable('executors are closed')
    const { clock } = this.#options
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    const secrets = textsOfQuestion(this.#knownOf(revision).marks, question)
    let job: QuestionJob | undefined
    const put = (kind: ProcessKind): void => {
      const again = kind === 'isolated' ? null : () => put('isolated')
      job = new QuestionJob(revision, question, { ticket: this.#ticket(), kind, secrets, answer: resolve, again })
      this.#pool.add(job)
    }
    put('shared')
    const disarm = clock.at(clock.now() + this.#limits.question, () => {
      if (job !== undefined) this.#pool.abandon(job)
      resolve({ type: 'refused', failures: [unanswered(question, this.#limits.question)] })
    })
    this.#unanswered.add(reject)
    return promise.finally(() => {
      disarm()
      this.#unanswered.delete(reject)
    })
  }

  stats(): ExecutionStats {
    const all = [...this.#pool.processes.values()]
    const shared = all.filter(({ kind }) => kind === 'shared').length
    return {
      processes: { shared, isolated: all.length - shared },
      running: all.reduce((sum, { jobs }) => sum + jobs.size, 0),
      queued: this.#pool.waiting,
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#watch.close()
    for (const job of this.#attempts.values()) job.forget()
    this.#attempts.clear()
    for (const reject of this.#unanswered) reject(new Unavailable('executors are being closed'))
    await this.#pool.close()
  }

  /** The next attempt of the step begins once all of the one before has ended. */
  #awaitLeaving(ref: AttemptRef, { gone }: AttemptJob): void {
    const place = placeOf(ref)
    const all: Promise<unknown> = Promise.all([this.#leaving.get(place), gone]).then(() => {
      if (this.#leaving.get(place) === all) this.#leaving.delete(place)
    })
    this.#leaving.set(place, all)
  }

  #ticket(): number {
    return this.#tickets++
  }

  /** What a revision says; nothing where it cannot be read, which its tasks will be told. */
  #knownOf(hash: RevisionHash): Known {
    const known = this.#known.get(hash)
    if (known !== undefined) return known
    const manifest = this.#read(hash)?.manifest
    if (manifest === undefined) return { steps: new Map(), marks: null }
    const read = { steps: new Map(manifest.steps.map((step) => [step.id, step] as const)), marks: marksOf([manifest]) }
    this.#known.set(hash, read)
    return read
  }

  #read(hash: RevisionHash): Pick<Revision, 'bundle' | 'manifest'> | undefined {
    try {
      return this.#options.revision(hash)
    } catch {
      return undefined
    }
  }

  #bundleOf(hash: RevisionHash): BundleMessage {
    const revision = this.#options.revision(hash)
    if (revision === undefined) throw new NotFound('revision', hash, 'load its workflow again')
    const file = join(this.#options.workspace, '.cairn', 'bundles', `${hash}.cjs`)
    return { type: 'bundle', revision: hash, file, text: revision.bundle }
  }

  /** Where only one attempt is in the process, what it prints is that attempt's. */
  #printed({ jobs }: PooledProcess, text: string): void {
    const [only, another] = jobs.values()
    if (only instanceof AttemptJob && another === undefined) only.print(text.trimEnd())
    else this.#options.printed?.(text)
  }
}

function kindFor({ allowance, isolated }: Task, step: StepManifest | undefined): ProcessKind {
  if (allowance?.memory !== undefined) return 'roomy'
  return isolated || allowance?.processor !== undefined || needsIsolation(step) ? 'isolated' : 'shared'
}

function needsIsolation(step: StepManifest | undefined): boolean {
  return step !== undefined && (step.isolated || step.effect !== null || step.kind === 'email' || step.kind === 'shell')
}

/** A program has its folder to itself, and a receiver is not asked about what is still on its way to it. */
function mustBeGone(step: StepManifest | undefined): boolean {
  return step !== undefined && (step.kind === 'shell' || step.checks)
}

function keyOf({ run, branch, step, iteration, attempt }: AttemptRef): string {
  return `${run}/${branch}/${step}/${iteration}/${attempt}`
}

/** What attempts of a step share that must not get in each other's way. */
function placeOf({ run, step }: AttemptRef): string {
  return `${run}/${step}`
}

const codeOf = { begin: 'enrich and the schemas of input and context', migrate: 'the migrations' } as const

function unanswered(question: Question, limit: number): Failure {
  const code = 'step' in question ? `the functions of step ${question.step}` : codeOf[question.type]
  return {
    class: 'timeout',
    name: 'QuestionTimeout',
    message: `the definition did not answer within ${limit / 1_000} s`,
    wayOut: `look at what ${code} wait for, and try again`,
  }
}
