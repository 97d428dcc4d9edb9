/** The track beneath the rows: moments of the run, those too close to be told apart as one. */
import type { CheckpointType } from '../../../model/checkpoint.ts'
import type { Instant } from '../../../model/ids.ts'
import type { Scale } from './scale.ts'

export interface Mark {
  readonly number: number
  readonly at: Instant
  readonly type: CheckpointType
  /** What it is of, in words. */
  readonly title: string
}

export interface PlacedMark {
  readonly x: number
  /** The most telling of those that stand here. */
  readonly mark: Mark
  readonly marks: readonly Mark[]
}

const telling: Readonly<Record<CheckpointType, number>> = {
  manual: 4,
  error_recovery: 3,
  critical_point: 2,
  step_complete: 1,
  step_start: 0,
}

/** Places at least `room` px apart, in the order of the marks; of those that the scale shows, and at its edges. */
export function placeMarks(marks: readonly Mark[], scale: Scale, room = 10): readonly PlacedMark[] {
  const places: { x: number; mark: Mark; marks: Mark[] }[] = []
  for (const mark of marks) {
    const x = scale.at(mark.at)
    if (x < -room || x > scale.width + room) continue
    const last = places.at(-1)
    if (last === undefined || x - last.x >= room) places.push({ x, mark, marks: [mark] })
    else {
      last.marks.push(mark)
      if (telling[mark.type] >= telling[last.mark.type]) last.mark = mark
    }
  }
  return places
}

/** Of the marks at a place, the one that a press chooses: the next after the chosen one, in turn. */
export function nextAt({ mark, marks }: PlacedMark, chosen: number | undefined): Mark {
  const index = marks.findIndex(({ number }) => number === chosen)
  return index < 0 ? mark : (marks[(index + 1) % marks.length] ?? mark)
}
