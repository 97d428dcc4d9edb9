/** Bugs of timers and of silence. */
import type { Bug } from './bug.ts'

type Modules = {
  timers: typeof import('../../../src/engine/planner/timers.ts')
}

export const timeBugs: readonly Bug[] = [
  {
    name: 'a backoff has no timer',
    plants: [
      {
        module: 'planner/timers.ts',
        instead: (real: Modules['timers']) => ({
          ...real,
          nextTimer: (state: Parameters<typeof real.nextTimer>[0]) => {
            const timer = real.nextTimer(state)
            return timer?.type === 'step_wait' && timer.record.waiting?.for === 'backoff' ? undefined : timer
          },
        }),
      },
    ],
    found: /invariant 6/,
    seed: 1,
  },
  {
    name: 'timers fire a little early',
    plants: [
      {
        module: 'planner/timers.ts',
        instead: (real: Modules['timers']) => ({
          ...real,
          nextTimer: (state: Parameters<typeof real.nextTimer>[0]) => {
            const timer = real.nextTimer(state)
            return timer && { ...timer, due: timer.due - 20 }
          },
        }),
      },
    ],
    found: /invariant 11/,
    seed: 1,
  },
  {
    name: 'an attempt is taken to be silent from when it began, whatever it says',
    plants: [
      {
        module: 'planner/timers.ts',
        instead: (real: Modules['timers']) => ({
          ...real,
          nextTimer: (state: Parameters<typeof real.nextTimer>[0]) => {
            state.heardAt = () => undefined
            return real.nextTimer(state)
          },
        }),
      },
    ],
    found: /invariant 11: .* was ended for its silence/,
    seed: 10,
  },
]
