import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { forgetPlace } from './place-in-list.ts'
import { type Asking, searchOf } from './search.ts'
import { useViews } from './view-store.ts'

export type Ask = (asking: Asking, view: string | undefined, replace?: boolean) => void

/** Shows another list, from its top. `replace` leaves no step behind for the browser's way back. */
export function useAsk(): Ask {
  const navigate = useNavigate()
  return useCallback(
    (asking, view, replace = false) => {
      const search = searchOf(asking, view)
      forgetPlace(asking)
      useViews.getState().setLast(search)
      void navigate({ to: '/runs', search, replace })
    },
    [navigate],
  )
}
