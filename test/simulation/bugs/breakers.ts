/** Bugs of breakers. */
import type { Bug } from './bug.ts'

type Modules = {
  breaker: typeof import('../../../src/engine/breakers/breaker.ts')
}

export const breakerBugs: readonly Bug[] = [
  {
    name: 'a breaker that is open lets everybody through',
    plants: [{ module: 'breakers/breaker.ts', instead: (real: Modules['breaker']) => ({ ...real, heldUntil: () => null }) }],
    found: /invariant 14: .* ms before its breaker lets it/,
    seed: 6,
  },
  {
    name: 'a breaker that has cooled down lets everybody through',
    plants: [
      {
        module: 'breakers/breaker.ts',
        instead: (real: Modules['breaker']) => ({
          ...real,
          heldUntil: (...[breaker, who, now, rules]: Parameters<typeof real.heldUntil>) => real.heldUntil({ ...breaker, probe: null }, who, now, rules),
        }),
      },
    ],
    found: /invariant 14: .* is let through alone/,
    seed: 30,
  },
]
