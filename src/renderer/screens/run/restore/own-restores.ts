/** Branches that this tab had a run begin: it tells of them itself, and of those of others as news. */
import type { RunId } from '../../../../model/ids.ts'

const begun = new Set<string>()
const nameOf = (run: RunId, branch: number): string => `${run}/${branch}`

export const ownRestores = {
  begin: (run: RunId, branch: number): { readonly failed: () => void } => {
    begun.add(nameOf(run, branch))
    return { failed: () => void begun.delete(nameOf(run, branch)) }
  },
  has: (run: RunId, branch: number): boolean => begun.has(nameOf(run, branch)),
}
