import { useCallback, useLayoutEffect, useRef } from 'react'

/**
 * The same function from the first drawing on, which does what the newest one does: for handlers, that nothing need be
 * drawn again for.
 */
export function useStable<Given extends readonly unknown[], Answer>(newest: (...given: Given) => Answer): (...given: Given) => Answer {
  const latest = useRef(newest)
  useLayoutEffect(() => {
    latest.current = newest
  })
  return useCallback((...given: Given) => latest.current(...given), [])
}
