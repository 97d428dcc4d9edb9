/** Bugs of effects, of what is in doubt, and of the keys under which they are done. */
import type { Bug } from './bug.ts'

type Modules = {
  doubt: typeof import('../../../src/engine/turn/doubt.ts')
  endAttempt: typeof import('../../../src/engine/turn/end-attempt.ts')
  task: typeof import('../../../src/engine/scheduler/task.ts')
}

export const effectBugs: readonly Bug[] = [
  {
    name: 'an effect that was cut off is silently run again',
    plants: [{ module: 'turn/end-attempt.ts', instead: (real: Modules['endAttempt']) => ({ ...real, isInsideUnsafeEffect: () => false }) }],
    found: /invariant 2: effects happened twice/,
    seed: 10,
  },
  {
    name: 'after a restart nobody asks the receiver any more',
    plants: [{ module: 'turn/doubt.ts', instead: (real: Modules['doubt']) => ({ ...real, continueChecking: () => undefined }) }],
    found: /invariant 6: .* in doubt, and nobody|nothing will move/,
    seed: 8,
  },
  {
    name: 'every attempt has an idempotency key of its own',
    plants: [
      {
        module: 'scheduler/task.ts',
        instead: (real: Modules['task']) => ({
          ...real,
          taskOf: (...given: Parameters<typeof real.taskOf>) => {
            const task = real.taskOf(...given)
            return { ...task, idempotencyKey: `${task.idempotencyKey}/${task.ref.attempt}` }
          },
        }),
      },
    ],
    found: /invariant 2: .* has the keys/,
    seed: 1,
  },
]
