import type { StepManifest } from '../../src/model/manifest.ts'
import type { Revision } from '../../src/model/revision.ts'
import type { Dice } from './dice.ts'

/** There is one of each, which no step uses. */
const names = ['bay', 'gate'] as const

/**
 * Runs come to hold one thing, then another as well, and both to their last step: some workflows in one order, some in the other, so that
 * runs wait for one another.
 */
export function withHolds(dice: Dice, revision: Revision): Revision {
  const { steps } = revision.manifest
  const [one, other] = dice.percent(50) ? names : names.toReversed()
  const held = (index: number): readonly (string | undefined)[] => {
    if (index === 0) return [one]
    if (index === steps.length - 1) return [one, other]
    return dice.percent(40) ? [] : [index < steps.length / 2 ? one : other]
  }
  return { ...revision, manifest: { ...revision.manifest, steps: steps.map((step, index) => holding(step, held(index))) } }
}

function holding(step: StepManifest, held: readonly (string | undefined)[]): StepManifest {
  if (held.length === 0 || step.kind === 'approval' || step.kind === 'wait' || step.kind === 'workflow') return step
  return { ...step, holds: Object.fromEntries(held.flatMap((name) => (name === undefined ? [] : [[name, 1]]))) }
}
