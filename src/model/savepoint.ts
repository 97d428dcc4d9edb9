/** A moment of a run that its author has named: one before a step starts, to which the run can be rolled back. */
import { z } from 'zod'
import { StepId } from './ids.ts'
import type { StepManifest } from './manifest.ts'
import { SavepointName } from './savepoint-name.ts'
import type { StepRecord } from './step.ts'

/** A savepoint that a run has passed. */
export const Savepoint = z.object({
  name: SavepointName,
  /** The pass that it was taken before. */
  step: StepId,
  iteration: z.int().min(1),
  /** The checkpoint that holds what the run was there. */
  checkpoint: z.int().nonnegative(),
  /** The version of the run that passed it: what completed by then has an order up to this. */
  order: z.int().nonnegative(),
})
export type Savepoint = z.infer<typeof Savepoint>

/** The savepoints that a run has passed, each as it was passed last; in the order in which that was. */
export function passedSavepoints(
  steps: readonly Pick<StepManifest, 'id' | 'savepoint'>[],
  iterations: (step: StepId) => readonly Pick<StepRecord, 'step' | 'iteration' | 'savepoint'>[],
): readonly Savepoint[] {
  const passed = steps.flatMap(({ id, savepoint: name }): Savepoint[] => {
    if (name === undefined) return []
    const pass = iterations(id).findLast(({ savepoint }) => savepoint !== null)
    return pass?.savepoint ? [{ name, step: id, iteration: pass.iteration, ...pass.savepoint }] : []
  })
  return passed.toSorted((a, b) => a.checkpoint - b.checkpoint)
}
