import { safe } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import type { Failure } from '../../../../model/failure.ts'
import type { RunRecovery } from '../../../../model/run-recovery.ts'
import { useApi } from '../../../state/client.ts'
import { failuresOf } from '../../../state/failures.ts'
import { strategyTitles } from '../../../widgets/recoveries/words.ts'
import { tell } from '../../../widgets/feedback/toasts.tsx'
import { ownRestores } from '../restore/own-restores.ts'
import { outcomeOf } from '../restore/wish.ts'
import { useCalmly } from '../state/calm.ts'

export interface Recovering {
  readonly found: RunRecovery | undefined
  /** Why nothing can be recommended, or done. */
  readonly problem: string | undefined
  readonly refused: readonly Failure[]
  readonly isBusy: boolean
  readonly recover: (reason: string) => void
}

/** What policy recommends about the run as it stands, and doing it on the state that it was told of. */
export function useRecovering(onDone: () => void): Recovering {
  const api = useApi()
  const run = useCalmly((known) => known.run.detail.record.id)
  const version = useCalmly((known) => known.run.detail.record.version)
  const { data: found, error } = useQuery({
    queryKey: ['recovery', run, version],
    queryFn: ({ signal }) => api.runs.previewRecovery({ run }, { signal }),
    gcTime: 0,
    retry: false,
  })
  const [isBusy, setBusy] = useState(false)
  const recover = useCallback(
    async (reason: string) => {
      if (found === undefined) return
      const { strategy, preview } = found
      setBusy(true)
      const own = ownRestores.begin(run, preview.branch)
      const why = reason.trim() === '' ? null : reason.trim()
      const { error: refusal, data } = await safe(api.runs.recover({ run, seen: preview.version, strategy, reason: why }))
      setBusy(false)
      if (data === undefined) {
        own.failed()
        tell.failed('Nothing was recovered', refusal instanceof Error ? refusal.message : undefined)
        return
      }
      tell.done(strategyTitles[strategy], outcomeOf(data))
      onDone()
    },
    [api, run, found, onDone],
  )
  return { found, problem: error?.message, refused: failuresOf(error), isBusy, recover: (reason) => void recover(reason) }
}
