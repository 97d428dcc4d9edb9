/** Bugs of sending a run back, and of replays. */
import type { Bug } from './bug.ts'

type Modules = {
  arming: typeof import('../../../src/engine/planner/arming.ts')
  migration: typeof import('../../../src/engine/planner/migration.ts')
  replay: typeof import('../../../src/engine/planner/replay.ts')
  restoration: typeof import('../../../src/engine/planner/restoration.ts')
  runState: typeof import('../../../src/engine/state/run-state.ts')
  withdraw: typeof import('../../../src/engine/turn/withdraw.ts')
}

export const goingBackBugs: readonly Bug[] = [
  {
    name: 'questions outlive the run that asked them',
    plants: [{ module: 'turn/withdraw.ts', instead: (real: Modules['withdraw']) => ({ ...real, withdrawDecisions: () => undefined }) }],
    found: /invariant 9|cannot move from (cancelled|superseded)/,
    seed: 6,
  },
  {
    name: 'going back takes what was compensated since as done',
    plants: [{ module: 'planner/restoration.ts', instead: (real: Modules['restoration']) => ({ ...real, undone: () => [] }) }],
    found: /invariant 8/,
    seed: 65,
  },
  {
    name: 'a checkpoint does not hold what a migration has changed',
    plants: [{ module: 'planner/migration.ts', instead: (real: Modules['migration']) => ({ ...real, changesBetween: () => [] }) }],
    found: /invariant 3: the checkpoints of run/,
    seed: 6,
  },
  {
    name: 'a run that has gone on with another definition is read by the old one',
    plants: [
      {
        module: 'state/run-state.ts',
        instead: ({ RunState, ...rest }: Modules['runState']) => ({
          ...rest,
          RunState: class extends RunState {
            readonly #first = super.graph
            override get graph(): typeof RunState.prototype.graph {
              return this.#first
            }
          },
        }),
      },
    ],
    found: /no step|has no \w+#\d|invariant/,
    seed: 3,
  },
  {
    name: 'an answer of a branch that was left is taken for one of the present',
    plants: [
      {
        module: 'state/run-state.ts',
        instead: ({ RunState, ...rest }: Modules['runState']) => ({
          ...rest,
          RunState: class extends RunState {
            override attemptOf(ref: Parameters<InstanceType<typeof RunState>['attemptOf']>[0]): ReturnType<InstanceType<typeof RunState>['attemptOf']> {
              return this.attempt(ref)
            }
          },
        }),
      },
    ],
    found: /invariant 5: .* that it had stopped/,
    seed: 13,
  },
  {
    name: 'a replay touches the outside world by itself',
    plants: [{ module: 'planner/arming.ts', instead: (real: Modules['arming']) => ({ ...real, mustBeArmed: () => false }) }],
    found: /invariant 5: .* nobody has armed it/,
    seed: 3,
  },
  {
    name: 'a replay owes what the other run did',
    plants: [
      {
        module: 'planner/replay.ts',
        instead: (real: Modules['replay']) => ({
          ...real,
          replayBeginning: (...given: Parameters<typeof real.replayBeginning>) => {
            const beginning = real.replayBeginning(...given)
            const passes = beginning.passes.map((pass) => (pass.status === 'completed' ? { ...pass, compensation: 'owed' as const } : pass))
            return { ...beginning, passes }
          },
        }),
      },
    ],
    found: /invariant 8/,
    seed: 6,
  },
]
