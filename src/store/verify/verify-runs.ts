import type Database from 'better-sqlite3'
import type { JournalEntry } from '../../model/entry.ts'
import type { Address, RunId } from '../../model/ids.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { type RawRow, openRow, rowColumns } from '../format/row.ts'
import { branchFormat, runFormat, type RunRow } from '../format/rows.ts'
import { definitionsOf } from '../read/branches.ts'
import { journalReader } from '../read/journal.ts'
import { lineageReader } from '../read/lineages.ts'
import { addressesIn, addressesOf } from '../read/named-values.ts'
import { revisionReader } from '../read/revisions.ts'
import { runRowsReader } from '../read/run-rows.ts'
import { runReader } from '../read/runs.ts'
import { valueReader } from '../read/values.ts'
import type { Allowance } from './allowance.ts'
import type { Findings } from './findings.ts'
import type { RowKey } from './place.ts'
import { checkpointVerifier } from './verify-checkpoints.ts'
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
  const rowsOf = runRowsReader(db)
  const checkpoints = checkpointVerifier(db)
  const journal = journalReader(db)
  const runs = runReader(db)
  const lineages = lineageReader(db)
  const revisions = revisionReader(db)
  const values = valueReader(db)
  const byWorkflow = db
    .prepare<[string, string, number]>('SELECT 1 FROM run INDEXED BY run_by_workflow WHERE workflow = ? AND status = ? AND number = ?')
    .pluck()
  const pending = db
    .prepare<[number], unknown[]>('SELECT id, opened_at, deadline, queued FROM pending WHERE run = ? ORDER BY id')
    .raw()
  const byStatus = db.prepare<[string, number]>('SELECT 1 FROM run INDEXED BY run_by_status WHERE status = ? AND number = ?').pluck()
  const branchesOf = db.prepare<[number], RawRow>(`SELECT ${rowColumns(branchFormat)} FROM branch WHERE run = ?`).raw()
  const from = db.prepare<[number], RawRow>(`SELECT ${rowColumns(runFormat)} FROM run WHERE number >= ? ORDER BY number`).raw()

  const verifyValues = (run: RunRow, addresses: readonly Address[], allowance: Allowance): void => {
    const lineage = lineages.byNumber(run.lineage)
    for (const address of new Set(addresses)) {
      findings.check('value', `${lineage.id}/${address}`, () => allowance.spend(Buffer.byteLength(values.text(lineage, address))))
    }
  }

  /** The journal is of no run, and no run is mistrusted for it; whose entry it is helps whoever looks. @throws CorruptionFound */
  const newestEntry = (id: RunId, number: number): JournalEntry | undefined => {
    try {
      return journal.ofRunBefore(id, number, Number.MAX_SAFE_INTEGER, 1)[0]
    } catch (error) {
      if (!(error instanceof CorruptionFound) || error.object !== 'journal') throw error
      throw new CorruptionFound(error.object, error.key, `${error.detail}; it is filed under run ${id}`)
    }
  }

  /** Where the indexes lead, and which entry of it the journal has last. What is wrong with those is not of the run. */
  const verifyPlace = ({ record: { id, status, workflow }, number }: RunRow): JournalEntry | undefined => {
    let last: JournalEntry | undefined
    findings.at({ section: 'runs', after: [number, 0] })
    findings.check('run', id, () => {
      const lookups = [byStatus.get(status, number), byWorkflow.get(workflow, status, number)]
      if (runs.numberOf(id) === number && !lookups.includes(undefined)) return
      throw new CorruptionFound('run', id, 'it is not found by its id, its status or its workflow')
    })
    const isRead = findings.check('journal', id, () => {
      last = newestEntry(id, number)
      if (last === undefined) throw new CorruptionFound('run', id, 'the journal has nothing of it')
    })
    return isRead ? last : undefined
  }

  /** @throws CorruptionFound where the run's row is not as its newest entry left it */
  const verifyVersion = ({ record: { id, version } }: RunRow, last: JournalEntry): void => {
    if (last.run === id && last.version === version) return
    const journaled = last.run === id ? last.version : 'none'
    throw new CorruptionFound('run', id, `the journal has it at version ${journaled}, its row at ${version}`)
  }

  const verifyRows = (run: RunRow, allowance: Allowance): void => {
    const { id, revision } = run.record
    const pinned = new Set([revision])
    const last = verifyPlace(run)
    findings.at({ section: 'runs', after: [run.number, 0] }, id)
    if (last !== undefined) findings.check('run', id, () => verifyVersion(run, last))
    findings.check('run', id, () => lineages.byNumber(run.lineage))
    findings.check('run', id, () => {
      const rows = rowsOf(run)
      for (const definition of definitionsOf(run, rows.branches)) pinned.add(definition)
      verifyValues(run, addressesOf(run, rows), allowance)
      const asked = rows.decisions
        .filter(({ status }) => status === 'pending')
        .map(({ id: decision, kind, openedAt, deadline }) => [decision, openedAt, deadline, kind === 'dead_letter' ? 1 : 0])
      if (JSON.stringify(asked) !== JSON.stringify(pending.all(run.number))) {
        findings.add('run', id, 'those of its decisions that are pending are not those that are found as pending')
      }
    })
    findings.check('keyframe', id, () => checkpoints.count(run))
    // A revision is of no run: it is told of once, however many pin it.
    findings.at({ section: 'runs', after: [run.number, 0] })
    for (const hash of pinned) findings.check('run', id, () => revisions.manifest(hash))
  }

  /** For each branch but the first, the checkpoint that it starts from. */
  const startsOf = ({ number }: RunRow): ReadonlyMap<number, number> => {
    const rows = branchesOf.all(number).map((row) => openRow(crypt, branchFormat, row).content)
    return new Map(rows.flatMap((branch) => (branch.from === null ? [] : [[branch.number, branch.from]])))
  }

  const verifySlice = (run: RunRow, first: number, last: number, allowance: Allowance): void => {
    findings.check('checkpoint', run.record.id, () => {
      const taken = checkpoints.verify(run, first, last, startsOf(run))
      counted('checkpoints', taken.length)
      for (const { changes } of taken) allowance.spend(changes.length * 100)
      verifyValues(run, taken.flatMap(addressesIn), allowance)
    })
  }

  const opened = (row: RawRow): RunRow | undefined => {
    let run: RunRow | undefined
    findings.check('run', String(row[1]), () => {
      run = openRow(crypt, runFormat, row, () => String(row[1])).content
    })
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
      verifySlice(run, first, Math.min(first + slice, ledger.checkpoints) - 1, allowance)
      first += slice
      if (allowance.isSpent && first < ledger.checkpoints) return first
    }
    return undefined
  }

  const walk = ([number = 0, checkpoint = 0]: RowKey, allowance: Allowance): RowKey | undefined => {
    const start = Number(number)
    // As in every table: what a damaged row says of its number leads nowhere.
    let next = start
    for (const row of from.iterate(start)) {
      if (allowance.isSpent && next !== start) return [next, 0]
      findings.at({ section: 'runs', after: [next, 0] })
      if (checkpoint === 0 || next !== start) counted('runs', 1)
      const run = opened(row)
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

  return {
    walk,
    fresh: (number, allowance) => {
      const row = from.get(number)
      if (row?.[0] !== number) return
      findings.at({ section: 'runs', after: [number, 0] })
      const run = opened(row)
      if (run === undefined) return
      findings.at({ section: 'runs', after: [number, 0] }, run.record.id)
      if ((run.ledger.attempts ?? 0) <= few) verifyRows(run, allowance)
      const count = run.ledger.checkpoints
      const first = Math.max(0, count - newest)
      findings.at({ section: 'runs', after: [number, first] }, run.record.id)
      if (count > 0) verifySlice(run, first, count - 1, allowance)
    },
  }
}
