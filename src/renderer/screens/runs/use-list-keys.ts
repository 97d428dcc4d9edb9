import { CheckSquare, CornerDownLeft, ExternalLink, RefreshCw, X } from 'lucide-react'
import { useLayoutEffect, useMemo, useRef } from 'react'
import { type Command, useCommands } from '../../state/commands.ts'

interface ListActions {
  /** The row of the cursor; null where there is none. */
  readonly at: number | null
  readonly count: number
  readonly hasMarks: boolean
  readonly moveTo: (index: number) => void
  readonly open: (index: number, inNewTab: boolean) => void
  readonly mark: (index: number, toHere: boolean) => void
  readonly refresh: () => void
  readonly clear: () => void
}

/** What the keys do in the list of runs. */
export function useListKeys(actions: ListActions): void {
  const latest = useRef(actions)
  useLayoutEffect(() => void (latest.current = actions))
  const { at, count, hasMarks } = actions
  const nowhere = at === null ? 'no row is chosen: j goes to the first' : undefined
  const isEmpty = count === 0 ? 'there are no rows' : undefined
  const noMarks = hasMarks ? undefined : 'no run is marked'

  const commands = useMemo((): readonly Command[] => {
    const here = (act: (at: number, now: ListActions) => void) => (): void => {
      const { current } = latest
      if (current.at !== null) act(current.at, current)
    }
    const go = (to: (now: ListActions) => number) => (): void => latest.current.moveTo(to(latest.current))
    const section = 'Runs'
    return [
      { id: 'runs/next', title: 'Next run', section, keys: 'j', unavailable: isEmpty, run: go((now) => (now.at ?? -1) + 1) },
      { id: 'runs/previous', title: 'Run before', section, keys: 'k', unavailable: isEmpty, run: go((now) => (now.at ?? 1) - 1) },
      { id: 'runs/first', title: 'First run', section, keys: 'g g', unavailable: isEmpty, run: go(() => 0) },
      { id: 'runs/last', title: 'Last run', section, keys: 'Shift+G', unavailable: isEmpty, run: go((now) => now.count - 1) },
      {
        id: 'runs/open',
        title: 'Open the run',
        section,
        icon: CornerDownLeft,
        keys: 'Enter',
        unavailable: nowhere,
        run: here((row, { open }) => open(row, false)),
      },
      {
        id: 'runs/open-beside',
        title: 'Open the run in a new tab',
        section,
        icon: ExternalLink,
        keys: 'o',
        unavailable: nowhere,
        run: here((row, { open }) => open(row, true)),
      },
      {
        id: 'runs/mark',
        title: 'Mark the run',
        section,
        icon: CheckSquare,
        keys: 'x',
        unavailable: nowhere,
        run: here((row, { mark }) => mark(row, false)),
      },
      {
        id: 'runs/mark-to',
        title: 'Mark all runs to here',
        section,
        keys: 'Shift+X',
        unavailable: nowhere,
        run: here((row, { mark }) => mark(row, true)),
      },
      {
        id: 'runs/clear',
        title: 'Take all marks away',
        section,
        icon: X,
        keys: 'Escape',
        unavailable: noMarks,
        run: () => latest.current.clear(),
      },
      { id: 'runs/refresh', title: 'Read the list anew', section, icon: RefreshCw, keys: 'r', run: () => latest.current.refresh() },
    ]
  }, [nowhere, isEmpty, noMarks])
  useCommands(commands)
}
