import type { Checkpoint } from '../../../../model/checkpoint.ts'
import type { Mark } from '../../../widgets/timeline/marks.ts'

const marks = new WeakMap<Checkpoint, Mark>()

/** How a checkpoint stands in the timeline; of one checkpoint always the very same. */
export function markOf(checkpoint: Checkpoint): Mark {
  const mark = marks.get(checkpoint) ?? newMark(checkpoint)
  marks.set(checkpoint, mark)
  return mark
}

function newMark({ number, at, type, step, iteration, note }: Checkpoint): Mark {
  const pass =
    step === null ? 'the run' : iteration === null || iteration === 1 ? step : `${step}, iteration ${iteration}`
  return { number, at, type, title: note === null ? pass : `${pass}: ${note}` }
}
