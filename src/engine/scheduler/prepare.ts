import { Refused } from '../../model/control-errors.ts'
import { type CorrelationId, LineageId, type RevisionHash, type WorkflowName } from '../../model/ids.ts'
import type { Revision } from '../../model/revision.ts'
import { marksAny } from '../../model/sensitive/schema-nodes.ts'
import type { Beginning } from '../control.ts'
import { meaning } from './meaning.ts'
import type { Answer, Execution, Lineage, Ports, SealedValue } from '../ports.ts'

/** What a run is about to begin with. */
export interface Prepared {
  readonly lineage: Lineage
  readonly input: SealedValue
  readonly context: SealedValue
}

interface Asked {
  readonly revision: RevisionHash
  readonly workflow: WorkflowName
  readonly correlation: CorrelationId
}

/** Asks the definition what a run begins with, and gives that its addresses. @throws Refused, ValueRefused, Unavailable */
export async function prepare(
  { clock, execution, randomness, storage }: Ports,
  { hash: revision, manifest }: Revision,
  given: Beginning,
  correlation: CorrelationId,
): Promise<Prepared> {
  const { input, context } = await begunWith(execution, { revision, workflow: manifest.name, correlation }, given)
  const lineage = { id: LineageId.parse(randomness.ulid(clock.now())), salt: randomness.bytes(32) }
  return {
    lineage,
    input: storage.seal(lineage, input, manifest.inputSensitive),
    context: storage.seal(lineage, context, marksAny(manifest.context)),
  }
}

/** What the definition makes of an input and a context. @throws Refused, Unavailable */
async function begunWith(
  execution: Execution,
  { revision, workflow, correlation }: Asked,
  { input, context }: Pick<Beginning, 'input' | 'context'>,
): Promise<Extract<Answer, { type: 'began' }>> {
  const given = { input: meaning(input, null, 'input'), context: meaning(context, null, 'context') }
  const answer = await execution.ask(revision, correlation, { type: 'begin', ...given })
  if (answer.type === 'refused') throw new Refused(`the input of ${workflow} does not do`, answer.failures)
  if (answer.type !== 'began') throw new Error(`an executor answered ${answer.type} to begin`)
  return answer
}
