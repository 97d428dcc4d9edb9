import type { Checkpoint } from '../../../../model/checkpoint.ts'
import type { Instant, StepId } from '../../../../model/ids.ts'
import { outputOfKey } from '../../../widgets/identity/state-key.ts'
import { type HeldValue, stateAt } from '../state/past.ts'

export interface SeenValue extends HeldValue {
  readonly title: string
}

/** What a step that began at this instant was given: the run's input, and the outputs that its needs had then. */
export function seenBy(
  needs: readonly StepId[],
  began: Instant,
  checkpoints: readonly Checkpoint[],
): readonly SeenValue[] {
  const last = checkpoints.findLast(({ at }) => at <= began)?.number ?? -1
  const { values } = stateAt(checkpoints, last)
  const outputs = [...values].flatMap(([key, held]) => {
    const output = outputOfKey(key)
    return output === undefined ? [] : [{ ...output, held }]
  })
  const input = values.get('input')
  return [
    ...(input === undefined ? [] : [{ title: 'input of the run', ...input }]),
    ...needs.flatMap((need) => {
      const newest = outputs
        .filter(({ step }) => step === need)
        .toSorted((one, other) => other.iteration - one.iteration)[0]
      if (newest === undefined) return []
      return [{ title: newest.iteration === 1 ? need : `${need}, iteration ${newest.iteration}`, ...newest.held }]
    }),
  ]
}
