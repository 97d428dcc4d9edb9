/** Child runs made ready: what a step gives to one is held against the child's own definition. */
import { NotFound, Refused } from '../../model/control-errors.ts'
import type { Failure } from '../../model/failure.ts'
import type { WorkflowName } from '../../model/ids.ts'
import type { Revision } from '../../model/revision.ts'
import { deepestChild, type RunRecord } from '../../model/run.ts'
import { ValueRefused } from '../../model/storage-errors.ts'
import type { AttemptRef, Ports, TaskResult } from '../ports.ts'
import type { Graphs } from '../state/run-state.ts'
import type { Unborn } from '../turn/unborn.ts'
import { starting } from './starting.ts'
import { refusalOf } from './told.ts'

/** Who calls: an attempt of a step, and its run. */
export interface Caller {
  readonly ref: AttemptRef
  readonly record: RunRecord
}

/** Too many runs stand above it. */
class TooDeep extends Error {}

/** @throws TooDeep, Refused, ValueRefused, Unavailable */
export function childFor(
  ports: Ports,
  of: { readonly revision: Revision; readonly graphs: Graphs },
  { ref, record }: Caller,
  { input, context }: Extract<TaskResult, { type: 'calls' }>,
): Promise<Unborn> {
  const depth = (record.parent?.depth ?? 0) + 1
  const { name: workflow } = of.revision.manifest
  if (depth > deepestChild) throw new TooDeep(`${deepestChild} runs stand above it already, each a child of the next`)
  const { run, step, iteration, attempt } = ref
  const parent = { run, step, iteration, attempt, depth, held: false }
  return starting(ports, of, { workflow, input, context }, record.correlation, { parent, disarmed: record.disarmed })
}

/** Why there is no child, as the failure of its step. @throws Unavailable and whatever is no answer to what was given */
export function notBegun(workflow: WorkflowName, error: unknown): Failure {
  if (error instanceof TooDeep) {
    return {
      class: 'permanent',
      name: 'TooDeep',
      message: `no run of ${workflow} can be begun: ${error.message}`,
      wayOut: 'let the workflows that call one another come to an end sooner',
    }
  }
  const refusal = error instanceof ValueRefused ? refusalOf(error) : error
  if (refusal instanceof Refused) {
    const [first] = refusal.failures
    const why = first === undefined ? refusal.message : first.message
    return { class: 'validation', name: 'ChildRefused', message: `${workflow} does not take what it is given: ${why}`, ...pathOf(first), wayOut: first?.wayOut ?? 'give it what it asks for' }
  }
  if (refusal instanceof NotFound) return { class: 'transient', name: 'NotLoaded', message: `no run of ${workflow} can be begun: ${refusal.message}`, wayOut: `mend the file that holds ${workflow}` }
  throw error
}

function pathOf(failure: Failure | undefined): Pick<Failure, 'path'> {
  return failure?.path === undefined ? {} : { path: failure.path }
}
