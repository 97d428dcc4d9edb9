/**
 * Follows a run for as long as its screen is shown. The first item after a pause is drawn at once; while more come, the
 * screen is drawn once per pace, however many they are.
 *
 * The checkpoints of the run are read behind its head: never two reads at once, and no sooner after one than its pace.
 * A branch is known before any of its checkpoints is.
 */
import { ORPCError } from '@orpc/client'
import { createContext, use, useEffect, useState } from 'react'
import { create, type StoreApi, type UseBoundStore } from 'zustand'
import type { Client } from '../../../../client/client.ts'
import { errors } from '../../../../contract/errors.ts'
import type { FollowItem } from '../../../../contract/streams.ts'
import type { Branch } from '../../../../model/branch.ts'
import type { Checkpoint } from '../../../../model/checkpoint.ts'
import type { Position } from '../../../../model/entry.ts'
import type { RunId } from '../../../../model/ids.ts'
import type { RemovedRun } from '../../../../model/retention.ts'
import { lastOf } from '../../../../model/views.ts'
import { useClient } from '../../../state/client.ts'
import { follow, type FollowedRun } from './followed-run.ts'

export interface Following {
  /** `unknown`: the store has no such run, or none any more. */
  readonly phase: 'loading' | 'known' | 'unknown' | 'broken'
  /** Why it is broken. */
  readonly problem: Error | null
  /** What is left of it, where retention removed it. */
  readonly removed: RemovedRun | null
  readonly run: FollowedRun | undefined
  /** Of all branches, from the first on, with no other gap than what is damaged or was removed. */
  readonly checkpoints: readonly Checkpoint[]
  /** The numbers of those between them that are damaged. */
  readonly damaged: readonly number[]
  /** Why the host does not list them; null where it does. */
  readonly unread: Error | null
  /** Oldest first. How a run stands on the branch that it is on, its record tells. */
  readonly branches: readonly Branch[]
}

export type Known = Following & { readonly run: FollowedRun }

export type FollowingStore = UseBoundStore<StoreApi<Following>>

const pageSize = 1_000
/** In milliseconds: what changes more often is not seen. */
const pace = 100
const checkpointPace = 250
const mostWaiting = 500

export function useFollowing(run: RunId): FollowingStore {
  const client = useClient()
  const [store] = useState(() =>
    create<Following>()(() => ({ phase: 'loading', problem: null, removed: null, run: undefined, checkpoints: [], damaged: [], unread: null, branches: [] })),
  )
  useEffect(() => {
    const left = new AbortController()
    const stop = keepCheckpoints(store, client, run)
    followInto(store, client, run, left.signal).catch((error: unknown) => {
      if (left.signal.aborted) return
      if (error instanceof ORPCError && error.code === 'NOT_FOUND') store.setState({ phase: 'unknown', removed: removedIn(error.data) })
      else store.setState({ phase: 'broken', problem: error instanceof Error ? error : new Error(String(error)) })
    })
    return () => {
      left.abort()
      stop()
    }
  }, [store, client, run])
  return store
}

function removedIn(data: unknown): RemovedRun | null {
  return errors.NOT_FOUND.data.safeParse(data).data?.removed ?? null
}

async function followInto(store: FollowingStore, client: Client, run: RunId, signal: AbortSignal): Promise<void> {
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
  for await (const item of client.followRun(run, { signal })) {
    waiting.push(item)
    // The timers of a hidden tab are late: what waits for one must not pile up.
    if (waiting.length >= mostWaiting) draw()
    else if (!isDue) {
      isDue = true
      setTimeout(draw, drawnAt + pace - performance.now())
    }
  }
}

/** Since when the branches are as they are, as far as that was told. */
function changedBranches({ told }: FollowedRun): Position {
  const isOfBranches = ({ type }: { readonly type: string }): boolean => type === 'run_restored' || type === 'branch_named'
  return told.entries.findLast(({ events }) => events.some(isOfBranches))?.position ?? told.after
}

/** Reads checkpoints until the head is there, again whenever it has moved on. Answers what ends it. */
function keepCheckpoints(store: FollowingStore, client: Client, run: RunId): () => void {
  let isReading = false
  let timer: ReturnType<typeof setTimeout> | undefined
  /** The branches are known as of this position of the journal. */
  let branchesAt = -1

  const missing = (): boolean => {
    const { run: followed, ...known } = store.getState()
    if (followed === undefined) return false
    return (lastOf(known) ?? -1) < followed.detail.record.head || branchesAt < changedBranches(followed)
  }
  /** Answers how many checkpoints there were, the damaged counted. */
  const read = async (): Promise<number> => {
    const known = store.getState()
    const { branches, run: followed } = known
    const last = lastOf(known)
    const { checkpoints, damaged } = await client.api.runs.checkpoints({
      run,
      limit: pageSize,
      ...(last !== undefined && { after: last }),
    })
    const newest = followed === undefined ? -1 : changedBranches(followed)
    const isBegun = (checkpoints.at(-1)?.branch ?? 0) > (branches.at(-1)?.number ?? -1)
    const told = isBegun || branchesAt < newest ? await client.api.runs.branches({ run }) : { branches }
    branchesAt = Math.max(branchesAt, newest)
    store.setState({
      ...told,
      unread: null,
      ...(checkpoints.length > 0 && { checkpoints: [...known.checkpoints, ...checkpoints] }),
      ...(damaged.length > 0 && { damaged: [...known.damaged, ...damaged] }),
    })
    return checkpoints.length + damaged.length
  }
  const catchUp = async (): Promise<void> => {
    if (isReading || !missing()) return
    isReading = true
    // A read that fails is made up for by the next change, or by the whole run that comes with a new connection.
    const found = await read().catch((error: unknown) => {
      if (error instanceof ORPCError) store.setState({ unread: error })
      return undefined
    })
    const wait = found === pageSize ? 0 : checkpointPace
    timer = setTimeout(() => {
      isReading = false
      if (found !== undefined) void catchUp()
    }, wait)
  }

  const unsubscribe = store.subscribe(() => void catchUp())
  return () => {
    unsubscribe()
    clearTimeout(timer)
  }
}

export const FollowingContext = createContext<FollowingStore | undefined>(undefined)

/** @throws Error outside a run's screen */
export function useFollowed<T>(select: (known: Known) => T): T {
  return useKnown(use(FollowingContext), select)
}

/** What is selected of a store that stands in a context. @throws Error where it does not, or knows no run yet */
export function useKnown<T>(store: FollowingStore | undefined, select: (known: Known) => T): T {
  if (store === undefined) throw new Error('no run is followed here')
  return store((following) => {
    if (!isKnown(following)) throw new Error('the run is not known yet')
    return select(following)
  })
}

const isKnown = (following: Following): following is Known => following.run !== undefined
