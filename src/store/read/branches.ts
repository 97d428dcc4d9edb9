import type Database from 'better-sqlite3'
import type { Branch, BranchStanding } from '../../model/branch.ts'
import type { RevisionHash, RunId } from '../../model/ids.ts'
import type { Pinned } from '../../model/run.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { BranchRow, RunRow } from '../format/rows.ts'
import { runRowsReader } from './run-rows.ts'
import { runReader } from './runs.ts'
import { reaches, removedOf } from './stubs.ts'

/** Reads the branches of a run, oldest first. The answer throws CorruptionFound. */
export function branchReader(db: Database.Database): (id: RunId) => Branch[] | undefined {
  const runs = runReader(db)
  const rowsOf = runRowsReader(db)

  return (id) => {
    const run = runs.byId(id)
    if (run === undefined) return undefined
    const { branches, stubs } = rowsOf(run)
    const removed = reaches(run, branches).map((reach) => removedOf(reach, stubs))
    return branches.map(({ number, parent, from, by, why, at, name }, index) => ({
      number,
      parent,
      from,
      by,
      why,
      at,
      name,
      ...standing(run, branches[index + 1]),
      ...pinnedOn(run, branches, number),
      removed: removed[index] ?? [],
      isPresent: number === run.record.branch,
    }))
  }
}

/** A branch that was left is told of by the row of the one that the run left it for. */
function standing({ record }: RunRow, next: BranchRow | undefined): BranchStanding {
  const { status, waiting, head } = record
  if (next === undefined) return { status, waiting, head }
  if (next.left === null) {
    throw new CorruptionFound('branch', `${record.id}/${next.number}`, 'it does not say how the one before it was left')
  }
  const { left } = next
  return { status: left.status, waiting: left.waiting, head: left.head }
}

/** The code that a branch of the run pins: the next branch that says what was left, or the run itself, tells. */
export function pinnedOn({ record }: RunRow, branches: readonly BranchRow[], number: number): Pinned {
  const { workflowVersion, revision } = record
  const told = branches.find((later) => later.number > number && later.left !== null && later.left.pinned !== null)
  return told?.left?.pinned ?? { workflowVersion, revision }
}

/** Every definition that the run has gone by, on whichever branch, and those that what it took over of another run was held against. */
export function definitionsOf(run: RunRow, branches: readonly BranchRow[]): readonly RevisionHash[] {
  const { revision, origin } = run.record
  return [...new Set([...branches.map(({ number }) => pinnedOn(run, branches, number).revision), revision, ...(origin?.earlier ?? [])])]
}
