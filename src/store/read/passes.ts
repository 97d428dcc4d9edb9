import type Database from 'better-sqlite3'
import type { RevisionHash, StepId } from '../../model/ids.ts'
import type { StepRecord } from '../../model/step.ts'
import type { RunRow } from '../format/rows.ts'
import { unbegun } from '../format/unbegun.ts'
import { pinnedOn } from './branches.ts'
import { revisionReader } from './revisions.ts'
import type { RunRows } from './run-rows.ts'

/**
 * Tells every pass of a run from its rows, in the order of their keys: of those that have none, the definition tells. It throws
 * CorruptionFound.
 */
export function passReader(db: Database.Database): (run: RunRow, rows: RunRows) => StepRecord[] {
  const revisions = revisionReader(db)
  const known = new Map<RevisionHash, readonly StepId[]>()

  const stepsOf = (hash: RevisionHash): readonly StepId[] => {
    const steps = known.get(hash) ?? revisions.manifest(hash).steps.map(({ id }) => id)
    known.set(hash, steps)
    return steps
  }

  return (run, { branches, steps }) => {
    const begun = new Set(steps.filter(({ iteration }) => iteration === 1).map(({ branch, step }) => `${branch}/${step}`))
    const others = branches
      .filter(({ isSparse }) => isSparse)
      .flatMap(({ number }) =>
        stepsOf(pinnedOn(run, branches, number).revision)
          .filter((step) => !begun.has(`${number}/${step}`))
          .map((step) => unbegun(number, step)),
      )
    return others.length === 0 ? steps : [...steps, ...others].toSorted(byKey)
  }
}

function byKey(a: StepRecord, b: StepRecord): number {
  return a.branch - b.branch || (a.step < b.step ? -1 : Number(a.step > b.step)) || a.iteration - b.iteration
}
