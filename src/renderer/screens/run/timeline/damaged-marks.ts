import type { Checkpoint } from '../../../../model/checkpoint.ts'
import type { Instant } from '../../../../model/ids.ts'
import { placeUpTo } from '../../../state/sorted.ts'
import type { DamagedMark } from '../../../widgets/timeline/marks.ts'

/** Where damaged checkpoints stand: when they were taken nobody can tell, but for what stands on either side of them. */
export function damagedMarks(line: readonly Checkpoint[], damaged: readonly number[], from: Instant, until: Instant): readonly DamagedMark[] {
  return [...Map.groupBy(damaged, (number) => placeUpTo(line, number))].flatMap(([place, numbers]) => {
    const [begin, end] = [line[place]?.at ?? from, line[place + 1]?.at ?? until]
    return numbers.map((number, at) => ({ number, at: begin + ((end - begin) * (at + 1)) / (numbers.length + 1) }))
  })
}
