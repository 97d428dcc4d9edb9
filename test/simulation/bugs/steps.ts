/** Bugs of when steps start, loop and stand in for others. */
import { isSettled } from '../../../src/engine/state/run-state.ts'
import type { Bug, Plant } from './bug.ts'

type Modules = {
  loop: typeof import('../../../src/engine/planner/loop.ts')
  readiness: typeof import('../../../src/engine/planner/readiness.ts')
  repetition: typeof import('../../../src/engine/detection/repetition.ts')
  standstill: typeof import('../../../src/engine/planner/standstill.ts')
}

const neverFallsBack: Plant = {
  module: 'planner/readiness.ts',
  instead: (real: Modules['readiness']) => ({
    ...real,
    readiness: (...[state, id]: Parameters<typeof real.readiness>) => (state.manifest(id).onlyAsFallback ? 'hold' : real.readiness(state, id)),
  }),
}

export const stepBugs: readonly Bug[] = [
  {
    name: 'a step starts when the first of its needs is settled',
    plants: [
      {
        module: 'planner/readiness.ts',
        instead: (real: Modules['readiness']) => ({
          ...real,
          readiness: (...[state, id]: Parameters<typeof real.readiness>) => {
            const answer = real.readiness(state, id)
            const first = state.manifest(id).needs.at(0)
            const early = answer === 'hold' && first !== undefined && state.step(id).status === 'pending'
            return early && isSettled(state.step(first)) ? 'start' : answer
          },
        }),
      },
    ],
    found: /invariant 2: .* needs/,
    seed: 3,
  },
  {
    name: 'a loop knows no bound',
    plants: [{ module: 'planner/loop.ts', instead: (real: Modules['loop']) => ({ ...real, loopBudget: () => ({ used: 0, left: 1 }) }) }],
    found: /looped \d+ times/,
    seed: 25,
  },
  {
    name: 'a run goes round in a circle, and nobody notices',
    plants: [{ module: 'detection/repetition.ts', instead: (real: Modules['repetition']) => ({ ...real, periodOf: () => undefined, returns: () => [] }) }],
    found: /invariant 6: .* went round in a circle/,
    seed: 52,
  },
  {
    name: 'a loop is taken for a circle by its steps alone',
    plants: [
      {
        module: 'detection/repetition.ts',
        instead: (real: Modules['repetition']) => ({
          ...real,
          periodOf: (passes: Parameters<typeof real.periodOf>[0], times: number) => real.periodOf(passes.map((pass) => ({ ...pass, to: '' })), times),
        }),
      },
    ],
    found: /invariant 6: .* is said to go round in a circle/,
    seed: 28,
  },
  {
    name: 'a fallback never starts',
    plants: [neverFallsBack],
    found: /invariant 6: run \w+ came to a standstill: .* waits for \w+ to stand in for it/,
    seed: 3,
  },
  {
    name: 'a fallback never starts, and nobody sees that the run stands still',
    plants: [neverFallsBack, { module: 'planner/standstill.ts', instead: (real: Modules['standstill']) => ({ ...real, standsStill: () => false }) }],
    found: /invariant 6: nothing will move/,
    seed: 3,
  },
]
