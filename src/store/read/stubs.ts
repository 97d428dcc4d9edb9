/** What stands for checkpoints that retention removed of a run that stays. */
import type Database from 'better-sqlite3'
import type { RemovedCheckpoints } from '../../model/retention.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { type RawRow, openRow, rowColumns } from '../format/row.ts'
import { stubFormat, type BranchRow, type RunRow, type StubRow } from '../format/rows.ts'

/** Reads the stubs of a run, in their order. The answer throws CorruptionFound. */
export function stubReader(db: Database.Database): (run: Pick<RunRow, 'number'>) => StubRow[] {
  const crypt = cryptOf(db)
  const all = db.prepare<[number], RawRow>(`SELECT ${rowColumns(stubFormat)} FROM stub WHERE run = ? ORDER BY number`).raw()
  return ({ number }) => all.all(number).map((row) => openRow(crypt, stubFormat, row).content)
}

/** Checkpoints from `first` up to `number`, which is there again. */
export type Gap = Pick<StubRow, 'first' | 'number'>

/** Those that meet are one. */
export function joined(gaps: readonly Gap[]): Gap[] {
  const all: Gap[] = []
  for (const gap of gaps.toSorted((a, b) => a.first - b.first)) {
    const last = all.at(-1)
    if (last !== undefined && gap.first <= last.number) all[all.length - 1] = { first: last.first, number: Math.max(last.number, gap.number) }
    else all.push(gap)
  }
  return all
}

export function isWithin(gaps: readonly Gap[], checkpoint: number): boolean {
  return gaps.some(({ first, number }) => first <= checkpoint && checkpoint < number)
}

/** From which checkpoint to which a branch reaches, both included. */
export interface Reach {
  readonly first: number
  readonly head: number
}

/** How far each branch of a run reaches, in their order. */
export function reaches({ record }: Pick<RunRow, 'record'>, branches: readonly BranchRow[]): readonly Reach[] {
  const heads = branches.map((_, at) => branches[at + 1]?.left?.head ?? record.head)
  return heads.map((head, at) => ({ first: (heads[at - 1] ?? -1) + 1, head }))
}

/** What went of a branch that reaches so far: all of it goes by the bound on branches; where it stays its head does too. */
export function removedOf({ first, head }: Reach, stubs: readonly StubRow[]): RemovedCheckpoints[] {
  return stubs.flatMap((stub): RemovedCheckpoints[] => {
    const range = { first: Math.max(stub.first, first), last: Math.min(stub.number - 1, head) }
    if (range.first > range.last) return []
    return [{ ...range, at: stub.at, rule: range.first === first && range.last === head ? 'branches' : 'checkpoints' }]
  })
}

/** Branches of which no checkpoint is there any more. */
export function branchesGone(run: Pick<RunRow, 'record'>, branches: readonly BranchRow[], gaps: readonly Gap[]): ReadonlySet<number> {
  const isGone = (first: number, head: number): boolean => gaps.some((gap) => gap.first <= first && head < gap.number)
  return new Set(reaches(run, branches).flatMap(({ first, head }, branch) => (isGone(first, head) ? [branch] : [])))
}
