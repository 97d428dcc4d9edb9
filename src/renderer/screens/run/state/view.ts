/** What the screen shows of the run: one of its branches, now or at one of its moments. */
import { use, useMemo } from 'react'
import type { Branch } from '../../../../model/branch.ts'
import type { Checkpoint } from '../../../../model/checkpoint.ts'
import { CalmContext } from './calm.ts'
import { FollowingContext, type FollowingStore, type Known, useKnown } from './following.ts'
import { lineOf, type OnBranch, onBranch } from './on-branch.ts'
import { useManifest } from './pinned.ts'
import { type Moment, useMoment } from './scrubbing.ts'
import { useSelection } from './selection.ts'

export interface View extends OnBranch {
  readonly branch: number
  /** Whether the run is on that branch. */
  readonly isPresent: boolean
  readonly branches: readonly Branch[]
  /** The moments of the branch, oldest first. */
  readonly line: readonly Checkpoint[]
  /** The moment that is shown; undefined where it is the present. A branch that was left is shown as it was left. */
  readonly chosen: Checkpoint | undefined
  /** Whether a moment is shown, not how the run stands or how the branch was left. */
  readonly isMoment: boolean
}

interface Parts {
  readonly detail: Known['run']['detail']
  readonly checkpoints: Known['checkpoints']
  readonly branches: Known['branches']
}

/**
 * The named branch is shown where it has the moment, otherwise the one that the run is on where that has it, otherwise the
 * moment's own: a link leads to what it names, wherever the run has gone since.
 */
export function viewOf({ detail, checkpoints, branches }: Parts, { branch, checkpoint }: Moment): View {
  const present = detail.record.branch
  const at = (number: number): Checkpoint | undefined =>
    lineOf(checkpoints, branches, number).find((each) => each.number === checkpoint)
  const named = [branch, present].flatMap((number) => (number !== undefined && number <= present ? [number] : []))
  const shown =
    named.find((number) => checkpoint === undefined || at(number) !== undefined) ??
    checkpoints.find(({ number }) => number === checkpoint)?.branch ??
    present
  const line = lineOf(checkpoints, branches, shown)
  const moment = at(shown)
  return {
    ...onBranch(detail, shown),
    branch: shown,
    isPresent: shown === present,
    branches,
    line,
    chosen: moment ?? (shown === present ? undefined : line.at(-1)),
    isMoment: moment !== undefined,
  }
}

/** What the address names, at the pace of an eye. */
export function useView(): View {
  return useViewIn(use(CalmContext), useSelection())
}

/** The same while the playhead is on its way, and as soon as the run moves. */
export function useMovingView(): View {
  return useViewIn(use(FollowingContext), useMoment())
}

/** While the playhead is on its way, at the pace of an eye. */
export function useCalmMovingView(): View {
  return useViewIn(use(CalmContext), useMoment())
}

function useViewIn(store: FollowingStore | undefined, { branch, checkpoint }: Moment): View {
  const detail = useKnown(store, ({ run }) => run.detail)
  const checkpoints = useKnown(store, (known) => known.checkpoints)
  const branches = useKnown(store, (known) => known.branches)
  const view = useMemo(
    () => viewOf({ detail, checkpoints, branches }, { branch, checkpoint }),
    [detail, checkpoints, branches, branch, checkpoint],
  )
  // A run may have gone on with another definition than a branch has that it left.
  const pinned = branches.find(({ number }) => number === view.branch)?.revision
  const manifest = useManifest(pinned === detail.record.revision ? undefined : pinned)
  return useMemo(() => (manifest === undefined ? view : { ...view, detail: { ...view.detail, manifest } }), [view, manifest])
}
