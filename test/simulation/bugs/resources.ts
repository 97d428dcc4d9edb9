/** Bugs of who may use what. */
import type { Bug } from './bug.ts'

type Modules = {
  serve: typeof import('../../../src/engine/allocation/serve.ts')
  takePlace: typeof import('../../../src/engine/turn/take-place.ts')
}

export const resourceBugs: readonly Bug[] = [
  {
    name: 'whoever waits for a resource gets it, whoever has it',
    plants: [{ module: 'allocation/serve.ts', instead: (real: Modules['serve']) => ({ ...real, served: <W>(all: Iterable<W>): W[] => [...all] }) }],
    found: /invariant 13: .* are held/,
    seed: 1,
  },
  {
    name: 'what is granted to a run is not taken',
    plants: [{ module: 'turn/take-place.ts', instead: (real: Modules['takePlace']) => ({ ...real, takeGranted: () => undefined }) }],
    found: /invariant 13: nobody serves|invariant 6: .* never ended/,
    seed: 3,
  },
]
