import type Database from 'better-sqlite3'
import type { Checkpoint } from '../../model/checkpoint.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { readCheckpoint } from '../format/delta.ts'
import type { RunRow, StubRow } from '../format/rows.ts'
import { digestIn } from '../format/sha256.ts'
import { chainReader } from '../read/chain.ts'
import { linkOver } from '../read/link-over.ts'
import { standingCheckpoints } from '../read/links.ts'
import { isWithin } from '../read/stubs.ts'

/** A checkpoint that a run has: what it says, or what is wrong with it. */
export interface Link {
  readonly number: number
  /** Whether there is a row of it. */
  readonly isThere: boolean
  readonly said: Checkpoint | string
}

/**
 * The checkpoints of a run from one number to another, both included, less those that were removed. Each is held against the one before,
 * whole or not, as whoever reads it does: where what that one came to is lost, this one cannot be told from a damaged one.
 */
export function linksVerifier(db: Database.Database): (run: RunRow, stubs: readonly StubRow[], from: number, to: number) => Generator<Link> {
  const crypt = cryptOf(db)
  const between = standingCheckpoints(db)
  const chainOf = chainReader(db)
  const over = linkOver(db)

  return function* (run, stubs, from, to) {
    const { record, ledger } = run
    const chain = chainOf(run, stubs)
    const newest = ledger.checkpoints - 1
    const rows = [...between({ run: run.number, from: Math.max(0, from - 1), to })]
    const before = rows[0]?.[0] === from - 1 ? rows.shift() : undefined
    let parent = digestIn(before?.[2])
    let next = from
    let isBehindDamage = false

    function* missingUpTo(end: number): Generator<Link> {
      for (; next < end; next += 1) {
        if (isWithin(stubs, next) && next !== newest) continue
        parent = undefined
        isBehindDamage = true
        yield { number: next, isThere: false, said: 'it is not there' }
      }
    }

    for (const row of rows) {
      const [number, content, checksum] = row
      if (row.length === 1 && isWithin(stubs, number) && number !== newest) continue
      yield* missingUpTo(number)
      if (row.length === 1) {
        yield { number, isThere: true, said: 'the page that it stands on cannot be read' }
        parent = undefined
        next = number + 1
        isBehindDamage = true
        continue
      }
      const said = whatIsSaid(() => readCheckpoint(crypt, record.id, over(chain, { number, parent, content, checksum })))
      if (chain.keptBefore(number) !== undefined) isBehindDamage = false
      const isDamaged = typeof said === 'string'
      yield { number, isThere: true, said: isDamaged && isBehindDamage ? `${said}; the one before it is damaged too, which may be why` : said }
      parent = digestIn(checksum)
      next = number + 1
      isBehindDamage = isDamaged
    }
    yield* missingUpTo(to + 1)
  }
}

function whatIsSaid(read: () => Checkpoint): Checkpoint | string {
  try {
    return read()
  } catch (error) {
    if (error instanceof CorruptionFound) return error.detail
    if (error instanceof SyntaxError) return error.message
    throw error
  }
}
