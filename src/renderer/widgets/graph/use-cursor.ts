import { useLayoutEffect, useMemo, useState } from 'react'
import type { Item } from './collapse.ts'
import type { CanvasProps } from './graph-props.ts'
import { type Direction, neighbour } from './neighbour.ts'
import type { Camera } from './use-camera.ts'

export interface Cursor {
  /** The item that is at hand: the selected step, or a fold that the keyboard is at. */
  readonly current: string | null
  go(direction: Direction): void
  /** Selects a step, unfolds a fold. */
  press(item: string): void
  /** Opens a step, unfolds a fold. */
  open(item: string): void
  clear(): void
}

/** The one selection, and the fold that the keyboard may be at instead. */
export function useCursor({ placed, folding, store, selected, onSelect, onOpen }: CanvasProps, camera: Camera): Cursor {
  const { view, layout } = placed
  const [fold, setFold] = useState<string | null>(null)
  const items = useMemo(() => new Map<string, Item>(view.items.map((item) => [item.id, item])), [view])
  const current = selected ?? (fold !== null && items.has(fold) ? fold : null)
  useLayoutEffect(() => store.setState({ current }), [store, current])

  const go = (id: string | undefined): void => {
    const item = id === undefined ? undefined : items.get(id)
    if (item === undefined) return
    setFold(item.type === 'fold' ? item.id : null)
    onSelect(item.type === 'fold' ? null : item.id)
  }
  return {
    current,
    go: (direction) => {
      if (current === null) return go(camera.middle())
      const linked = view.edges.flatMap(({ from, to }) => (from === current ? [to] : to === current ? [from] : []))
      go(neighbour(current, direction, layout.boxes, new Set(linked)))
    },
    press: (id) => {
      const item = items.get(id)
      if (item?.type !== 'fold') return go(id)
      camera.leaveAlone()
      folding.open(item)
    },
    open: (id) => {
      const item = items.get(id)
      if (item?.type === 'step') onOpen(item.id)
      if (item?.type !== 'fold') return
      camera.leaveAlone()
      folding.open(item)
      onSelect(item.steps[0] ?? null)
    },
    clear: () => {
      setFold(null)
      onSelect(null)
    },
  }
}
