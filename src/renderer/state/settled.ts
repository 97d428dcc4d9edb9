import { useEffect, useState } from 'react'

/** The value as it was when it last rested for so many milliseconds. */
export function useSettled(value: string, rest: number): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    if (value === settled) return
    const timer = setTimeout(() => setSettled(value), rest)
    return () => clearTimeout(timer)
  }, [value, settled, rest])
  return settled
}
