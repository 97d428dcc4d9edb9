import { useEffect, useState } from 'react'
import type { Instant } from '../../../model/ids.ts'
import { hostNow } from '../../state/now.ts'

/** How often what grows is drawn anew, in milliseconds. */
const pace = 250

/** The present while something goes on; stands still, and costs nothing, while nothing does or nobody looks. */
export function useGrowing(goesOn: boolean): Instant {
  const [now, setNow] = useState(() => hostNow())
  useEffect(() => {
    if (!goesOn) return
    const timer = setInterval(() => document.hidden || setNow(hostNow()), pace)
    return () => clearInterval(timer)
  }, [goesOn])
  return now
}
