/** What the screen shows of the run: one of its branches, now or at one of its moments. */
import { createContext, use, useMemo } from 'react'
import type { Branch } from '../../../../model/branch.ts'
import type { Checkpoint } from '../../../../model/checkpoint.ts'
import type { RunDetail } from '../../../../model/views.ts'
import { numbered } from '../../../state/sorted.ts'
import { CalmContext } from './calm.ts'
import { detailAt } from './detail-at.ts'
import { FollowingContext, type FollowingStore, type Known, useKnown } from './following.ts'
import { lineOf, type OnBranch, onBranch } from './on-branch.ts'
import { PinnedContext } from './pinned.ts'
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
  readonly detail: RunDetail
  readonly checkpoints: Known['checkpoints']
  readonly branches: Known['branches']
}

/**
 * The named branch is shown where it has the moment, otherwise the one that the run is on where that has it, otherwise the
 * moment's own: a link leads to what it names, wherever the run has gone since.
 */
export function viewOf({ detail, checkpoints, branches }: Parts, { branch, checkpoint }: Moment): View {
  const present = detail.record.branch
  const at = (number: number): Checkpoint | undefined => numbered(lineOf(checkpoints, branches, number), checkpoint)
  const named = [branch, present].flatMap((number) => (number !== undefined && number <= present ? [number] : []))
  const shown =
    named.find((number) => checkpoint === undefined || at(number) !== undefined) ??
    numbered(checkpoints, checkpoint)?.branch ??
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

/** A view of the run with the rows that it has at its moment. */
export interface RestedView extends View {
  /** The moment; undefined at the present, and where a branch is shown as it was left. */
  readonly moment: Checkpoint | undefined
  /** The rows: as they are, as a branch was left, or as they were at the moment. */
  readonly rows: RunDetail
}

/**
 * It is made out once for the whole screen: the rows of a moment are dear. What the playhead passes is made out by each part
 * that shows it: there are few, and to look for them among all that is drawn takes longer.
 */
export const RestedViewContext = createContext<RestedView | undefined>(undefined)

/** What is shown, at the pace of an eye; the moment is that of the playhead, wherever it is on its way. */
export function useView(): View {
  return useViewIn(use(CalmContext), useMoment())
}

/** The same as soon as the run moves. */
export function useLiveView(): View {
  return useViewIn(use(FollowingContext), useMoment())
}

/** The same where the playhead last came to rest. @throws Error outside a run's screen */
export function useRestedView(): RestedView {
  const rested = use(RestedViewContext)
  if (rested === undefined) throw new Error('no run is shown here')
  return rested
}

/** What `RestedViewContext` gives. */
export function useResting(): RestedView {
  const view = useViewIn(use(CalmContext), useSelection())
  return useMemo(() => {
    const moment = view.isMoment ? view.chosen : undefined
    return { ...view, moment, rows: moment === undefined ? view.detail : detailAt(view.detail, moment.at) }
  }, [view])
}

/** The moment where the playhead last came to rest; undefined at the present, and where a branch is shown as it was left. */
export function useRestedMoment(): Checkpoint | undefined {
  return useRestedView().moment
}

/** The rows of the run where the playhead last came to rest: as they are, as a branch was left, or as they were at a moment. */
export function useRestedDetail(): RunDetail {
  return useRestedView().rows
}

function useViewIn(store: FollowingStore | undefined, { branch, checkpoint }: Moment): View {
  const known = useKnown(store, partsOf)
  const view = useMemo(() => viewOf(known, { branch, checkpoint }), [known, branch, checkpoint])
  // A run may have gone on with another definition than a branch has that it left.
  const pinned = known.branches.find(({ number }) => number === view.branch)?.revision
  const manifest = use(PinnedContext).get(pinned ?? known.detail.record.revision)
  const shown = useMemo(() => (manifest === undefined ? view.detail : { ...view.detail, manifest }), [view.detail, manifest])
  return useMemo(() => (shown === view.detail ? view : { ...view, detail: shown }), [view, shown])
}

/** By its rows, its checkpoints and its branches. */
const parts = new WeakMap<RunDetail, WeakMap<Parts['checkpoints'], WeakMap<Parts['branches'], Parts>>>()

/** The very same for the same run: it is asked for several times in every frame of a scrub, and never compared. */
function partsOf({ run: { detail }, checkpoints, branches }: Known): Parts {
  const ofDetail = parts.get(detail) ?? new WeakMap<Parts['checkpoints'], WeakMap<Parts['branches'], Parts>>()
  const ofLine = ofDetail.get(checkpoints) ?? new WeakMap<Parts['branches'], Parts>()
  const known = ofLine.get(branches)
  if (known !== undefined) return known
  const made = { detail, checkpoints, branches }
  parts.set(detail, ofDetail.set(checkpoints, ofLine.set(branches, made)))
  return made
}
