import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useApi } from '../../state/client.ts'
import { tell } from '../../widgets/feedback/toasts.tsx'
import { isBegun, type Tour, useTours } from './tour-store.ts'

export interface TourHands {
  /** How far they are; undefined where nobody has answered the offer yet. */
  readonly tour: Tour | undefined
  readonly take: () => void
  readonly leave: () => void
  readonly move: (change: Partial<Pick<Tour, 'at' | 'run'>>) => void
}

/** The tour of the workspace that is shown; undefined until that is known. */
export function useTour(): TourHands | undefined {
  const api = useApi()
  const { data } = useQuery({ queryKey: ['host'], queryFn: () => api.host.info(), meta: { follows: ['host'] } })
  const workspace = data?.workspace
  const tour = useTours(({ tours }) => (workspace === undefined ? undefined : tours[workspace]))
  return useMemo(() => {
    if (workspace === undefined) return undefined
    const { take, leave, move } = useTours.getState()
    return {
      tour,
      take: () => {
        take(workspace)
        requestAnimationFrame(focusTour)
      },
      leave: () => {
        leave(workspace)
        if (isBegun(tour)) tell.done('You left the tour', '“Take up the tour again” is among the commands.')
        requestAnimationFrame(focusScreen)
      },
      move: (change) => move(workspace, change),
    }
  }, [workspace, tour])
}

export const tourPlace = 'tour'

export function focusTour(): void {
  document.getElementById(tourPlace)?.focus()
}

/** What had the focus is gone with the tour. */
function focusScreen(): void {
  if (document.activeElement === document.body) document.getElementById('screen')?.focus()
}
