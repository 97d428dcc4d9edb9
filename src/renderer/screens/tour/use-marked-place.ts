import { useEffect } from 'react'

/** What carries it has an edge drawn around it. */
const markedAttribute = 'data-tour-here'

/** Marks the first of these places that is there and seen, whatever the screens show meanwhile. */
export function useMarkedPlace(places: readonly string[]): void {
  useEffect(() => {
    let marked: Element | undefined
    const mark = (): void => {
      const place = places.map((each) => document.querySelector(each)).find((element) => element?.checkVisibility()) ?? undefined
      if (place === marked) return
      marked?.removeAttribute(markedAttribute)
      place?.setAttribute(markedAttribute, '')
      marked = place
    }
    mark()
    const observer = new MutationObserver(mark)
    observer.observe(document.body, { childList: true, subtree: true })
    return () => {
      observer.disconnect()
      marked?.removeAttribute(markedAttribute)
    }
  }, [places])
}
