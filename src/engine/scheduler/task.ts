import { idempotencyKey } from '../../model/idempotency-key.ts'
import type { Address, StepId } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import type { AttemptRecord, Phase, StepRecord } from '../../model/step.ts'
import type { AttemptRef, Storage, Task, View } from '../ports.ts'
import type { RunState } from '../state/run-state.ts'

type Read = (address: Address) => Json

export function refOf(state: RunState, { step, iteration, attempt, branch }: AttemptRecord): AttemptRef {
  return { run: state.record.id, branch, step, iteration, attempt }
}

/** Names an attempt among all that a run ever had. */
export function refKey({ branch, step, iteration, attempt }: AttemptRef): string {
  return `${branch}/${step}/${iteration}/${attempt}`
}

/** What the functions of a step may read: input, context, and outputs of all that it needs, at any depth. */
export function viewOf(state: RunState, step: StepId, read: Read): View {
  const outputs: Record<string, Json> = {}
  for (const ancestor of state.graph.ancestors.get(step) ?? []) {
    const { output } = state.step(ancestor)
    if (output !== null) outputs[ancestor] = read(output)
  }
  const iterations: Record<string, readonly Json[]> = {}
  for (const id of state.repeated()) {
    const earlier = state.iterations(id).slice(0, -1).flatMap(({ output }) => (output === null ? [] : [read(output)]))
    if (earlier.length > 0) iterations[id] = earlier
  }
  const { input, context } = state.record
  return { input: read(input), context: read(context), outputs, iterations }
}

/** The order to an executor for a live attempt. @throws CorruptionFound */
export function taskOf(state: RunState, attempt: AttemptRecord, read: Read, storage: Storage): Task {
  const record = state.pass(attempt)
  const ref = refOf(state, attempt)
  return {
    ref,
    revision: state.record.revision,
    phase: attempt.phase,
    get view() {
      return viewOf(state, attempt.step, read)
    },
    attempt: triesOf(record, attempt.phase) + 1,
    idempotencyKey: idempotencyKey(state.record.id, record, attempt.phase),
    correlation: state.record.correlation,
    lastHeartbeat: lastHeartbeat(ref, attempt, storage),
    isolated: record.suspect,
    allowance: attempt.allowance,
    output: attempt.phase === 'compensate' && record.output !== null ? read(record.output) : null,
  }
}

function triesOf({ tries, compensationTries, checkTries }: StepRecord, phase: Phase): number {
  return { run: tries, compensate: compensationTries, check: checkTries }[phase]
}

/** What an earlier attempt of the same pass said last; nothing for the first, and none of it for a compensation. */
function lastHeartbeat({ run, branch, step, iteration, attempt }: AttemptRef, { phase }: AttemptRecord, storage: Storage): Json {
  if (attempt === 1 || phase === 'compensate') return null
  return storage.lastHeartbeat(run, branch, step, iteration) ?? null
}
