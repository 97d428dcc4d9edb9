import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useApi } from '../../../state/client.ts'
import { LogList } from '../../../widgets/logs/log-list.tsx'
import { mergeLogs } from '../../../widgets/logs/merge-logs.ts'
import { useFollowed } from '../state/following.ts'
import { useSelection } from '../state/selection.ts'
import { useView } from '../state/view.ts'

/** How many signals come with a run that is opened; a run that said less has said it all by then. */
const cameAlong = 200
const mostKept = 1_000

/** What the code said: as it comes, and on demand what was kept from before. */
export function LogsTab() {
  const api = useApi()
  const { step, iteration, attempt } = useSelection()
  const run = useFollowed((known) => known.run.detail.record.id)
  const { holds } = useView()
  const logs = useFollowed((known) => known.run.logs)
  const missed = useFollowed((known) => known.run.missed)
  const [earlier, setEarlier] = useState(false)
  const { data: kept } = useQuery({
    queryKey: ['signals', run],
    queryFn: () => api.runs.signals({ run, limit: mostKept }),
    enabled: earlier,
    select: ({ signals }) => signals.filter((signal) => signal.type === 'log'),
  })
  const shown = useMemo(
    () =>
      mergeLogs(kept ?? [], logs).filter(
        (log) =>
          holds(log) &&
          (step === undefined || log.step === step) &&
          (iteration === undefined || log.iteration === iteration) &&
          (attempt === undefined || log.attempt === attempt),
      ),
    [kept, logs, holds, step, iteration, attempt],
  )
  const mayHaveMore = !earlier && logs.length >= cameAlong / 2
  return (
    <LogList
      logs={shown}
      missed={missed}
      of={
        step === undefined
          ? 'the run'
          : [step, ...(iteration === undefined ? [] : [`iteration ${iteration}`])].join(', ')
      }
      showsStep={step === undefined}
      onEarlier={mayHaveMore ? () => setEarlier(true) : undefined}
    />
  )
}
