import { use, useMemo } from 'react'
import { StepId } from '../../../../model/ids.ts'
import { numbered } from '../../../state/sorted.ts'
import { tell } from '../../../widgets/feedback/toasts.tsx'
import { rowBeside } from '../timeline/rows.ts'
import { FollowingContext } from './following.ts'
import { ScrubbingContext } from './scrubbing.ts'
import { tabOfMoment, useSelection, useWrittenSelect } from './selection.ts'
import { noStop, type Stop, stopBeside } from './stops.ts'
import { type View, viewOf } from './view.ts'

/** How the selection moves through what the run did. Of checkpoints, undefined is where the branch is, or was left. */
export interface Moves {
  toCheckpoint(number: number | undefined): void
  /** A hand comes near the playhead, or goes away. */
  near(isNear: boolean): void
  /** The playhead is dragged there. */
  hold(number: number | undefined): void
  /** Back to the present of the run. */
  toNow(): void
  by(distance: { readonly rows?: number; readonly marks?: number }): void
  /** The moment that is shown, or the newest, is compared with another from then on. */
  compare(): void
  /** To the next checkpoint of that kind, or the one before. Where there is none, nothing moves, and that is told. */
  toStop(stop: Stop, direction: 1 | -1): void
}

export function useMoves(): Moves {
  const following = use(FollowingContext)
  const scrubbing = use(ScrubbingContext)
  const select = useWrittenSelect()
  const { step, branch, checkpoint } = useSelection()
  return useMemo(() => {
    const view = (): View | undefined => {
      const { run, checkpoints = [], branches = [] } = following?.getState() ?? {}
      const { held } = scrubbing.store.getState()
      const moment = { branch, checkpoint: held.timeline === null ? checkpoint : held.timeline.checkpoint }
      return run === undefined ? undefined : viewOf({ detail: run.detail, checkpoints, branches }, moment)
    }
    const write = (number: number | undefined): Promise<void> => {
      const chosen = numbered(view()?.line ?? [], number)
      if (chosen === undefined) return select({ checkpoint: undefined })
      const pass = { step: chosen.step ?? undefined, iteration: chosen.iteration ?? undefined, attempt: undefined }
      // Where the playhead rests, another tab may have been chosen since it was moved.
      return select(({ tab }) => ({ ...pass, checkpoint: chosen.number, tab: tabOfMoment(tab) }))
    }
    return {
      toCheckpoint: (number) => scrubbing.letGo(number, write),
      near: scrubbing.near,
      hold: (number) => scrubbing.hold(number, write),
      toNow() {
        scrubbing.drop()
        void select({ checkpoint: undefined, branch: undefined })
      },
      by({ rows = 0, marks = 0 }) {
        const { line = [], chosen, detail } = view() ?? {}
        if (marks !== 0) scrubbing.step(beside(line.map(({ number }) => number), chosen?.number, marks), write)
        const row = rows === 0 ? undefined : rowBeside(detail?.manifest.steps ?? [], step, rows)
        if (row !== undefined) void select({ step: StepId.parse(row), iteration: undefined, attempt: undefined })
      },
      compare() {
        const { chosen, line = [] } = view() ?? {}
        void select({ against: (chosen ?? line.at(-1))?.number, tab: 'changes' })
      },
      toStop(stop, direction) {
        const shown = view()
        const number = shown && stopBeside(stop, shown, direction)
        if (number !== undefined) scrubbing.letGo(number, write)
        else if (shown !== undefined) tell.nothing(...noStop(stop, shown, direction))
      },
    }
  }, [following, scrubbing, select, step, branch, checkpoint])
}

/** The number so many places on; behind the last one is the present, which is no number. */
export function beside(numbers: readonly number[], from: number | undefined, by: number): number | undefined {
  const index = from === undefined ? numbers.length : numbers.indexOf(from)
  return numbers[Math.max(0, index + by)]
}
