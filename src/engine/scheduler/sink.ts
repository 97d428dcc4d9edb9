/** What executors say, taken to the run that it is of. What is said of a run that is not live is of no use any more. */
import type { Dependency } from '../../model/breaker.ts'
import { Conflict, Unavailable } from '../../model/control-errors.ts'
import type { WorkflowName } from '../../model/ids.ts'
import type { Signal } from '../../model/log.ts'
import { rulesFor } from '../../model/policy/policy.ts'
import type { AttemptResult } from '../kinds/kind.ts'
import type { AttemptRef, ExecutionSink, Ports, TaskResult } from '../ports.ts'
import type { Graphs } from '../state/run-state.ts'
import { type Caller, childFor, notBegun } from './calling.ts'
import type { CrashLoops } from './crash-loops.ts'
import type { LiveRuns } from './live-runs.ts'
import type { Published } from './published.ts'
import type { RunActor } from './run-actor.ts'
import { mayPass, waitedOut } from './waited-out.ts'

export interface SinkParts {
  readonly ports: Ports
  readonly graphs: Graphs
  readonly published: Published
  readonly runs: LiveRuns
  readonly crashLoops: CrashLoops
}

type Calls = Extract<TaskResult, { type: 'calls' }>

export class Sink implements ExecutionSink {
  readonly #parts: SinkParts

  constructor(parts: SinkParts) {
    this.#parts = parts
  }

  began(ref: AttemptRef): void {
    this.#parts.runs.find(ref.run)?.began(ref)
  }

  ended(ref: AttemptRef, result: TaskResult): void {
    const { ports, runs } = this.#parts
    const actor = runs.find(ref.run)
    if (actor === undefined) return
    const ended = result.type === 'calls' ? this.#call(actor, ref, result) : actor.ended(ref, result)
    ended.catch((error: unknown) => {
      if (runs.isClosed && error instanceof Unavailable) return
      ports.notification.troubled(`the end of ${ref.step} in run ${ref.run} was not taken up`, error)
    })
  }

  async effectBegins(ref: AttemptRef): Promise<void> {
    const actor = this.#parts.runs.find(ref.run)
    if (actor === undefined) throw new Conflict(`run ${ref.run} is not live`, { status: 'cancelled', version: 0 })
    await actor.learn((turn) => {
      if (turn.holds) throw new Unavailable('the engine is closing')
      const attempt = turn.state.attemptOf(ref)
      if (attempt === undefined) throw new Conflict(`the attempt of ${ref.step} is not live any more`, turn.state.record)
      const { step, iteration, attempt: number } = ref
      if (attempt.effect === 'none') turn.emit({ type: 'effect_begun', step, iteration, attempt: number })
    })
  }

  reaches(ref: AttemptRef, dependency: Dependency): boolean {
    return this.#parts.runs.find(ref.run)?.reaches(ref, dependency) ?? false
  }

  signal(signal: Signal): void {
    const { ports, runs, crashLoops } = this.#parts
    const actor = runs.find(signal.run)
    if (signal.type === 'heartbeat') actor?.heard(signal)
    const policy = ports.policy()
    const { heartbeats } = actor === undefined ? policy.usual : rulesFor(policy, actor.workflow, signal.step)
    crashLoops.on(signal.run, () => {
      ports.storage.keep([signal], heartbeats.keep_every)
      ports.notification.signalled(signal)
    })
  }

  /** What a step gives to a child is asked of the child's own definition, and then the parent's turn creates it. */
  async #call(actor: RunActor, ref: AttemptRef, given: Calls): Promise<void> {
    const parent = await actor.read((state) => ({ ref, record: state.record, manifest: state.manifest(ref.step) }))
    const { manifest } = parent
    if (manifest.kind !== 'workflow') throw new Error(`step ${ref.step} called a workflow, and is of the kind ${manifest.kind}`)
    const { ports, runs } = this.#parts
    const what = `the child of ${ref.step} in run ${ref.run} was not begun`
    // Where it cannot be known for another reason, what is known already decides.
    await waitedOut({ ports, what, over: runs.closed }, async () => ports.sought?.(manifest.workflow)).catch((error: unknown) => {
      if (mayPass(error)) throw error
    })
    await actor.ended(ref, await this.#begins(manifest.workflow, parent, given))
  }

  async #begins(workflow: WorkflowName, caller: Caller, given: Calls): Promise<AttemptResult> {
    const { ports, graphs, published } = this.#parts
    try {
      return { type: 'begins', child: await childFor(ports, { revision: published.of(workflow), graphs }, caller, given) }
    } catch (error) {
      return { type: 'failed', failure: notBegun(workflow, error) }
    }
  }
}
