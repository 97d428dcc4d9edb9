import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { StepId } from '../../../../model/ids.ts'
import { useApi } from '../../../state/client.ts'
import { type Log, mergeLogs } from '../../../widgets/logs/merge-logs.ts'
import { useFollowed } from '../state/following.ts'
import { saidBy } from '../state/said-by.ts'
import { useRestedMoment, useRestedView } from '../state/view.ts'

const mostKept = 1_000

export interface Logs {
  /** Of what is shown of the run, oldest first; at a moment what had been said by then. */
  readonly logs: readonly Log[]
  /** How many lines were told since the run was opened, those that came along included. */
  readonly told: number
  /** Whether what was kept from before is among them, or on its way. */
  readonly reachesBack: boolean
  readonly reachBack: () => void
}

/** What the code of a run said, or of one step: as it comes, and on demand, or at a moment, what was kept from before. */
export function useLogs(step?: StepId): Logs {
  const api = useApi()
  const run = useFollowed((known) => known.run.detail.record.id)
  const { holds } = useRestedView()
  const until = useRestedMoment()?.at
  const told = useFollowed((known) => known.run.logs)
  const [isWanted, setWanted] = useState(false)
  // What came after a moment may be all that is at hand.
  const reachesBack = isWanted || until !== undefined
  const { data: kept } = useQuery({
    queryKey: ['signals', run, step, until],
    queryFn: () => api.runs.signals({ run, limit: mostKept, ...(step !== undefined && { step }), ...(until !== undefined && { until }) }),
    enabled: reachesBack,
    select: ({ signals }) => signals.filter((signal) => signal.type === 'log'),
  })
  const logs = useMemo(
    () => mergeLogs(kept ?? [], saidBy(told, until)).filter((log) => holds(log) && (step === undefined || log.step === step)),
    [kept, told, until, holds, step],
  )
  return { logs, told: told.length, reachesBack, reachBack: () => setWanted(true) }
}
