import type { Checkpoint } from '../../../../model/checkpoint.ts'
import type { Mark } from '../../../widgets/timeline/marks.ts'

export function markOf({ number, at, type, step, iteration, note }: Checkpoint): Mark {
  const pass =
    step === null ? 'the run' : iteration === null || iteration === 1 ? step : `${step}, iteration ${iteration}`
  return { number, at, type, title: note === null ? pass : `${pass}: ${note}` }
}
