import { skipToken, useQuery } from '@tanstack/react-query'
import { useMatch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { RunId } from '../../../model/ids.ts'
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
  const looked = RunId.safeParse(shown?.params.run).data
  const about = run ?? looked
  const { data } = useQuery({
    queryKey: ['tour', about],
    queryFn: about === undefined ? skipToken : () => api.runs.get({ run: about }),
    meta: { follows: ['runs'], pace },
  })
  const detail = run === null ? undefined : data
  // Who skips to start a run is shown the way with whichever they look at.
  const own = run === null && data !== undefined && (at !== 'start' || isOwn(data.record, since)) ? looked : undefined
  const there = run !== null && looked === run ? shown?.search : undefined
  const isReplayed = run !== null && [...told.values()].some(({ origin }) => origin?.run === run)
  const next = nextStop(at, {
    run: detail,
    choice: there && { step: there.step !== undefined, checkpoint: there.checkpoint !== undefined },
    isReplayed,
  })

  useEffect(() => {
    if (own !== undefined) move({ run: own })
    else if (next !== at) move({ at: next })
  }, [own, next, at, move])
  return detail
}
