import type { Waking } from '../allocation/allocator.ts'
import type { RunId } from '../../model/ids.ts'
import type { Ports } from '../ports.ts'
import { blocked } from '../turn/blocked.ts'
import { takeGranted } from '../turn/take-place.ts'
import type { RunActor } from './run-actor.ts'

/** Has runs that wait take a turn, as the allocator wants it. Whoever is just coming to be is among the live ones a moment later. */
export function wakingOf({ clock, notification }: Pick<Ports, 'clock' | 'notification'>, live: (run: RunId) => RunActor | undefined, isClosed: () => boolean): Waking {
  return {
    granted: async (run) => {
      await Promise.resolve()
      try {
        await live(run)?.learn(takeGranted)
      } catch (error) {
        if (!isClosed()) notification.troubled(`run ${run} did not take what it was granted`, error)
      }
    },
    blocked: async ({ run, pass, failure }, isStill) => {
      const found = clock.now()
      await Promise.resolve()
      await live(run)?.learn((turn) => {
        turn.knowable = found
        if (isStill()) blocked(turn, pass, failure)
      })
    },
  }
}
