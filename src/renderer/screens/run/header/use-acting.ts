import { safe } from '@orpc/client'
import { use, useCallback, useState } from 'react'
import type { RunRecord } from '../../../../model/run.ts'
import { useApi } from '../../../state/client.ts'
import { tell } from '../../../widgets/feedback/toasts.tsx'
import { lookOfRun } from '../../../widgets/status/look.ts'
import { FollowingContext } from '../state/following.ts'

export type ActionName = 'pause' | 'resume' | 'cancel'

export interface Acting {
  /** The action that is on its way. */
  readonly busy: ActionName | undefined
  /** Does it to the run as it is shown; answers whether it was done. */
  act(action: ActionName, reason?: string): Promise<boolean>
}

/** Acts on the followed run and tells what came of it. */
export function useActing(): Acting {
  const api = useApi()
  const following = use(FollowingContext)
  const [busy, setBusy] = useState<ActionName>()
  const act = useCallback(
    async (action: ActionName, reason?: string) => {
      const record = following?.getState().run?.detail.record
      if (record === undefined) return false
      setBusy(action)
      const asked = { run: record.id, seen: record.version, ...(reason !== undefined && { reason }) }
      const { error, data, isDefined } = await safe(api.runs[action](asked))
      setBusy(undefined)
      if (data !== undefined) {
        tell.done(outcomes[action](data))
        return true
      }
      if (isDefined && error.code === 'CONFLICT')
        tell.failed(
          `Nothing was done: the run is ${error.data.status} now`,
          'It moved on after it was shown. Look again.',
        )
      else
        tell.failed(`The run could not be ${participles[action]}`, error instanceof Error ? error.message : undefined)
      return false
    },
    [api, following],
  )
  return { busy, act }
}

const participles: Readonly<Record<ActionName, string>> = { pause: 'paused', resume: 'resumed', cancel: 'cancelled' }

/** What the run has become, not that the wish was heard. */
const outcomes: Readonly<Record<ActionName, (record: RunRecord) => string>> = {
  pause: () => 'The run is paused: nothing further starts',
  resume: (record) => `The run goes on: ${lookOfRun(record).word.toLowerCase()}`,
  cancel: ({ status }) =>
    status === 'cancelled' ? 'The run is cancelled' : 'The run is being cancelled: what can be undone is undone first',
}
