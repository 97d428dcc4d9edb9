import { useMemo } from 'react'
import { type Command, useCommands } from '../../state/commands.ts'
import { titles, useTabs } from './inspector/tabs.ts'
import { useMoves } from './state/moves.ts'
import { useSelect, useSelection } from './state/selection.ts'

const section = 'Selection'

/** What somebody steps to, and the key that does: with Shift the other way. */
const stops = [
  { stop: 'error', key: 'e' },
  { stop: 'loop', key: 'i' },
  { stop: 'decision', key: 'd' },
] as const

/** The keys that move the selection; the run's own actions are beside its buttons. */
export function RunKeys() {
  const moves = useMoves()
  const select = useSelect()
  const selection = useSelection()
  const tabs = useTabs()
  const nothing = Object.values(selection).every((part) => part === undefined)
  const isPast = selection.checkpoint !== undefined || selection.branch !== undefined

  const commands = useMemo((): readonly Command[] => {
    const letGo = (): void => {
      if (isPast) moves.toNow()
      else select({ step: undefined, iteration: undefined, attempt: undefined, against: undefined, tab: undefined })
    }
    return [
      {
        id: 'mark-earlier',
        title: 'Earlier checkpoint',
        section,
        keys: '[',
        otherKeys: ['ArrowLeft', 'h'],
        run: () => moves.by({ marks: -1 }),
      },
      {
        id: 'mark-later',
        title: 'Later checkpoint',
        section,
        keys: ']',
        otherKeys: ['ArrowRight', 'l'],
        run: () => moves.by({ marks: 1 }),
      },
      {
        id: 'row-above',
        title: 'Step above',
        section,
        keys: 'k',
        otherKeys: ['ArrowUp'],
        run: () => moves.by({ rows: -1 }),
      },
      {
        id: 'row-below',
        title: 'Step below',
        section,
        keys: 'j',
        otherKeys: ['ArrowDown'],
        run: () => moves.by({ rows: 1 }),
      },
      {
        id: 'let-go',
        title: 'Back to now, then to the whole run',
        section,
        keys: 'Escape',
        unavailable: nothing ? 'nothing is selected' : undefined,
        run: letGo,
      },
      ...stops.flatMap(({ stop, key }): Command[] => [
        {
          id: `next-${stop}`,
          title: `Next ${stop}, checkpoint by checkpoint`,
          section,
          keys: key,
          run: () => moves.toStop(stop, 1),
        },
        {
          id: `previous-${stop}`,
          title: `Previous ${stop}, checkpoint by checkpoint`,
          section,
          keys: `Shift+${key.toUpperCase()}`,
          run: () => moves.toStop(stop, -1),
        },
      ]),
      ...tabs.map((tab, index): Command => ({
        id: `tab-${tab}`,
        title: `Show: ${titles[tab]}`,
        section,
        ...(index < 10 && { keys: String((index + 1) % 10) }),
        run: () => select({ tab }),
      })),
    ]
  }, [moves, select, isPast, nothing, tabs])
  useCommands(commands)
  return null
}
