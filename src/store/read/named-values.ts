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
 * later one keeps it: from the branch before it, each, and not where that came to something else there.
 */
export function addressesOf(run: RunRow, { branches, steps, decisions, stubs }: NamingRows): Address[] {
  const { record } = run
  const gone = branchesGone(run, branches, stubs)
  const isThere = ({ branch }: { readonly branch: number }): boolean => !gone.has(branch)
  const rows = new Set(gone.size === 0 ? [] : steps.map(nameOf))
  const isKept = (pass: StepRecord): boolean => {
    for (const { number, kept } of branches.slice(pass.branch + 1)) {
      if ((kept?.[pass.step] ?? 0) < pass.iteration || rows.has(nameOf({ ...pass, branch: number }))) return false
      if (!gone.has(number)) return true
    }
    return false
  }
  const named = [
    record.input,
    record.context,
    ...steps.filter((pass) => isThere(pass) || isKept(pass)).map(({ output }) => output),
    ...decisions.filter(isThere).flatMap(({ shown, edits, edit }) => [shown, edits?.of ?? null, edit]),
  ]
  return named.filter((address) => address !== null)
}

function nameOf({ branch, step, iteration }: StepRecord): string {
  return `${branch}/${step}/${iteration}`
}
