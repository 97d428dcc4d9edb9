/** What is looked at of a run. It stands in the address, and every part of the screen reads and moves it there. */
import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { z } from 'zod'
import { StepId } from '../../../../model/ids.ts'

export const Tab = z.enum(['step', 'state', 'changes', 'attempts', 'errors', 'logs', 'journal', 'mail'])
export type Tab = z.infer<typeof Tab>

/** What does not parse is left out: a link that was cut off still leads to the run. */
export const Selection = z.object({
  step: StepId.optional().catch(undefined),
  /** Of the step; the newest where it is left out. */
  iteration: z.int().min(1).optional().catch(undefined),
  /** Of the iteration. */
  attempt: z.int().min(1).optional().catch(undefined),
  /** The run is shown as it was then; as it is now where this is left out. */
  checkpoint: z.int().nonnegative().optional().catch(undefined),
  tab: Tab.optional().catch(undefined),
})
export type Selection = z.infer<typeof Selection>

const route = getRouteApi('/runs/$run')

export function useSelection(): Selection {
  return route.useSearch()
}

/** Moves the selection: what is not named stays, what is undefined is let go. */
export function useSelect(): (change: Partial<Selection>) => void {
  const navigate = route.useNavigate()
  return useCallback(
    (change) => void navigate({ search: (selection) => ({ ...selection, ...change }), replace: true }),
    [navigate],
  )
}
