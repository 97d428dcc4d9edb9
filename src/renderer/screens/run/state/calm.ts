/** The followed run at the pace of an eye: what is dear to draw, or read line by line, need not follow every change. */
import { createContext, use, useEffect, useState } from 'react'
import { create } from 'zustand'
import { type Following, type FollowingStore, type Known, useKnown } from './following.ts'

/** In milliseconds. */
const pace = 250

/** A store that is as the given one, late by the pace at most. */
export function useCalm(store: FollowingStore): FollowingStore {
  const [calm] = useState(() => create<Following>()(() => store.getState()))
  useEffect(() => keepCalm(calm, store), [calm, store])
  return calm
}

/** Keeps one store as another is, late by the pace at most. Answers what ends it. */
export function keepCalm(calm: FollowingStore, store: FollowingStore): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let copiedAt = 0
  const copy = (): void => {
    timer = undefined
    copiedAt = performance.now()
    calm.setState(store.getState())
  }
  const changed = (): void => {
    timer ??= setTimeout(copy, copiedAt + pace - performance.now())
  }
  const unsubscribe = store.subscribe(changed)
  changed()
  return () => {
    unsubscribe()
    clearTimeout(timer)
  }
}

export const CalmContext = createContext<FollowingStore | undefined>(undefined)

/** @throws Error outside a run's screen */
export function useCalmly<T>(select: (known: Known) => T): T {
  return useKnown(use(CalmContext), select)
}
