/** What of runs that stay would go, counted as it goes. */
import type Database from 'better-sqlite3'
import { added, type Amount, noAmount, type RetentionBounds, type RetentionRule } from '../../model/retention.ts'
import { isCheckpointOf } from '../format/checkpoint-id.ts'
import type { StubRow } from '../format/rows.ts'
import { ifWhole } from '../read/if-whole.ts'
import { atOnce } from '../sqlite/at-once.ts'
import { runRowsReader } from '../read/run-rows.ts'
import { runReader } from '../read/runs.ts'
import { reaches, removedOf } from '../read/stubs.ts'
import type { SurveyedRun } from './choose.ts'
import { amountOf } from './measure.ts'
import { neededReader } from './needed.ts'
import type { Trimmable } from './removable.ts'
import type { SharedValues } from './shared-values.ts'
import { rangesToGo } from './trims.ts'
import { nameReader } from './values-of-lineage.ts'

export interface Trim extends Trimmable {
  readonly amount: Amount
  /** The amount by the rules that it goes by. Values, which may go by several, are counted with the first. */
  readonly parts: readonly { readonly rule: RetentionRule; readonly amount: Amount }[]
}

export interface Trimming {
  /** Tells the values of its lineage. */
  readonly sharedOf: () => SharedValues
  readonly bounds: RetentionBounds
  /** Checkpoints that replays which have not ended were made from. */
  readonly replayed: readonly number[]
}

/** Whether it is worth reading the run's rows: only then may anything of it be beyond these bounds, or left over of what was. */
export function mayTrim({ checkpoints, branch, isTrimmed }: SurveyedRun, { checkpoints: newest, branches }: RetentionBounds): boolean {
  return isTrimmed || (newest !== null && checkpoints > newest) || (branches !== null && branch > branches)
}

/** Plans one run after the other: what one gives up the next may give up with it. */
export function trimPlanner(db: Database.Database) {
  const runs = runReader(db)
  const rowsOf = runRowsReader(db)
  const neededBy = neededReader(db)
  const namesOf = nameReader(db)
  const count = db.prepare<{ run: number; first: number; end: number }, { rows: number; bytes: number }>(
    `SELECT count(*) AS rows, coalesce(sum(octet_length(content) + octet_length(checksum)), 0) AS bytes
     FROM checkpoint WHERE ${isCheckpointOf('@run', '@first', '(@end - 1)')}`,
  )

  const planned = ({ number, id, workflow, lineage }: SurveyedRun, { sharedOf, bounds, replayed }: Trimming): Trim | undefined => {
    const run = runs.byNumber(number)
    const rows = rowsOf(run)
    const { branches, stubs } = rows
    const needed = [...replayed, ...neededBy(run, rows)]
    const ranges = rangesToGo({ run, branches, gaps: stubs, needed }, bounds)
    if (ranges.length === 0 && !stubs.some(isUnderWay)) return undefined
    const cut = ranges.map(({ first, number: end, rule }) => {
      const { rows, bytes } = count.get({ run: number, first, end }) ?? { rows: 0, bytes: 0 }
      return { rule, amount: { ...noAmount, checkpoints: rows, bytes } }
    })
    const shared = sharedOf()
    if (!shared.isKnownBeside(number)) return undefined
    const values = shared.trimmed(number, namesOf(run, ranges))
    const begun = reaches(run, branches).flatMap((reach) => removedOf(reach, stubs.filter(isUnderWay)))
    const rules = new Set([...ranges, ...begun].map(({ rule }) => rule))
    const parts = [...rules].map((rule, at) => {
      const all = [...cut.filter((each) => each.rule === rule).map(({ amount }) => amount), ...(at === 0 ? [amountOf(values)] : [])]
      return { rule, amount: all.reduce(added, noAmount) }
    })
    const amount = parts.reduce((sum, part) => added(sum, part.amount), noAmount)
    return { number, run: id, workflow, lineage, branch: run.record.branch, ranges, values: values.map(({ address }) => address), amount, parts }
  }

  /**
   * Undefined where nothing goes, also where the run or another of its lineage is damaged. As of one committed moment, so that a
   * run that goes on meanwhile is read whole.
   */
  return (run: SurveyedRun, trimming: Trimming): Trim | undefined => ifWhole(() => atOnce(db, () => planned(run, trimming)))
}

function isUnderWay(stub: StubRow): boolean {
  return stub.isUnderWay
}
