/** Bugs of runs and their children. */
import type { Bug } from './bug.ts'

type Modules = {
  calling: typeof import('../../../src/engine/scheduler/calling.ts')
  childOver: typeof import('../../../src/engine/planner/child-over.ts')
  childWish: typeof import('../../../src/engine/planner/child-wish.ts')
}

export const childBugs: readonly Bug[] = [
  {
    name: 'a parent hears nothing of a child that ended while its host was down',
    plants: [
      {
        module: 'planner/child-wish.ts',
        instead: (real: Modules['childWish']) => {
          const wishes: typeof real.wishes = (state, before) => {
            const known = [...before]
            return real.wishes(state, known).filter(({ of }) => known.some(({ child }) => child === of.child))
          }
          return { ...real, wishes }
        },
      },
    ],
    found: /invariant 6/,
    seed: 92,
  },
  {
    name: 'what a child did is not undone with its parent',
    plants: [
      {
        module: 'planner/child-over.ts',
        instead: (real: Modules['childOver']) => {
          const isOver: typeof real.isOver = (child, wish) => wish.end === 'undo' || real.isOver(child, wish)
          return { ...real, isOver }
        },
      },
    ],
    found: /invariant 8: child .* is undone, and/,
    seed: 29,
  },
  {
    name: 'the child of a disarmed run is armed',
    plants: [
      {
        module: 'scheduler/calling.ts',
        instead: (real: Modules['calling']) => {
          const childFor: typeof real.childFor = (ports, of, caller, given) => real.childFor(ports, of, { ...caller, record: { ...caller.record, disarmed: false } }, given)
          return { ...real, childFor }
        },
      },
    ],
    found: /invariant 5: child .* not disarmed/,
    seed: 29,
  },
]
