import { safe } from '@orpc/client'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import { Disconnected } from '../../../../client/line.ts'
import type { RevisionHash } from '../../../../model/ids.ts'
import type { DefinitionChoice } from '../../../../model/preview.ts'
import type { ReplayEdits } from '../../../../model/replay.ts'
import { useApi } from '../../../state/client.ts'
import { tell } from '../../../widgets/feedback/toasts.tsx'
import { shortId } from '../../../widgets/identity/short-id.tsx'
import { lookOfRun } from '../../../widgets/status/look.ts'
import { useCalmly } from '../state/calm.ts'
import { useReplayDrafts } from './drafts.ts'

export interface ReplayWish {
  readonly checkpoint: number
  readonly definition: DefinitionChoice
  /** What was told that the new run goes by. */
  readonly revision: RevisionHash | undefined
  readonly edits: ReplayEdits
  /** Kept in the journal of the new run. */
  readonly reason: string
}

export interface Replaying {
  readonly isBusy: boolean
  readonly replay: (wish: ReplayWish) => void
}

const unknown = 'It is not known whether the replay was begun: look at the replays of this run once it is back.'

/** Replays the run that is shown, and leads to the new one. */
export function useReplaying(): Replaying {
  const api = useApi()
  const navigate = useNavigate()
  const run = useCalmly((known) => known.run.detail.record.id)
  const [isBusy, setBusy] = useState(false)
  const replay = useCallback(
    async ({ revision, reason, ...wish }: ReplayWish) => {
      const { checkpoint } = wish
      setBusy(true)
      const { error, data } = await safe(api.runs.replay({ run, ...wish, revision: revision ?? null, reason: reason.trim() }))
      setBusy(false)
      if (data === undefined) {
        if (error instanceof Disconnected) tell.failed('The host does not answer', unknown)
        else tell.failed('Nothing was replayed', error instanceof Error ? error.message : undefined)
        return
      }
      tell.done(`Replayed as ${shortId(data.id)}`, `From checkpoint ${checkpoint}: ${lookOfRun(data).word.toLowerCase()}.`)
      await navigate({ to: '/runs/$run', params: { run: data.id } })
      useReplayDrafts.getState().drop(run)
    },
    [api, navigate, run],
  )
  return { isBusy, replay: useCallback((wish) => void replay(wish), [replay]) }
}
