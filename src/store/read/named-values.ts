import type { Checkpoint } from '../../model/checkpoint.ts'
import type { Address } from '../../model/ids.ts'
import type { StepRecord } from '../../model/step.ts'
import type { RunRow } from '../format/rows.ts'
import type { RunRows } from './run-rows.ts'
import { branchesGone, type Gap } from './stubs.ts'

/** The values that the changes of a checkpoint name. */
export function addressesIn({ changes }: Checkpoint): Address[] {
  return changes.flatMap((change) => ('address' in change ? [change.address] : []))
}

interface NamingRows extends Pick<RunRows, 'branches' | 'steps' | 'decisions'> {
  readonly stubs: readonly Gap[]
}

/**
 * The values that a run's control rows name. What a branch came to of which no checkpoint is there any more may be gone, unless a
 * later one keeps it.
 */
export function addressesOf(run: RunRow, { branches, steps, decisions, stubs }: NamingRows): Address[] {
  const { record } = run
  const gone = branchesGone(run, branches, stubs)
  const isThere = ({ branch }: { readonly branch: number }): boolean => !gone.has(branch)
  const keeping = branches.filter(({ number }) => !gone.has(number))
  const isKept = ({ branch, step, iteration }: StepRecord): boolean =>
    keeping.some(({ number, kept }) => number > branch && (kept?.[step] ?? 0) >= iteration)
  const named = [
    record.input,
    record.context,
    ...steps.filter((pass) => isThere(pass) || isKept(pass)).map(({ output }) => output),
    ...decisions.filter(isThere).flatMap(({ shown, edits, edit }) => [shown, edits?.of ?? null, edit]),
  ]
  return named.filter((address) => address !== null)
}
