import { skipToken, useQuery } from '@tanstack/react-query'
import { useMatch } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { RunDetail } from '../../../model/views.ts'
import { useApi } from '../../state/client.ts'
import { useNews } from '../../state/news.ts'
import { isOwn, nextStop } from './stops.ts'
import type { Tour } from './tour-store.ts'
import type { TourHands } from './use-tour.ts'

/** How often the run is read anew while it moves all the time, in milliseconds. */
const pace = 500

/** Goes on to the next stop as the person has done what this one is about. Returns what is known of their run. */
export function useGoingOn({ at, run, since }: Tour, move: TourHands['move']): RunDetail | undefined {
  const api = useApi()
  const shown = useMatch({ from: '/runs/$run', shouldThrow: false })
  const told = useNews(({ runs }) => runs)
  const { data } = useQuery({
    queryKey: ['tour', run],
    queryFn: run === null ? skipToken : () => api.runs.get({ run }),
    meta: { follows: ['runs'], pace },
  })

  const looked = shown === undefined ? undefined : [...told.values()].find(({ id }) => id === shown.params.run)
  const own = run === null && looked !== undefined && isOwn(looked, since) ? looked.id : undefined
  const isThere = run !== null && shown?.params.run === run
  const isReplayed = run !== null && [...told.values()].some(({ origin }) => origin?.run === run)
  const next = nextStop(at, {
    run: data,
    choice: isThere ? { step: shown.search.step !== undefined, checkpoint: shown.search.checkpoint !== undefined } : undefined,
    isReplayed,
  })

  useEffect(() => {
    if (own !== undefined) move({ run: own })
    else if (next !== at) move({ at: next })
  }, [own, next, at, move])
  return data
}
