/** What a branch that begins has from the one that is left for it: that much is neither told nor written once more. */
import { freshPass } from '../../model/fresh-pass.ts'
import type { StepId } from '../../model/ids.ts'
import type { RunRecord } from '../../model/run.ts'
import { type KeptPasses, StepRecord } from '../../model/step.ts'

export interface Beginning {
  readonly kept: KeptPasses
  /** All that is not kept and not new. */
  readonly passes: readonly StepRecord[]
}

/** `passes` are those of the branch that begins, those of a step in their order; `left` answers those of the branch that is left. */
export function beginning(
  passes: readonly StepRecord[],
  left: (step: StepId) => readonly StepRecord[],
  onto: Pick<RunRecord, 'branch' | 'generation'>,
): Beginning {
  const kept = new Map<StepId, number>()
  const others = passes.filter((pass) => {
    const { step, iteration } = pass
    const before = left(step)[iteration - 1]
    const isNext = (kept.get(step) ?? 0) === iteration - 1
    if (!isNext || before === undefined || !mayBeKept(pass) || !isSame(pass, before)) return !isSame(pass, freshPass(onto, step, 1))
    kept.set(step, iteration)
    return false
  })
  return { kept: Object.fromEntries(kept), passes: others }
}

/** Of what a run stands at, its branch has a row. */
function mayBeKept({ status }: StepRecord): boolean {
  return status === 'completed' || status === 'skipped' || status === 'superseded'
}

const parts = StepRecord.omit({ branch: true }).keyof().options

/** But for the branch. What is the same and yet another object counts as another: it is told once more. */
function isSame(a: StepRecord, b: StepRecord): boolean {
  return parts.every((part) => a[part] === b[part])
}
