/**
 * Every pass of a run. A row says what no other says: of a branch's passes there are none of those that had not begun when it
 * began, of which the definition tells, and none of those that are as on the branch that was left for it.
 */
import type Database from 'better-sqlite3'
import type { RevisionHash, StepId } from '../../model/ids.ts'
import type { StepRecord } from '../../model/step.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { RunRow } from '../format/rows.ts'
import { unbegun } from '../format/unbegun.ts'
import { pinnedOn } from './branches.ts'
import { revisionReader } from './revisions.ts'
import type { RunRows } from './run-rows.ts'

export interface Passes {
  /** Those of a branch, in the order of their keys. @throws CorruptionFound */
  readonly on: (branch: number) => StepRecord[]
  /** Those of every branch, in the order of these. @throws CorruptionFound */
  readonly all: () => StepRecord[]
}

/** Tells the passes of a run from its rows. */
export function passReader(db: Database.Database): (run: RunRow, rows: RunRows) => Passes {
  const revisions = revisionReader(db)
  const known = new Map<RevisionHash, readonly StepId[]>()

  const stepsOf = (hash: RevisionHash): readonly StepId[] => {
    const steps = known.get(hash) ?? revisions.manifest(hash).steps.map(({ id }) => id)
    known.set(hash, steps)
    return steps
  }

  return (run, { branches, steps }) => {
    const written = new Map(branches.map(({ number }) => [number, new Map<string, StepRecord>()]))
    for (const row of steps) written.get(row.branch)?.set(nameOf(row), row)

    const kept = new Map(branches.map((branch) => [branch.number, new Map<string, number>(Object.entries(branch.kept ?? {}))]))

    /** The row of a pass: that of the branch, or of the nearest before it from which it has the pass. */
    const rowOf = (branch: number, step: string, iteration: number): StepRecord => {
      for (let from = branch; from >= 0; from -= 1) {
        const row = written.get(from)?.get(`${step}/${iteration}`)
        if (row !== undefined) return row
        if ((kept.get(from)?.get(step) ?? 0) < iteration) break
      }
      throw new CorruptionFound('branch', `${run.record.id}/${branch}`, `it keeps pass ${iteration} of ${step}, which none before it has`)
    }

    const on = (number: number): StepRecord[] => {
      const there = new Map(written.get(number))
      const add = (pass: StepRecord): unknown => there.has(nameOf(pass)) || there.set(nameOf(pass), pass)
      for (const [step, count] of kept.get(number) ?? []) {
        for (let iteration = 1; iteration <= count; iteration += 1) add({ ...rowOf(number, step, iteration), branch: number })
      }
      const unwritten = branches[number]?.isSparse === true ? stepsOf(pinnedOn(run, branches, number).revision) : []
      for (const step of unwritten) if (!there.has(`${step}/1`)) add(unbegun(number, step))
      return [...there.values()].toSorted(byKey)
    }

    return { on, all: () => branches.flatMap(({ number }) => on(number)) }
  }
}

function nameOf({ step, iteration }: StepRecord): string {
  return `${step}/${iteration}`
}

function byKey(a: StepRecord, b: StepRecord): number {
  return (a.step < b.step ? -1 : Number(a.step > b.step)) || a.iteration - b.iteration
}
