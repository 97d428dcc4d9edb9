import type Database from 'better-sqlite3'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { isCheckpointOf } from '../format/checkpoint-id.ts'
import type { WholeCheckpoint } from '../format/delta.ts'
import type { RunRow } from '../format/rows.ts'
import { digestColumn, digestIn } from '../format/sha256.ts'
import { isMalformed } from '../sqlite/reading.ts'
import { chainReader } from './chain.ts'
import { linkOver } from './link-over.ts'
import { isWithin, stubReader } from './stubs.ts'

type StoredCheckpoint = readonly [number: number, content: unknown, checksum: unknown]

/** Of one that stands on a page that cannot be read, its number alone. */
export type StandingCheckpoint = StoredCheckpoint | readonly [number: number]

interface Span {
  readonly run: number
  readonly from: number
  readonly to: number
}

/** Rows of checkpoints of a run from one number to another, both included, in their order; whole or not. Checksums are as `digestIn` reads them. */
export function storedCheckpoints(db: Database.Database): (of: Span) => StoredCheckpoint[] {
  const between = betweenIn(db)
  return (of) => between.all(of)
}

/** The same, past pages that cannot be read. */
export function standingCheckpoints(db: Database.Database): (of: Span) => Generator<StandingCheckpoint> {
  const between = betweenIn(db)
  return function* ({ run, from, to }) {
    let next = from
    while (next <= to) {
      try {
        for (const row of between.iterate({ run, from: next, to })) {
          yield row
          next = row[0] + 1
        }
        return
      } catch (error) {
        if (!isMalformed(error)) throw error
      }
      // What comes behind the last of them may be what cannot be read.
      if (next > to) return
      yield [next]
      next += 1
    }
  }
}

function betweenIn(db: Database.Database): Database.Statement<Span, StoredCheckpoint> {
  return db
    .prepare<Span, StoredCheckpoint>(
      `SELECT number, content, ${digestColumn('checksum')} FROM checkpoint WHERE ${isCheckpointOf('@run', '@from', '@to')} ORDER BY id`,
    )
    .raw()
}

/**
 * Reads checkpoints of a run from one number to another, both included, less those that were removed: each recomputes over the one
 * before it. The answer throws CorruptionFound, also where one is not there.
 */
export function linkReader(db: Database.Database): (run: RunRow, from: number, to: number) => WholeCheckpoint[] {
  const stubsOf = stubReader(db)
  const chainOf = chainReader(db)
  const over = linkOver(db)
  const between = storedCheckpoints(db)

  return (run, from, to) => {
    const missing = (number: number): CorruptionFound => new CorruptionFound('checkpoint', `${run.record.id}/${number}`, 'it is not there')

    const stubs = stubsOf(run)
    const stubAt = new Map(stubs.map((stub) => [stub.number, stub]))
    const chain = chainOf(run, stubs)
    // The page that the one before stands on may be one that cannot be read.
    const isKept = chain.keptBefore(from) !== undefined
    const rows = between({ run: run.number, from: isKept ? from : from - 1, to })
    const before = rows[0]?.[0] === from - 1 ? rows.shift() : undefined
    let parent = digestIn(before?.[2])
    let next = from
    const found: WholeCheckpoint[] = []
    for (const [number, content, checksum] of rows) {
      const stub = stubAt.get(number)
      if (stub !== undefined && stub.first <= next) next = number
      if (number === from && before === undefined && !isKept) throw missing(from - 1)
      if (number !== next) throw missing(next)
      const link = over(chain, { number, parent, content, checksum })
      found.push(link)
      parent = link.checksum
      next += 1
    }
    if (next <= to && !isWithin(stubs, next)) throw missing(next)
    return found
  }
}
