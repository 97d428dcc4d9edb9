import { useVirtualizer } from '@tanstack/react-virtual'
import { type UIEvent, useEffect, useRef, useState } from 'react'

/** So near its end, in pixels, a list is taken to be at it. */
const nearEnd = 24

/** A list that grows at its end: it stays at the newest line until somebody scrolls up. `height` is what a line usually has, in pixels. */
export function useNewest(count: number, height: number) {
  const [follows, setFollows] = useState(true)
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({ count, getScrollElement: () => scroller.current, estimateSize: () => height, overscan: 12 })
  useEffect(() => {
    if (follows && count > 0) virtual.scrollToIndex(count - 1)
  }, [virtual, follows, count])
  const onScroll = ({ currentTarget: { scrollTop, scrollHeight, clientHeight } }: UIEvent<HTMLDivElement>): void => {
    const isAtEnd = scrollHeight - scrollTop - clientHeight < nearEnd
    if (isAtEnd !== follows) setFollows(isAtEnd)
  }
  return { virtual, scroller, follows, setFollows, onScroll }
}
