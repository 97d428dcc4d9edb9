import { GitCompareArrows, History, RotateCcw, Undo2 } from 'lucide-react'
import { useMemo } from 'react'
import { type Command, useCommands } from '../../../state/commands.ts'
import { usePass } from '../inspector/use-pass.ts'
import { replayIcon } from '../../../widgets/replay/replay-icon.ts'
import { useCalmly } from '../state/calm.ts'
import { useSelect, useSelection } from '../state/selection.ts'
import { useRestedView } from '../state/view.ts'
import { useRestoring } from './restoring.tsx'
import { useStandingUndo } from './standing-undo.ts'
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
  const run = useCalmly((known) => known.run.detail.record.id)
  const branch = useCalmly((known) => known.run.detail.record.branch)
  const standing = useStandingUndo(run, branch)
  const { isBusy, undo } = useRestoring()
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
        id: 'undo-restore',
        title:
          standing === undefined
            ? 'Undo the restore'
            : `Undo the restore of checkpoint ${standing.checkpoint}: restores once more, and what waited begins its time anew`,
        section: 'Run',
        icon: Undo2,
        keys: 'u',
        also: 'take back revert',
        asksHost: true,
        unavailable: standing === undefined ? 'nothing was restored from here that one press takes back' : isBusy ? 'the run is being sent back' : undefined,
        run: () => standing !== undefined && undo(standing),
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
  }, [select, against, moment, step, unavailable, show, parent, standing, isBusy, undo])
  useCommands(commands)
  return null
}
