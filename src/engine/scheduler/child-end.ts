import type { Failure } from '../../model/failure.ts'
import type { RunId } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { Storage } from '../ports.ts'
import { resultSteps } from '../planner/graph.ts'
import type { RunState } from '../state/run-state.ts'
import type { ChildEnd } from '../turn/child.ts'

/** What a child that has ended means to its parent; undefined is one that is not stored any more. */
export function endOf(storage: Pick<Storage, 'value'>, child: RunId, state: RunState | undefined): ChildEnd {
  if (state === undefined) return failedOf(child, { class: 'permanent', name: 'ChildGone', message: `child run ${child} is not in the store any more` })
  const { status, workflow, failure, closing } = state.record
  if (status !== 'completed') {
    const error = closing?.outcome === 'failed' ? (closing.error ?? null) : null
    return { status: status === 'failed' ? 'failed' : 'cancelled', failure: { ...toldOf(child, workflow, status, failure), child: { run: child, error } } }
  }
  try {
    const output = resultOf(storage, state)
    const isSensitive = resultSteps(state.graph).some((step) => state.manifest(step).sensitive)
    return { status, output, isSensitive }
  } catch (error) {
    if (!(error instanceof CorruptionFound)) throw error
    return failedOf(child, { class: 'corruption', name: error.name, message: `what child run ${child} came to cannot be read: ${error.message}` })
  }
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

function failedOf(child: RunId, failure: Failure): ChildEnd {
  return { status: 'failed', failure: { ...failure, child: { run: child, error: null } } }
}
