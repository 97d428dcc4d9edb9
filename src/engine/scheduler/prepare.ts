import { Refused } from '../../model/control-errors.ts'
import { type CorrelationId, LineageId } from '../../model/ids.ts'
import type { Revision } from '../../model/revision.ts'
import type { Beginning } from '../control.ts'
import type { Lineage, Ports, SealedValue } from '../ports.ts'

/** What a run is about to begin with. */
export interface Prepared {
  readonly lineage: Lineage
  readonly input: SealedValue
  readonly context: SealedValue
}

/** Asks the definition what a run begins with, and gives that its addresses. @throws Refused, ValueRefused */
export async function prepare(
  { clock, execution, randomness, storage }: Ports,
  { hash, manifest }: Revision,
  { input, context }: Beginning,
  correlation: CorrelationId,
): Promise<Prepared> {
  const answer = await execution.ask(hash, correlation, { type: 'begin', input, context })
  if (answer.type === 'refused') throw new Refused(`the input of ${manifest.name} does not do`, answer.failures)
  if (answer.type !== 'began') throw new Error(`an executor answered ${answer.type} to begin`)
  const lineage = { id: LineageId.parse(randomness.ulid(clock.now())), salt: randomness.bytes(32) }
  return {
    lineage,
    input: storage.seal(lineage, answer.input, manifest.inputSensitive),
    context: storage.seal(lineage, answer.context, false),
  }
}
