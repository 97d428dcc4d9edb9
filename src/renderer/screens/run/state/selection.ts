/** What is looked at of a run. It stands in the address, and every part of the screen reads and moves it there. */
import { getRouteApi } from '@tanstack/react-router'
import { createContext, use, useCallback } from 'react'
import { z } from 'zod'
import { StepId } from '../../../../model/ids.ts'

export const Tab = z.enum(['step', 'state', 'changes', 'attempts', 'errors', 'logs', 'journal', 'restore', 'replay', 'mail'])
export type Tab = z.infer<typeof Tab>

const number = z.int().nonnegative().optional().catch(undefined)

/** What does not parse is left out: a link that was cut off still leads to the run. */
export const Selection = z.object({
  step: StepId.optional().catch(undefined),
  /** Of the step; the newest where it is left out. */
  iteration: z.int().min(1).optional().catch(undefined),
  /** Of the iteration. */
  attempt: z.int().min(1).optional().catch(undefined),
  /** The run is shown as it was then; as it is now, or as its branch was left, where this is left out. */
  checkpoint: number,
  /** The one that the run is on where this is left out. */
  branch: number,
  /** The checkpoint that the shown one is compared with. */
  against: number,
  tab: Tab.optional().catch(undefined),
})
export type Selection = z.infer<typeof Selection>

const ofMoments: readonly (Tab | undefined)[] = ['state', 'changes', 'restore', 'replay']

/** The tab that a moment is looked at in, where this one was shown before. */
export function tabOfMoment(tab: Tab | undefined): Tab {
  return tab !== undefined && ofMoments.includes(tab) ? tab : 'changes'
}

const route = getRouteApi('/runs/$run')

/** It is read off the address once for the whole screen, and asked for by many parts in every frame of a scrub. */
export const SelectionContext = createContext<Selection>({})

export function useAddressed(): Selection {
  return route.useSearch()
}

export function useSelection(): Selection {
  return use(SelectionContext)
}

type Change = Partial<Selection>

/** Moves the selection: what is not named stays, what is undefined is let go. */
export function useSelect(): (change: Change) => void {
  const write = useWrittenSelect()
  return useCallback((change) => void write(change), [write])
}

/** The same for who must know when it stands in the address (then it resolves), or moves it by what stands there. */
export function useWrittenSelect(): (change: Change | ((selection: Selection) => Change)) => Promise<void> {
  const navigate = route.useNavigate()
  return useCallback(
    (change) =>
      navigate({
        search: (selection) => ({ ...selection, ...(typeof change === 'function' ? change(selection) : change) }),
        replace: true,
      }),
    [navigate],
  )
}
