import type Database from 'better-sqlite3'
import { RunId } from '../../model/ids.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { type RawRow, openRow, rowColumns } from '../format/row.ts'
import { runFormat, type RunRow } from '../format/rows.ts'
import { ifWhole } from '../read/if-whole.ts'
import { runReader } from '../read/runs.ts'
import { isMalformed } from '../sqlite/reading.ts'
import type { Allowance } from './allowance.ts'
import type { Findings } from './findings.ts'
import { firstBehind, type Probe } from './first-behind.ts'
import type { Place, RowKey } from './place.ts'
import { runCheckpointsVerifier } from './verify-run-checkpoints.ts'
import { runRowsVerifier } from './verify-run-rows.ts'
import type { Walk } from './walk-rows.ts'

/** How many checkpoints are looked at before it is asked whether there is time for more. */
const slice = 2_000
/** Of a run that has changed, so many of its newest checkpoints are looked at. */
const newest = 100
/** Of a run that has changed, all rows are looked at where it has no more attempts than this. */
const few = 2_000

export interface RunsWalk {
  /** The key here says what comes next: the number of a run, and a checkpoint of it. */
  readonly walk: Walk
  /** Looks at the rows of a run and at its newest checkpoints. */
  readonly fresh: (number: number, allowance: Allowance) => void
}

/** Every run with all that belongs to it, against itself, the journal, and what it refers to. */
export function verifyRuns(
  db: Database.Database,
  findings: Findings,
  counted: (what: 'runs' | 'checkpoints', count: number) => void,
): RunsWalk {
  const crypt = cryptOf(db)
  const { numberOf, numbers, saidFor } = runReader(db)
  const verifyRows = runRowsVerifier(db, findings)
  const verifyCheckpoints = runCheckpointsVerifier(db, findings, (count) => counted('checkpoints', count))
  const from = db.prepare<[number], RawRow>(`SELECT ${rowColumns(runFormat)} FROM run WHERE number >= ? ORDER BY number`).raw()

  /** Whose row it is: the key columns of a damaged one still say so where the index of ids leads to it. */
  const idOf = ([number, id]: RawRow): RunId | null => {
    const parsed = RunId.safeParse(id)
    return parsed.success && ifWhole(() => numberOf(parsed.data)) === number ? parsed.data : null
  }

  const opened = (row: RawRow, place: Place): RunRow | undefined => {
    let run: RunRow | undefined
    findings.at(place, idOf(row))
    findings.check('run', String(row[1]), () => {
      run = openRow(crypt, runFormat, row, () => String(row[1])).content
    })
    findings.at(place)
    return run
  }

  /** Goes on within a run; undefined once it is done. */
  const goOn = (run: RunRow, next: number, allowance: Allowance): number | undefined => {
    const { number, ledger, record } = run
    let first = next
    findings.at({ section: 'runs', after: [number, next] }, record.id)
    if (first === 0) verifyRows(run, allowance)
    while (first < ledger.checkpoints) {
      findings.at({ section: 'runs', after: [number, first] }, record.id)
      verifyCheckpoints(run, first, Math.min(first + slice, ledger.checkpoints) - 1, allowance)
      first += slice
      if (allowance.isSpent && first < ledger.checkpoints) return first
    }
    return undefined
  }

  const probe: Probe = (number) => {
    const found = ifWhole(() => ({ row: from.get(number) }))
    return found === undefined ? 'unread' : found.row && Number(found.row[0])
  }

  /** Tells of the runs whose rows stand on a page that cannot be read, as the index of ids has them; `behind` comes behind that. */
  const unread = (next: number, behind: number): void => {
    const lost = numbers().filter((each) => each >= next && each < behind)
    const place: Place = { section: 'runs', after: [next, 0] }
    const said = saidFor(lost)
    for (const id of said) {
      findings.at(place, RunId.safeParse(id).data ?? null)
      findings.add('run', id, 'its row stands on a page that cannot be read')
    }
    findings.at(place)
    if (said.length === 0) findings.add('run', String(next), 'what comes there stands on a page that cannot be read')
    counted('runs', said.length)
  }

  const walk = ([number = 0, checkpoint = 0]: RowKey, allowance: Allowance): RowKey | undefined => {
    const start = Number(number)
    // As in every table: what a damaged row says of its number leads nowhere.
    let next = start
    let seen = start - 1
    const along = (some: Iterable<RawRow>): RowKey | undefined => {
      for (const row of some) {
        if (allowance.isSpent && next !== start) return [next, 0]
        seen = Number(row[0])
        if (checkpoint === 0 || next !== start) counted('runs', 1)
        const run = opened(row, { section: 'runs', after: [next, 0] })
        allowance.spend(String(row.at(-2)).length)
        if (run === undefined) continue
        if (run.number < next) findings.add('run', run.record.id, 'it comes behind a run that it is to come before')
        else {
          const left = goOn(run, run.number === start ? Number(checkpoint) : 0, allowance)
          if (left !== undefined) return [run.number, left]
          next = run.number + 1
        }
      }
      return undefined
    }
    for (;;) {
      try {
        return along(from.iterate(seen + 1))
      } catch (error) {
        if (!isMalformed(error) || probe(seen + 1) !== 'unread') throw error
      }
      const behind = firstBehind(seen, probe)
      unread(seen + 1, behind ?? Number.MAX_SAFE_INTEGER)
      if (behind === undefined) return undefined
      next = behind
      seen = behind - 1
    }
  }

  const fresh = (number: number, allowance: Allowance): void => {
    if (probe(number) === 'unread') return unread(number, number + 1)
    const row = from.get(number)
    if (row?.[0] !== number) return
    const run = opened(row, { section: 'runs', after: [number, 0] })
    if (run === undefined) return
    findings.at({ section: 'runs', after: [number, 0] }, run.record.id)
    if ((run.ledger.attempts ?? 0) <= few) verifyRows(run, allowance)
    const count = run.ledger.checkpoints
    const first = Math.max(0, count - newest)
    findings.at({ section: 'runs', after: [number, first] }, run.record.id)
    if (count > 0) verifyCheckpoints(run, first, count - 1, allowance)
  }

  return { walk, fresh }
}
