/** What went wrong over time, and how long it took to be known and to be got over; docs/METRICS.md says what each figure counts. */
import type Database from 'better-sqlite3'
import type { ErrorFigures, ErrorQuery, Outcomes, Spread } from '../../../model/error-query.ts'
import { FailureClass } from '../../../model/failure.ts'
import type { Instant, Millis } from '../../../model/ids.ts'
import { ErrorStatus } from '../../../model/status.ts'
import { axisOf, bucketsOf, floor } from '../../measure/widths.ts'
import { parsed } from '../parsed.ts'
import { bound, matching } from './matching.ts'

/** Bars of a chart that is half as wide as the overview's are still told apart. */
const mostBuckets = 61

interface Row {
  readonly openedAt: number
  readonly closedAt: number | null
  readonly unknownFor: number
  readonly class: string
  readonly status: string
}

/** What was counted of some errors. */
class Tally {
  readonly outcomes: Outcomes = { recovering: 0, waiting: 0, recovered: 0, failed: 0, withdrawn: 0 }
  readonly #detection: Millis[] = []
  readonly #recovery: Millis[] = []

  add({ openedAt, closedAt, unknownFor }: Row, status: ErrorStatus): void {
    this.outcomes[status] += 1
    this.#detection.push(unknownFor)
    if (status === 'recovered' && closedAt !== null) this.#recovery.push(closedAt - openedAt)
  }

  get times(): Pick<ErrorFigures, 'detection' | 'recovery'> {
    return { detection: spread(this.#detection), recovery: spread(this.#recovery) }
  }
}

/** The nearest rank: a length that really was. */
function spread(lengths: readonly Millis[]): Spread {
  const sorted = lengths.toSorted((one, other) => one - other)
  const at = (share: number): Millis | null => sorted[Math.ceil(share * sorted.length) - 1] ?? null
  return { count: sorted.length, p50: at(0.5), p95: at(0.95) }
}

export function figuresReader(index: Database.Database) {
  const within = index.prepare<ErrorQuery, Row>(
    `SELECT opened_at AS openedAt, closed_at AS closedAt, unknown_for AS unknownFor, class, status FROM error WHERE ${matching('opened_at')}`,
  )

  return (query: ErrorQuery & { readonly until: Instant }): ErrorFigures => {
    const axis = axisOf(query.since, query.until, query.until, mostBuckets)
    const { from, to, bucket } = axis
    const [all, buckets, classes] = [new Tally(), new Map<Instant, Tally>(), new Map<FailureClass, Tally>()]
    const [statusOf, classOf] = [once((text) => parsed(ErrorStatus, text)), once((text) => parsed(FailureClass, text))]
    for (const row of within.iterate(bound({ ...query, since: from, until: to }))) {
      const status = statusOf(row.status)
      for (const tally of [all, tallyOf(buckets, floor(row.openedAt, bucket)), tallyOf(classes, classOf(row.class))]) tally.add(row, status)
    }
    return {
      ...{ from, to, bucket },
      buckets: bucketsOf(axis).map((at) => {
        const { outcomes, times } = buckets.get(at) ?? new Tally()
        return { at, outcomes, ...times }
      }),
      classes: [...classes].map(([name, { outcomes }]) => ({ class: name, count: sum(outcomes), outcomes })).toSorted((one, other) => other.count - one.count),
      ...all.times,
    }
  }
}

/** A few words stand in a hundred thousand rows: each is looked at once. */
function once<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const found = known.get(text) ?? read(text)
    known.set(text, found)
    return found
  }
}

function tallyOf<Key>(tallies: Map<Key, Tally>, key: Key): Tally {
  const tally = tallies.get(key) ?? new Tally()
  tallies.set(key, tally)
  return tally
}

const sum = (outcomes: Outcomes): number => Object.values(outcomes).reduce((all, count) => all + count, 0)
