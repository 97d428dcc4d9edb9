import { useEffect, useRef, useState } from 'react'

/** A value that changes at most once in so many milliseconds, and not at all while it is held. The last one always comes. */
export function usePaced<T>(value: T, pace: number, held = false): T {
  const [shown, setShown] = useState(value)
  const last = useRef(0)
  useEffect(() => {
    if (held || Object.is(shown, value)) return undefined
    const show = (): void => {
      last.current = performance.now()
      setShown(() => value)
    }
    const timer = setTimeout(show, Math.max(0, last.current + pace - performance.now()))
    return () => clearTimeout(timer)
  }, [value, shown, pace, held])
  return shown
}
