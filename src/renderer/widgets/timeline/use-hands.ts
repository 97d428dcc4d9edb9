import { type RefObject, useEffect, useEffectEvent } from 'react'
import type { ZoomControl } from './use-zoom.ts'

/** Of a wheel that turns by lines, in pixels. */
const line = 16
/** So many pixels of the wheel enlarge it by e. */
const pixelsPerE = 400
/** Of what is seen, how much an arrow moves by. */
const share = 1 / 4

const arrows: Readonly<Partial<Record<string, number>>> = { ArrowLeft: -share, ArrowRight: share }

/**
 * Wheel, pointer and arrows over a timeline. Ctrl and the wheel enlarge about the pointer, as two fingers do; Shift and
 * the wheel or the arrows, a wheel that goes sideways, and a pointer that takes hold of the empty ground move. A wheel
 * alone goes through the rows. The page's own answer to a wheel is prevented, which only a listener of our own may do.
 *
 * @param plot what the time is laid on, somewhere within
 */
export function useHands(
  around: RefObject<HTMLElement | null>,
  plot: RefObject<HTMLElement | null>,
  control: ZoomControl,
): void {
  const { isWhole, zoom, move, scale } = control

  const wheel = useEffectEvent((event: WheelEvent) => {
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? line : 1
    const [across, along] = [event.deltaX * unit, event.deltaY * unit]
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault()
      zoom(Math.exp(-along / pixelsPerE), event.clientX - (plot.current?.getBoundingClientRect().left ?? 0))
    } else if (!isWhole && (event.shiftKey || Math.abs(across) > Math.abs(along))) {
      event.preventDefault()
      move(across === 0 ? along : across)
    }
  })
  const press = useEffectEvent((event: KeyboardEvent) => {
    const by = event.shiftKey ? arrows[event.key] : undefined
    if (by === undefined || isWhole) return
    event.preventDefault()
    move(by * scale.width)
  })
  const drag = useEffectEvent((pixels: number) => move(pixels))

  useEffect(() => {
    const element = around.current
    if (element === null) return undefined
    const left = new AbortController()
    const { signal } = left
    element.addEventListener('wheel', (event) => wheel(event), { passive: false, signal })
    element.addEventListener('keydown', (event) => press(event), { signal })
    dragging(element, (pixels) => drag(pixels), signal)
    return () => left.abort()
  }, [around])
}

/** Tells by how many pixels what is held moves on. Buttons, and the track that a press chooses on, are not held. */
function dragging(element: HTMLElement, move: (pixels: number) => void, signal: AbortSignal): void {
  let held: number | undefined
  const letGo = (): void => {
    held = undefined
  }
  element.addEventListener(
    'pointerdown',
    ({ target, button, clientX, pointerId }) => {
      if (button !== 0 || !(target instanceof Element) || target.closest('.plot') === null) return
      if (target.closest('button, [role="slider"]') !== null) return
      element.setPointerCapture(pointerId)
      held = clientX
    },
    { signal },
  )
  element.addEventListener(
    'pointermove',
    ({ clientX }) => {
      if (held === undefined) return
      move(held - clientX)
      held = clientX
    },
    { signal },
  )
  element.addEventListener('pointerup', letGo, { signal })
  element.addEventListener('pointercancel', letGo, { signal })
}
