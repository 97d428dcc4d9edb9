import type { StepId } from '../../../../model/ids.ts'
import type { RunDetail } from '../../../../model/views.ts'

/** Steps that run and touch the outside world in a way that must not be repeated by guess: they are not cut off at once. */
export function insideEffects({ manifest, attempts }: Pick<RunDetail, 'manifest' | 'attempts'>): readonly StepId[] {
  const inside = attempts.filter(({ step, status, phase, effect }) => {
    const repeat = manifest.steps.find(({ id }) => id === step)?.effect?.repeat
    return status === 'running' && phase === 'run' && effect === 'begun' && repeat !== 'safe'
  })
  return [...new Set(inside.map(({ step }) => step))]
}
