/**
 * Follows a run for as long as its screen is shown. The first item after a pause is drawn with the next frame; while
 * more come, the screen is drawn once per pace, however many they are.
 *
 * The checkpoints of the run are read behind its head: as often as it moves, but never two reads at once.
 */
import { ORPCError } from '@orpc/client'
import { createContext, use, useEffect, useState } from 'react'
import { create, type StoreApi, type UseBoundStore } from 'zustand'
import type { Client } from '../../../../client/client.ts'
import type { FollowItem } from '../../../../contract/streams.ts'
import type { Checkpoint } from '../../../../model/checkpoint.ts'
import type { RunId } from '../../../../model/ids.ts'
import { useClient } from '../../../state/client.ts'
import { follow, type FollowedRun } from './followed-run.ts'

export interface Following {
  /** `unknown`: the store has no such run. */
  readonly phase: 'loading' | 'known' | 'unknown' | 'broken'
  /** Why it is broken. */
  readonly problem: string | null
  readonly run: FollowedRun | undefined
  /** Of the run's branch, from the first on without a gap. */
  readonly checkpoints: readonly Checkpoint[]
}

type Store = UseBoundStore<StoreApi<Following>>

const pageSize = 1_000
/** In milliseconds. */
const pace = 50
const mostWaiting = 500

export function useFollowing(run: RunId): Store {
  const client = useClient()
  const [store] = useState(() =>
    create<Following>()(() => ({ phase: 'loading', problem: null, run: undefined, checkpoints: [] })),
  )
  useEffect(() => {
    const left = new AbortController()
    const stop = keepCheckpoints(store, client, run)
    followInto(store, client, run, left.signal).catch((error: unknown) => {
      if (left.signal.aborted) return
      if (error instanceof ORPCError && error.code === 'NOT_FOUND') store.setState({ phase: 'unknown' })
      else store.setState({ phase: 'broken', problem: error instanceof Error ? error.message : String(error) })
    })
    return () => {
      left.abort()
      stop()
    }
  }, [store, client, run])
  return store
}

async function followInto(store: Store, client: Client, run: RunId, signal: AbortSignal): Promise<void> {
  let waiting: FollowItem[] = []
  let drawnAt = 0
  let isDue = false
  const draw = (): void => {
    isDue = false
    drawnAt = performance.now()
    const followed = follow(store.getState().run, waiting)
    waiting = []
    if (followed !== undefined) store.setState({ run: followed, phase: 'known' })
  }
  const onFrame = (): void => {
    if (performance.now() - drawnAt < pace) requestAnimationFrame(onFrame)
    else draw()
  }
  for await (const item of client.followRun(run, { signal })) {
    waiting.push(item)
    // A hidden tab gets no frames: what waits for its next one must not pile up.
    if (waiting.length >= mostWaiting) draw()
    else if (!isDue) {
      isDue = true
      requestAnimationFrame(onFrame)
    }
  }
}

/** Reads checkpoints until the head is there, again whenever it has moved on. Answers what ends it. */
function keepCheckpoints(store: Store, client: Client, run: RunId): () => void {
  let isReading = false

  const catchUp = async (): Promise<void> => {
    const { run: followed, checkpoints } = store.getState()
    const last = checkpoints.at(-1)?.number
    if (isReading || followed === undefined || (last ?? -1) >= followed.detail.record.head) return
    isReading = true
    const page = await client.api.runs
      .checkpoints({ run, limit: pageSize, ...(last !== undefined && { after: last }) })
      .finally(() => {
        isReading = false
      })
    if (page.checkpoints.length > 0) store.setState({ checkpoints: [...checkpoints, ...page.checkpoints] })
  }

  // A read that fails is made up for by the next change, or by the whole run that comes with a new connection.
  return store.subscribe(() => void catchUp().catch(() => undefined))
}

export const FollowingContext = createContext<Store | undefined>(undefined)

/** @throws Error outside a run's screen */
export function useFollowed<T>(select: (known: Following & { readonly run: FollowedRun }) => T): T {
  const store = use(FollowingContext)
  if (store === undefined) throw new Error('no run is followed here')
  return store((following) => {
    if (following.run === undefined) throw new Error('the run is not known yet')
    return select({ ...following, run: following.run })
  })
}
