import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { StepId } from '../../../../model/ids.ts'
import { useApi } from '../../../state/client.ts'
import { type Log, mergeLogs } from '../../../widgets/logs/merge-logs.ts'
import { useFollowed } from '../state/following.ts'
import { useView } from '../state/view.ts'

const mostKept = 1_000

export interface Logs {
  /** Of what is shown of the run, oldest first. */
  readonly logs: readonly Log[]
  /** How many lines were told since the run was opened, those that came along included. */
  readonly told: number
  /** Whether what was kept from before is among them, or on its way. */
  readonly reachesBack: boolean
  readonly reachBack: () => void
}

/** What the code of a run said, or of one step: as it comes, and on demand what was kept from before. */
export function useLogs(step?: StepId): Logs {
  const api = useApi()
  const run = useFollowed((known) => known.run.detail.record.id)
  const { holds } = useView()
  const told = useFollowed((known) => known.run.logs)
  const [reachesBack, setReachesBack] = useState(false)
  const { data: kept } = useQuery({
    queryKey: ['signals', run, step],
    queryFn: () => api.runs.signals({ run, limit: mostKept, ...(step !== undefined && { step }) }),
    enabled: reachesBack,
    select: ({ signals }) => signals.filter((signal) => signal.type === 'log'),
  })
  const logs = useMemo(
    () => mergeLogs(kept ?? [], told).filter((log) => holds(log) && (step === undefined || log.step === step)),
    [kept, told, holds, step],
  )
  return { logs, told: told.length, reachesBack, reachBack: () => setReachesBack(true) }
}
