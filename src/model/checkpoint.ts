import { z } from 'zod'
import { Address, Checksum, Instant, RunId, StepId } from './ids.ts'
import { SkipReason } from './step.ts'

export const CheckpointType = z.enum(['step_start', 'step_complete', 'critical_point', 'error_recovery', 'manual'])
export type CheckpointType = z.infer<typeof CheckpointType>

/** What a checkpoint remembers of a step beside its outputs: enough to go on from there. */
export const StepFact = z.object({
  iteration: z.int().min(1),
  status: z.enum(['pending', 'completed', 'skipped', 'failed']),
  via: StepId.optional(),
  skipped: SkipReason.optional(),
  loops: z.int().nonnegative().optional(),
})
export type StepFact = z.infer<typeof StepFact>

/**
 * Keys of a state: `input`, `context`, `output/<step>/<iteration>` hold the address of a value;
 * `step/<step>` holds a fact. Only a branch that goes on with another definition has keys that are gone.
 */
export const StateChange = z.union([
  z.object({ key: z.string(), address: Address }),
  z.object({ key: z.string(), fact: StepFact }),
  z.object({ key: z.string(), gone: z.literal(true) }),
])
export type StateChange = z.infer<typeof StateChange>

export const inputKey = 'input'
export const contextKey = 'context'
export const outputKey = (step: StepId, iteration: number): string => `output/${step}/${iteration}`
export const factKey = (step: StepId): string => `step/${step}`

/** What a key speaks of: no step where it is of the run as a whole, no iteration but for an output. */
export function partsOfKey(key: string): { readonly step: StepId | null; readonly iteration: number | null } {
  const [, step, iteration] = key.split('/')
  return { step: step === undefined ? null : StepId.parse(step), iteration: iteration === undefined ? null : Number(iteration) }
}

/** Makes a change of a state. What is gone has no key any more. */
export function takeChange(state: Map<string, StateChange>, change: StateChange): void {
  if ('gone' in change) state.delete(change.key)
  else state.set(change.key, change)
}

/** A checkpoint before it is stored: the store adds checksums. */
export const CheckpointDraft = z.object({
  number: z.int().nonnegative(),
  branch: z.int().nonnegative(),
  type: CheckpointType,
  step: StepId.nullable(),
  iteration: z.int().min(1).nullable(),
  note: z.string().nullable(),
  changes: z.array(StateChange),
})
export type CheckpointDraft = z.infer<typeof CheckpointDraft>

/** An immutable, addressable moment of a run. */
export const Checkpoint = CheckpointDraft.extend({
  run: RunId,
  at: Instant,
  parent: Checksum.nullable(),
  checksum: Checksum,
})
export type Checkpoint = z.infer<typeof Checkpoint>
