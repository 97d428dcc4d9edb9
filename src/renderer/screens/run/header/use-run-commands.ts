import { Ban, BookmarkPlus, HeartPulse, Link2, Pause, Pin, PinOff, Play, RotateCw } from 'lucide-react'
import { useMemo } from 'react'
import { type Command, useCommands } from '../../../state/commands.ts'
import type { Unavailable } from './available.ts'
import type { Asked } from './run-dialogs.tsx'
import type { Acting } from './use-acting.ts'

const section = 'Run'

/** What the palette and the keyboard can have done to a run. */
export interface Doable extends Pick<Acting, 'act'> {
  /** It is paused or set aside: what can be done is to resume it. */
  readonly stands: boolean
  readonly isKept: boolean
  readonly unavailable: Unavailable
  /** Asks for what goes along first. */
  readonly ask: (what: Asked) => void
  readonly startAgain: () => void
  readonly turnKept: () => void
  readonly copyLink: () => void
}

/** `doable` holds functions that stay the same as long as what they do does. */
export function useRunCommands({ stands, isKept, unavailable, act, ask, startAgain, turnKept, copyLink }: Doable): void {
  const commands = useMemo((): readonly Command[] => {
    const turn = stands ? 'resume' : 'pause'
    return [
      {
        id: 'run-turn',
        title: stands ? 'Resume the run' : 'Pause the run',
        section,
        icon: stands ? Play : Pause,
        keys: 'p',
        unavailable: unavailable[turn],
        asksHost: true,
        run: () => void act(turn),
      },
      {
        id: 'run-cancel',
        title: 'Cancel the run…',
        section,
        icon: Ban,
        keys: 'c',
        also: 'stop abort',
        unavailable: unavailable.cancel,
        asksHost: true,
        run: () => ask('cancel'),
      },
      {
        id: 'run-recover',
        title: 'Recover the run…',
        section,
        icon: HeartPulse,
        also: 'repair retry failed heal',
        unavailable: unavailable.recover,
        asksHost: true,
        run: () => ask('recover'),
      },
      {
        id: 'run-again',
        title: 'Start again with this input…',
        section,
        icon: RotateCw,
        keys: 'a',
        also: 'rerun repeat',
        run: startAgain,
      },
      {
        id: 'run-mark',
        title: 'Take a checkpoint…',
        section,
        icon: BookmarkPlus,
        keys: 'm',
        also: 'save mark bookmark note',
        unavailable: unavailable.mark,
        asksHost: true,
        run: () => ask('mark'),
      },
      {
        id: 'run-keep',
        title: isKept ? 'Let retention remove the run' : 'Keep the run…',
        section,
        icon: isKept ? PinOff : Pin,
        also: 'retention hold pin protect',
        asksHost: true,
        run: turnKept,
      },
      { id: 'run-link', title: 'Copy a link to what is shown', section, icon: Link2, keys: 'y', run: copyLink },
    ]
  }, [stands, isKept, unavailable, act, ask, startAgain, turnKept, copyLink])
  useCommands(commands)
}
