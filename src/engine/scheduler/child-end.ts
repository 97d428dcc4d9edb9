import type { Failure } from '../../model/failure.ts'
import type { RunId } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import { howRemoved, type RemovedRun } from '../../model/retention.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { isOver } from '../planner/child-over.ts'
import { resultSteps } from '../planner/graph.ts'
import type { Storage } from '../ports.ts'
import type { RunState } from '../state/run-state.ts'
import type { ChildEnd, ChildUndone } from '../turn/child.ts'

/** A child as it is stored, the damage that keeps it from being read, or what is left of one that is not there any more. */
export type FoundChild = RunState | CorruptionFound | GoneChild

export interface GoneChild {
  /** Null where nobody knows how it went. */
  readonly removed: RemovedRun | null
}

/** Whether there is nothing of it that can be read. */
export function isLost(found: FoundChild): found is CorruptionFound | GoneChild {
  return found instanceof CorruptionFound || 'removed' in found
}

/** What it means to its parent that nothing more comes of a child. @throws StorageFailed */
export function endOf(storage: Pick<Storage, 'value'>, child: RunId, found: FoundChild): ChildEnd {
  if (isLost(found)) return { status: 'lost', failure: lost(child, found) }
  const { status, workflow, failure, closing } = found.record
  if (status !== 'completed') {
    const error = closing?.outcome === 'failed' ? (closing.error ?? null) : null
    return { status: status === 'failed' ? 'failed' : 'cancelled', failure: { ...toldOf(child, workflow, status, failure), child: { run: child, error } } }
  }
  try {
    const output = resultOf(storage, found)
    const isSensitive = resultSteps(found.graph).some((step) => found.manifest(step).sensitive)
    return { status, output, isSensitive }
  } catch (error) {
    if (!(error instanceof CorruptionFound)) throw error
    return { status: 'failed', failure: unread(child, `what child run ${child} came to`, error) }
  }
}

/** The same of a child that its parent has called back; null where it is not undone yet. */
export function undoneOf(child: RunId, found: FoundChild): ChildUndone | null {
  if (isLost(found)) return lost(child, found)
  if (!isOver(found, { end: 'undo' })) return null
  return found.history().some(({ compensation }) => compensation === 'given_up') ? 'given_up' : 'done'
}

/** What the last steps of a run put out, by their ids: those that nothing needs. What was left out has none. */
function resultOf(storage: Pick<Storage, 'value'>, state: RunState): Json {
  const outputs = resultSteps(state.graph).flatMap((step) => {
    const { output } = state.step(step)
    return output === null ? [] : [[step, storage.value(state.lineage.id, output)] as const]
  })
  return Object.fromEntries(outputs)
}

/** A failure of the child in the words of its parent. Its stack and its way out stand with the child. */
function toldOf(child: RunId, workflow: string, status: string, failure: Failure | null): Failure {
  if (status === 'failed' && failure !== null) {
    const { class: of, name, message, code } = failure
    const wayOut = `look at run ${child}`
    return { class: of, name, message: `child run ${child} of ${workflow} failed: ${message}`, wayOut, ...(code !== undefined && { code }) }
  }
  const why = failure === null ? '' : `: ${failure.message}`
  return { class: 'rejected', name: 'ChildCancelled', message: `child run ${child} of ${workflow} was cancelled${why}`, wayOut: `look at run ${child}` }
}

function lost(child: RunId, found: Exclude<FoundChild, RunState>): Failure {
  if (found instanceof CorruptionFound) return unread(child, `child run ${child}`, found)
  const { removed } = found
  const how = removed === null ? '' : `: ${howRemoved(removed)}`
  const wayOut = `look after what child run ${child} did by hand: a backup of the store from before says what that is`
  return { class: 'permanent', name: 'ChildGone', message: `child run ${child} is not in the store any more${how}`, wayOut, child: { run: child, error: null } }
}

function unread(child: RunId, what: string, { name, message }: CorruptionFound): Failure {
  const wayOut = `bring back a backup of the store from before, or look after what child run ${child} did by hand`
  return { class: 'corruption', name, message: `${what} cannot be read: ${message}`, wayOut, child: { run: child, error: null } }
}
