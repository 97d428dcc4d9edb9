import { GitCompareArrows, History, RotateCcw } from 'lucide-react'
import { useMemo } from 'react'
import { type Command, useCommands } from '../../../state/commands.ts'
import { usePass } from '../inspector/use-pass.ts'
import { replayIcon } from '../../../widgets/replay/replay-icon.ts'
import { useSelect, useSelection } from '../state/selection.ts'
import { useRestedView } from '../state/view.ts'
import { throughParent, useParent } from './through-parent.tsx'
import { useRunFrom } from './use-run-from.ts'

/** The keys that lead to going back, to replaying, and to comparing moments. */
export function RestoreCommands() {
  const select = useSelect()
  const { against } = useSelection()
  const { chosen, line, detail } = useRestedView()
  const moment = chosen?.number ?? line.at(-1)?.number
  const pass = usePass(detail)
  const step = pass?.step.title ?? pass?.step.id ?? 'a step'
  const { unavailable, show } = useRunFrom(pass)
  const parent = useParent()
  const commands = useMemo((): readonly Command[] => {
    const compare = (): void => select(against === undefined ? { against: moment, tab: 'changes' } : { against: undefined })
    return [
      {
        id: 'restore',
        title: 'What restoring this moment leads to…',
        section: 'Run',
        icon: History,
        keys: 'b',
        also: 'back rewind reset branches',
        run: () => select({ tab: 'restore' }),
      },
      {
        id: 'replay',
        title: 'What replaying from this moment leads to…',
        section: 'Run',
        icon: replayIcon,
        keys: 'Shift+R',
        also: 'fork copy again new run edit',
        run: () => select({ tab: 'replay' }),
      },
      {
        id: 'restart',
        title: 'Restart from the beginning…',
        section: 'Run',
        icon: History,
        also: 'restore rerun reset',
        unavailable: parent === null ? undefined : throughParent,
        run: () => select({ branch: undefined, checkpoint: 0, tab: 'restore' }),
      },
      {
        id: 'run-from-here',
        title: `Run from ${step}…`,
        section: 'Run',
        icon: RotateCcw,
        keys: 'r',
        also: 'restore rerun retry here',
        unavailable,
        run: show,
      },
      {
        id: 'compare',
        title: against === undefined ? 'Compare this moment with another…' : 'Compare moments no more',
        section: 'Selection',
        icon: GitCompareArrows,
        keys: 'v',
        also: 'diff difference',
        unavailable: moment === undefined ? 'there is no checkpoint yet' : undefined,
        run: compare,
      },
    ]
  }, [select, against, moment, step, unavailable, show, parent])
  useCommands(commands)
  return null
}
