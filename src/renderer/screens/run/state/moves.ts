import { use, useMemo } from 'react'
import { StepId } from '../../../../model/ids.ts'
import { rowBeside } from '../timeline/rows.ts'
import { FollowingContext } from './following.ts'
import { useSelect, useSelection } from './selection.ts'

/** How the selection moves through what the run did. */
export interface Moves {
  /** To a checkpoint and what it is of; undefined goes back to the present. */
  toCheckpoint(number: number | undefined): void
  by(distance: { readonly rows?: number; readonly marks?: number }): void
}

export function useMoves(): Moves {
  const following = use(FollowingContext)
  const select = useSelect()
  const { step, checkpoint, tab } = useSelection()
  return useMemo(() => {
    const checkpoints = () => following?.getState().checkpoints ?? []
    const toCheckpoint = (number: number | undefined): void => {
      const chosen = checkpoints().find((each) => each.number === number)
      if (chosen === undefined) {
        select({ checkpoint: undefined })
        return
      }
      const pass = { step: chosen.step ?? undefined, iteration: chosen.iteration ?? undefined, attempt: undefined }
      select({ ...pass, checkpoint: chosen.number, tab: tab === 'state' ? 'state' : 'changes' })
    }
    return {
      toCheckpoint,
      by({ rows = 0, marks = 0 }) {
        if (marks !== 0)
          toCheckpoint(
            beside(
              checkpoints().map(({ number }) => number),
              checkpoint,
              marks,
            ),
          )
        const steps = following?.getState().run?.detail.manifest.steps ?? []
        const row = rows === 0 ? undefined : rowBeside(steps, step, rows)
        if (row !== undefined) select({ step: StepId.parse(row), iteration: undefined, attempt: undefined })
      },
    }
  }, [following, select, step, checkpoint, tab])
}

/** The number so many places on; behind the last one is the present, which is no number. */
export function beside(numbers: readonly number[], from: number | undefined, by: number): number | undefined {
  const index = from === undefined ? numbers.length : numbers.indexOf(from)
  return numbers[Math.max(0, index + by)]
}
