/** Bugs of what runs hold over several steps, and of their places. */
import type { Bug } from './bug.ts'

type Modules = {
  holds: typeof import('../../../src/engine/planner/holds.ts')
  needs: typeof import('../../../src/engine/allocation/needs.ts')
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
    seed: 191,
  },
  {
    name: 'who gave way waits where it stood',
    plants: [
      {
        module: 'allocation/needs.ts',
        instead: (real: Modules['needs']) => ({
          ...real,
          waiting: (...given: Parameters<typeof real.waiting>) => before(real.waiting(...given)),
          waitsOf: (...given: Parameters<typeof real.waitsOf>) => real.waitsOf(...given).map(before),
        }),
      },
    ],
    found: /invariant 13: .* has given way more than/,
    seed: 5777,
  },
  {
    name: 'a run that goes on again asks for no place',
    plants: [{ module: 'turn/place-again.ts', instead: (real: object) => ({ ...real, takePlaceAgain: () => undefined, takePlaceBack: () => undefined }) }],
    found: /invariant 13: .* of @runs\S* are held/,
    seed: 11,
  },
]

/** As if it had given way to nobody. */
function before(waiting: ReturnType<Modules['needs']['waiting']>): typeof waiting {
  return { ...waiting, behind: Number.NEGATIVE_INFINITY }
}
