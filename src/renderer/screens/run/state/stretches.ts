/** Rows that each take a stretch of time, for who asks again and again which of them are on. */
import type { Instant } from '../../../../model/ids.ts'
import { firstPlace } from '../../../state/sorted.ts'

interface Stretch<Row> {
  readonly row: Row
  readonly from: Instant
  /** Infinite while it goes on. */
  readonly until: Instant
  /** When the last of all up to this one ends. */
  readonly reach: Instant
}

export type Stretches<Row> = readonly Stretch<Row>[]

/** In the order in which they begin. `spanOf` answers from when to when, the end null while it goes on; undefined where it has not begun. */
export function stretchesOf<Row>(
  rows: readonly Row[],
  spanOf: (row: Row) => readonly [Instant | null, Instant | null],
): Stretches<Row> {
  let reach = -Infinity
  return rows
    .flatMap((row) => {
      const [from, until] = spanOf(row)
      return from === null ? [] : [{ row, from, until: until ?? Infinity }]
    })
    .toSorted((one, other) => one.from - other.from)
    .map((stretch) => {
      reach = Math.max(reach, stretch.until)
      return { ...stretch, reach }
    })
}

/** Those that have begun by then and not ended, in the order in which they began. */
export function onAt<Row>(stretches: Stretches<Row>, at: Instant): readonly Row[] {
  const on: Row[] = []
  for (let place = firstPlace(stretches, ({ from }) => from > at) - 1; place >= 0; place -= 1) {
    const stretch = stretches[place]
    if (stretch === undefined || stretch.reach <= at) break
    if (stretch.until > at) on.push(stretch.row)
  }
  return on.toReversed()
}
