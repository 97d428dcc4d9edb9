/** Bugs of what is asked by fewer at once, since it was too much. */
import type { Bug } from './bug.ts'

type Modules = {
  throttles: typeof import('../../../src/engine/throttles/throttles.ts')
  allocator: typeof import('../../../src/engine/allocation/allocator.ts')
}

export const throttleBugs: readonly Bug[] = [
  {
    name: 'a throttle that stands holds nobody back',
    plants: [
      {
        module: 'throttles/throttles.ts',
        instead: (real: Modules['throttles']) => ({
          ...real,
          Throttles: class extends real.Throttles {
            override readonly of = (): readonly string[] => []
          },
        }),
      },
    ],
    found: /invariant 13: .* at once reach .*, and .* may/,
    seed: 21,
  },
  {
    name: 'who is under way already does not count for a throttle that comes to be',
    plants: [
      {
        module: 'allocation/allocator.ts',
        instead: (real: Modules['allocator']) => ({
          ...real,
          Allocator: class extends real.Allocator {
            override rethrottle(): void {
              return undefined
            }
          },
        }),
      },
    ],
    found: /invariant 13: .* at once reach .*, and .* may|invariant 13: nobody serves/,
    seed: 32,
  },
]
