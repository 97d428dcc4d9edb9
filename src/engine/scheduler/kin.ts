/** What is known of the runs below one that a person is about to act on: each is taken as far as the next turn of it leads. */
import { NotFound } from '../../model/control-errors.ts'
import type { RevisionHash, RunId, StepId, WorkflowName } from '../../model/ids.ts'
import { rulesFor } from '../../model/policy/policy.ts'
import { howRemoved } from '../../model/retention.ts'
import type { Revision } from '../../model/revision.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { ChildWish } from '../planner/child-wish.ts'
import type { Kin, Left } from '../planner/kin.ts'
import type { Ports } from '../ports.ts'
import { type Graphs, RunState } from '../state/run-state.ts'
import { begin } from '../turn/begin.ts'
import { heed } from '../turn/child.ts'
import { conclude } from '../turn/conclude.ts'
import { Turn } from '../turn/turn.ts'
import { newRun } from './new-run.ts'

export interface KinParts {
  readonly ports: Pick<Ports, 'storage' | 'randomness' | 'policy' | 'clock' | 'sought'>
  readonly graphs: Graphs
  /** The revision that new runs of a workflow pin. @throws NotFound, which says why there is none */
  readonly revisionFor: (workflow: WorkflowName) => Revision
  /** A run as it is stored. @throws NotFound, CorruptionFound */
  readonly stored: (run: RunId) => RunState
}

export class KnownKin implements Kin {
  readonly #parts: KinParts

  constructor(parts: KinParts) {
    this.#parts = parts
  }

  /** Waits until it is known whether runs can be begun of all workflows that a run of this revision may call. */
  async sought(revision: RevisionHash, known = new Set<WorkflowName>()): Promise<void> {
    for (const step of this.#parts.graphs(revision).manifest.steps) {
      if (step.kind !== 'workflow' || known.has(step.workflow)) continue
      known.add(step.workflow)
      await this.#parts.ports.sought?.(step.workflow)
      const called = this.#present(step.workflow)
      if (typeof called !== 'string') await this.sought(called.hash, known)
    }
  }

  begun(workflow: WorkflowName, { record, lineage }: RunState, step: StepId): Left | string {
    const { ports, graphs } = this.#parts
    const revision = this.#present(workflow)
    if (typeof revision === 'string') return `no run of ${workflow} can be begun now: ${revision}`
    const { id: run, priority, correlation, input, context, disarmed } = record
    const { version: workflowVersion } = revision.manifest
    const parent = { run, step, iteration: 1, attempt: 1, depth: (record.parent?.depth ?? 0) + 1, held: false }
    const pinned = { workflowVersion, revision: revision.hash }
    // What it is given is not known yet, and nothing of what is told goes by that.
    const born = newRun(ports, { workflow, ...pinned, priority, lineage: lineage.id, correlation, input, context, disarmed, parent })
    const state = new RunState(graphs, lineage, born)
    state.rulesOf = (each) => rulesFor(ports.policy(), workflow, each)
    const turn = this.#turn(state)
    begin(turn, born)
    conclude(turn)
    return turn
  }

  stored(run: RunId): RunState | string | undefined {
    try {
      return this.#parts.stored(run)
    } catch (error) {
      if (error instanceof NotFound) return undefined
      if (error instanceof CorruptionFound) return `it cannot be read: ${error.message}`
      throw error
    }
  }

  removed(run: RunId): string | undefined {
    try {
      const removed = this.#parts.ports.storage.removed(run)
      return removed && howRemoved(removed)
    } catch (error) {
      if (error instanceof CorruptionFound) return `what is left of it cannot be read: ${error.message}`
      throw error
    }
  }

  heeding(child: RunState, wish: ChildWish): Left {
    const turn = this.#turn(child.copy())
    heed(turn, wish)
    if (turn.events.length > 0) conclude(turn)
    return turn
  }

  #turn(state: RunState): Turn {
    const { ports } = this.#parts
    return new Turn(state, ports.clock.now(), ports, false)
  }

  #present(workflow: WorkflowName): Revision | string {
    try {
      return this.#parts.revisionFor(workflow)
    } catch (error) {
      if (error instanceof NotFound) return error.message
      throw error
    }
  }
}
