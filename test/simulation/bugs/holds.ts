/** Bugs of what runs hold over several steps, and of their places. */
import type { Bug } from './bug.ts'

type Modules = {
  holds: typeof import('../../../src/engine/planner/holds.ts')
  serve: typeof import('../../../src/engine/allocation/serve.ts')
  untangler: typeof import('../../../src/engine/allocation/untangler.ts')
}

export const holdBugs: readonly Bug[] = [
  {
    name: 'runs wait for one another, and nobody looks',
    plants: [
      {
        module: 'allocation/untangler.ts',
        instead: ({ Untangler }: Modules['untangler']) => ({
          Untangler: class extends Untangler {
            override look(): void {}
          },
        }),
      },
    ],
    found: /invariant 13: nobody gives way|invariant 6: .* never ended/,
    seed: 89,
  },
  {
    name: 'what is held for one step is taken to hang on no other',
    plants: [
      {
        module: 'planner/holds.ts',
        instead: (real: Modules['holds']) => ({
          ...real,
          hangsOn: (...[state, passes]: Parameters<typeof real.hangsOn>) => real.hangsOn(state, passes).filter(({ step }) => passes.some((pass) => pass.step === step)),
        }),
      },
    ],
    found: /invariant 13: nobody gives way|invariant 6: .* never ended/,
    seed: 89,
  },
  {
    name: 'whoever comes first has what another gave way for',
    plants: [
      {
        module: 'allocation/serve.ts',
        instead: (real: Modules['serve']) => ({
          ...real,
          served: (...[inOrder, capacity, free, entangled]: Parameters<typeof real.served>) =>
            real.served(inOrder, capacity, free, { waitsFor: entangled?.waitsFor ?? (() => false), yields: () => false }),
        }),
      },
    ],
    found: /invariant 13: .* has given way more than/,
    seed: 89,
  },
  {
    name: 'a run that goes on again asks for no place',
    plants: [{ module: 'turn/place-again.ts', instead: (real: object) => ({ ...real, takePlaceAgain: () => undefined, takePlaceBack: () => undefined }) }],
    found: /invariant 13: .* of @runs\S* are held/,
    seed: 11,
  },
]
