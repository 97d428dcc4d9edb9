import { type RefObject, useEffect, useRef } from 'react'

/** Alt with an arrow, pressed anywhere in an item of the list, moves that item; of nested lists the inner one's. */
export function useItemKeys(move: (index: number, by: number) => void): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const { current } = list
    const press = (event: KeyboardEvent): void => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
      if (!event.altKey || by === undefined || event.defaultPrevented || !(event.target instanceof Element)) return
      event.preventDefault()
      const item = [...(current?.children ?? [])].findIndex((each) => each.contains(event.target instanceof Node ? event.target : null))
      if (item !== -1) move(item, by)
    }
    current?.addEventListener('keydown', press)
    return () => current?.removeEventListener('keydown', press)
  }, [move])
  return list
}
