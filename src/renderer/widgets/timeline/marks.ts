/** The track beneath the rows: moments of the run, those too close to be told apart as one. */
import type { CheckpointType } from '../../../model/checkpoint.ts'
import type { Instant } from '../../../model/ids.ts'
import { firstPlace } from '../../state/sorted.ts'
import type { Scale } from './scale.ts'

export interface Mark {
  readonly number: number
  readonly at: Instant
  readonly type: CheckpointType
  /** What it is of, in words. */
  readonly title: string
}

/** What is damaged of the run: of when it is can only be guessed, and it cannot be chosen. */
export type DamagedMark = Pick<Mark, 'number' | 'at'>

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

/** So far behind the last mark a pointer means what comes after it, in pixels. */
const beyond = 10

/** The mark that is nearest to a place; undefined where that is behind the last one. `marks` are in the order of time. */
export function markUnder(marks: readonly Mark[], scale: Scale, x: number): Mark | undefined {
  const last = marks.at(-1)
  if (last === undefined || x > scale.at(last.at) + beyond) return undefined
  const instant = scale.instantAt(x)
  const place = firstPlace(marks, ({ at }) => at >= instant)
  const [before, after] = [marks[place - 1], marks[place]]
  if (before === undefined || after === undefined) return after ?? before
  return x - scale.at(before.at) < scale.at(after.at) - x ? before : after
}

export function nearestPlace(places: readonly PlacedMark[], x: number): PlacedMark | undefined {
  return places.reduce<PlacedMark | undefined>(
    (near, place) => (near === undefined || Math.abs(place.x - x) < Math.abs(near.x - x) ? place : near),
    undefined,
  )
}

/** Of the marks at a place, the one that a press chooses: the next after the chosen one, in turn. */
export function nextAt({ mark, marks }: PlacedMark, chosen: number | undefined): Mark {
  const index = marks.findIndex(({ number }) => number === chosen)
  return index < 0 ? mark : (marks[(index + 1) % marks.length] ?? mark)
}
