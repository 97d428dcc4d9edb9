import { useCallback, useState } from 'react'
import type { RunSummary } from '../../../model/views.ts'
import { tell } from '../../widgets/feedback/toasts.tsx'
import type { Rows } from './pages.ts'
import { add, nothingMarked, rowsBetween, type Selection, toggle } from './selection.ts'

/** How many rows one range may reach over: beyond that, all that match are meant. */
const longestRange = 5_000

interface Marks {
  readonly selection: Selection
  readonly setSelection: (to: (selection: Selection) => Selection) => void
  /** Marks the row, or takes its mark away; `toHere` marks all from the one that was marked last. */
  readonly mark: (index: number, toHere: boolean) => void
}

/** Which runs of a list are marked. */
export function useMarks(
  rowAt: (index: number) => RunSummary | undefined,
  read: (rows: Rows) => Promise<readonly RunSummary[]>,
): Marks {
  const [selection, setSelection] = useState(nothingMarked)
  const mark = (index: number, toHere: boolean): void => {
    const run = rowAt(index)
    const { anchor } = selection
    if (!toHere || anchor === null) {
      if (run !== undefined) setSelection((now) => toggle(now, run, index))
      return
    }
    const rows = rowsBetween(anchor, index)
    if (rows.last - rows.first >= longestRange) {
      tell.failed('This range is too long', `A range holds ${longestRange} rows at most; mark all that match instead.`)
      return
    }
    void read(rows).then(
      (runs) => setSelection((now) => add(now, runs)),
      () => tell.failed('The range could not be read', 'Nothing was marked. Try again once the host answers.'),
    )
  }
  return { selection, setSelection: useCallback((to) => setSelection(to), []), mark }
}
