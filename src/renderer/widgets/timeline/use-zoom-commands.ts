import { Maximize, ZoomIn, ZoomOut } from 'lucide-react'
import { useMemo } from 'react'
import { type Command, useCommands } from '../../state/commands.ts'
import type { ZoomControl } from './use-zoom.ts'

const section = 'Timeline'
/** How many times a press enlarges. */
const times = 1.6
/** Of what is seen, how much a press moves by. */
const share = 1 / 4

/**
 * Offers to the palette and the keyboard, and answers, what can be done to the part that is seen.
 *
 * @param about answers what is enlarged about, in pixels from the left; always the same function
 */
export function useZoomCommands(control: ZoomControl, about: () => number): readonly Command[] {
  const { isWhole, canEnlarge, zoom, move, showWhole } = control
  const step = control.scale.width * share
  const commands = useMemo((): readonly Command[] => {
    const unavailable = isWhole ? 'all of it is shown' : undefined
    return [
      {
        id: 'timeline/out',
        title: 'Zoom out of the timeline',
        section,
        icon: ZoomOut,
        keys: '-',
        unavailable,
        run: () => zoom(1 / times, about()),
      },
      {
        id: 'timeline/in',
        title: 'Zoom into the timeline',
        section,
        icon: ZoomIn,
        keys: '+',
        otherKeys: ['Shift++', '='],
        unavailable: canEnlarge ? undefined : 'a millisecond is as wide as it gets',
        run: () => zoom(times, about()),
      },
      {
        id: 'timeline/whole',
        title: 'Show the whole timeline',
        section,
        icon: Maximize,
        keys: '0',
        unavailable,
        run: showWhole,
      },
      {
        id: 'timeline/earlier',
        title: 'Earlier part of the timeline',
        section,
        keys: 'Shift+ArrowLeft',
        unavailable,
        run: () => move(-step),
      },
      {
        id: 'timeline/later',
        title: 'Later part of the timeline',
        section,
        keys: 'Shift+ArrowRight',
        unavailable,
        run: () => move(step),
      },
    ]
  }, [isWhole, canEnlarge, zoom, move, showWhole, about, step])
  useCommands(commands)
  return commands
}
