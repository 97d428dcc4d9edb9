import type { CorrelationId } from '../../model/ids.ts'
import type { Revision } from '../../model/revision.ts'
import { bulkheadOf } from '../../model/policy/policy.ts'
import { priorityOf } from '../../model/priority.ts'
import type { RunRecord } from '../../model/run.ts'
import type { StartRequest } from '../control.ts'
import type { Ports } from '../ports.ts'
import { type Graphs, RunState } from '../state/run-state.ts'
import { begin } from '../turn/begin.ts'
import type { Unborn } from '../turn/unborn.ts'
import { newRun } from './new-run.ts'
import { prepare } from './prepare.ts'

/** A run of a revision, as the definition lets it begin. @throws Refused, ValueRefused, Unavailable */
export async function starting(
  ports: Ports,
  { revision, graphs }: { readonly revision: Revision; readonly graphs: Graphs },
  given: Omit<StartRequest, 'actor' | 'correlation'>,
  correlation: CorrelationId,
  more: Partial<Pick<RunRecord, 'parent' | 'disarmed'>> = {},
): Promise<Unborn> {
  const { lineage, input, context } = await prepare(ports, revision, given, correlation)
  const { name: workflow, version: workflowVersion } = revision.manifest
  const priority = given.priority ?? priorityOf(bulkheadOf(ports.policy(), workflow).priority)
  const record = newRun(ports, {
    priority,
    workflow,
    workflowVersion,
    revision: revision.hash,
    lineage: lineage.id,
    correlation,
    input: input.address,
    context: context.address,
    ...more,
  })
  const first: Unborn['first'] = (turn) => {
    turn.values.push(input, context)
    begin(turn, turn.state.record)
  }
  return { state: new RunState(graphs, lineage, record), first }
}
