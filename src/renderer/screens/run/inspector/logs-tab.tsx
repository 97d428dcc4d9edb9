import { useMemo } from 'react'
import { LogList } from '../../../widgets/logs/log-list.tsx'
import { useFollowed } from '../state/following.ts'
import { useSelection } from '../state/selection.ts'
import { useRestedMoment } from '../state/view.ts'
import { useLogs } from './use-logs.ts'

/** How many signals come with a run that is opened; a run that said less has said it all by then. */
const cameAlong = 200

/** What the code said: as it comes, and on demand what was kept from before; at a moment what it had said by then. */
export function LogsTab() {
  const { step, iteration, attempt } = useSelection()
  const isMoment = useRestedMoment() !== undefined
  const missed = useFollowed((known) => known.run.missed)
  const { logs, told, reachesBack, reachBack } = useLogs(step)
  const shown = useMemo(
    () => logs.filter((log) => (iteration === undefined || log.iteration === iteration) && (attempt === undefined || log.attempt === attempt)),
    [logs, iteration, attempt],
  )
  const mayHaveMore = !reachesBack && told >= cameAlong / 2
  return (
    <LogList
      logs={shown}
      missed={isMoment ? 0 : missed}
      of={
        step === undefined
          ? 'the run'
          : [step, ...(iteration === undefined ? [] : [`iteration ${iteration}`])].join(', ')
      }
      showsStep={step === undefined}
      onEarlier={mayHaveMore ? reachBack : undefined}
    />
  )
}
