import type Database from 'better-sqlite3'
import type { DecisionRecord } from '../../model/decision.ts'
import type { RunId } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import type { DecisionList, DecisionView } from '../../model/views.ts'
import type { RunRow } from '../format/rows.ts'
import { foundAsPending } from './found-as-pending.ts'
import { lineageReader, type NumberedLineage } from './lineages.ts'
import { runRowsReader } from './run-rows.ts'
import { runReader } from './runs.ts'
import { valueReader } from './values.ts'

export function decisionViewReader(db: Database.Database) {
  const runs = runReader(db)
  const rowsOf = runRowsReader(db)
  const lineages = lineageReader(db)
  const values = valueReader(db)
  const waiting = db
    .prepare<[], number>('SELECT DISTINCT run FROM pending WHERE queued = 0 ORDER BY run')
    .pluck()
  const nearest = db.prepare<[number], { readonly run: number; readonly id: string }>(
    'SELECT run, id FROM pending WHERE queued = 0 ORDER BY deadline NULLS LAST, opened_at LIMIT ?',
  )

  const editable = (lineage: NumberedLineage, { edits }: DecisionRecord): Json =>
    edits === null ? null : valueIn(values.get(lineage, edits.of), edits.target.path)

  /** Whoever is not shown what is asked about would answer blindly: where it is damaged, its decision cannot be read. @throws CorruptionFound */
  const views = (run: RunRow, wanted: (decisions: readonly DecisionRecord[]) => readonly DecisionRecord[]): DecisionView[] => {
    const lineage = lineages.byNumber(run.lineage)
    const { id, workflow, origin, disarmed, version } = run.record
    return wanted(rowsOf(run).decisions).map((decision) => ({
      run: id,
      workflow,
      origin,
      disarmed,
      runVersion: version,
      decision,
      shown: decision.shown === null ? null : values.get(lineage, decision.shown),
      editable: editable(lineage, decision),
    }))
  }

  return {
    /** Every decision of a run. @throws CorruptionFound */
    ofRun: (id: RunId): DecisionView[] => {
      const run = runs.byId(id)
      return run === undefined ? [] : views(run, (all) => all).toSorted(byOpening)
    },

    /** Pending decisions of all runs, dead letters left out. */
    pending: (): DecisionList => {
      const { found, damaged } = runs.each(waiting.all(), (run) => views(run, (all) => all.filter(isAsked)))
      return { decisions: found.toSorted(byOpening), damaged }
    },

    /** Some of these: the nearest deadline first, then those opened first. */
    urgent: (limit: number): DecisionList => {
      const chosen = Map.groupBy(nearest.all(limit), ({ run }) => run)
      const { found, damaged } = runs.each(chosen.keys(), (run) =>
        views(run, (all) => foundAsPending(run, all, (chosen.get(run.number) ?? []).map(({ id }) => id))),
      )
      return { decisions: found.toSorted(byUrgency), damaged }
    },
  }
}

function isAsked({ kind, status }: DecisionRecord): boolean {
  return status === 'pending' && kind !== 'dead_letter'
}

function byOpening(a: DecisionView, b: DecisionView): number {
  return a.decision.openedAt - b.decision.openedAt
}

function byUrgency(a: DecisionView, b: DecisionView): number {
  return deadlineOf(a) - deadlineOf(b) || byOpening(a, b)
}

function deadlineOf({ decision: { deadline } }: DecisionView): number {
  return deadline ?? Number.MAX_SAFE_INTEGER
}

/** The part of a value that a path leads to; null where it leads nowhere. */
function valueIn(value: Json, path: readonly string[]): Json {
  return path.reduce<Json | undefined>(child, value) ?? null
}

function child(value: Json | undefined, name: string): Json | undefined {
  if (value === undefined || value === null || typeof value !== 'object') return undefined
  return Object.entries(value).find(([key]) => key === name)?.[1]
}
