import { safe } from '@orpc/client'
import { useCallback } from 'react'
import { useApi } from '../../../state/client.ts'
import { tell } from '../../../widgets/feedback/toasts.tsx'
import { useCalmly } from '../state/calm.ts'

export interface Marking {
  /** Each answers whether it was done. */
  readonly takeCheckpoint: (note: string) => Promise<boolean>
  readonly nameBranch: (branch: number, name: string) => Promise<boolean>
  readonly keep: (why: string) => Promise<boolean>
  readonly letGo: () => Promise<void>
}

/** Leaves something on the run that changes nothing of how it goes on, and tells what came of it. */
export function useMarking(): Marking {
  const api = useApi()
  const run = useCalmly((known) => known.run.detail.record.id)
  const kept = useCalmly((known) => known.run.detail.record.kept)
  const takeCheckpoint = useCallback(
    async (note: string) => {
      const { error, data } = await safe(api.runs.checkpoint({ run, note: note === '' ? null : note }))
      if (data !== undefined) tell.done(`Checkpoint ${data.head} was taken`, note)
      else tell.failed('No checkpoint was taken', error instanceof Error ? error.message : undefined)
      return data !== undefined
    },
    [api, run],
  )
  const nameBranch = useCallback(
    async (branch: number, name: string) => {
      const { error, data } = await safe(api.runs.nameBranch({ run, branch, name: name === '' ? null : name }))
      if (data === undefined) tell.failed('The branch was not named', error instanceof Error ? error.message : undefined)
      return data !== undefined
    },
    [api, run],
  )
  const wish = useCallback(
    async (keep: boolean, why: string | null) => {
      const { error, data } = await safe(api.runs.keep({ run, keep, reason: why }))
      if (data === undefined) tell.failed(keep ? 'The run is not kept' : 'The run is still kept', error instanceof Error ? error.message : undefined)
      return data !== undefined
    },
    [api, run],
  )
  const letGo = useCallback(async () => {
    if (await wish(false, null)) tell.done('Retention may remove the run again', undefined, { label: 'Undo', run: () => void wish(true, kept?.why ?? null) })
  }, [wish, kept])
  const keep = useCallback(
    async (why: string) => {
      const isDone = await wish(true, why === '' ? null : why)
      if (isDone) tell.done('Retention leaves the run alone', why, { label: 'Undo', run: () => void wish(false, null) })
      return isDone
    },
    [wish],
  )
  return { takeCheckpoint, nameBranch, keep, letGo }
}
