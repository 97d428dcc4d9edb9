import type { StepId } from './ids.ts'
import type { Preview } from './preview.ts'

/**
 * Why a run is sent back, where nobody says: it stands in the console to be confirmed or written over, and is kept where a caller
 * leaves the reason out. `titleOf` answers what the definition calls a step.
 */
export function reasonToRestore({ checkpoint, runs }: Pick<Preview, 'checkpoint' | 'runs'>, titleOf: (step: StepId) => string): string {
  if (checkpoint === 0) return 'Restarted from the beginning'
  const first = runs.find(({ certain }) => certain)
  return first === undefined ? `Back to checkpoint ${checkpoint}` : `Run again from ${titleOf(first.step)}`
}
