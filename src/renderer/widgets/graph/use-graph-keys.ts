import type { KeyboardEvent } from 'react'
import type { CanvasProps } from './graph-props.ts'
import type { Direction } from './neighbour.ts'
import type { Camera } from './use-camera.ts'
import type { Cursor } from './use-cursor.ts'

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  h: 'left',
  l: 'right',
  k: 'up',
  j: 'down',
}

/** Keys of the graph while it has the focus. Those that it takes are nobody else's. */
export function useGraphKeys(
  { selected, folding }: Pick<CanvasProps, 'selected' | 'folding'>,
  camera: Camera,
  cursor: Cursor,
  search: () => void,
): (event: KeyboardEvent) => void {
  const doing: Readonly<Record<string, () => void>> = {
    '+': () => camera.zoom('in'),
    '=': () => camera.zoom('in'),
    '-': () => camera.zoom('out'),
    '0': () => camera.fit(),
    z: () => selected !== null && folding.close(selected),
    '/': search,
  }
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const act = actionOf(event.key)
    if (act === undefined) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }

  function actionOf(key: string): (() => void) | undefined {
    const direction = directions[key]
    if (direction !== undefined) return () => cursor.go(direction)
    const { current } = cursor
    // Without a selection, Enter and Esc belong to the screen around.
    if (key === 'Enter') return current === null ? undefined : () => cursor.open(current)
    if (key === 'Escape') return current === null ? undefined : cursor.clear
    return doing[key]
  }
}
