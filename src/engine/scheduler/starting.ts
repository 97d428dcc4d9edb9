import type { CorrelationId } from '../../model/ids.ts'
import type { Revision } from '../../model/revision.ts'
import type { Beginning } from '../control.ts'
import type { Ports } from '../ports.ts'
import { type Graphs, RunState } from '../state/run-state.ts'
import { begin } from '../turn/begin.ts'
import { newRun, type Unborn } from './new-run.ts'
import { prepare } from './prepare.ts'

/** A run of a revision, as the definition lets it begin. @throws Refused, ValueRefused, Unavailable */
export async function starting(
  ports: Ports,
  { revision, graphs }: { readonly revision: Revision; readonly graphs: Graphs },
  given: Beginning,
  correlation: CorrelationId,
): Promise<Unborn> {
  const { lineage, input, context } = await prepare(ports, revision, given, correlation)
  const { name: workflow, version: workflowVersion } = revision.manifest
  const record = newRun(ports, {
    workflow,
    workflowVersion,
    revision: revision.hash,
    lineage: lineage.id,
    correlation,
    input: input.address,
    context: context.address,
  })
  const first: Unborn['first'] = (turn) => {
    turn.values.push(input, context)
    begin(turn, record)
  }
  return { state: new RunState(graphs, lineage, record), first }
}
