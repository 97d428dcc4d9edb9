/** Bugs of undoing what was done, to the end of a run or back to a savepoint. */
import type { Bug } from './bug.ts'

type Modules = {
  close: typeof import('../../../src/engine/turn/close.ts')
  compensation: typeof import('../../../src/engine/planner/compensation.ts')
  restore: typeof import('../../../src/engine/turn/restore.ts')
  rollback: typeof import('../../../src/engine/planner/rollback.ts')
  task: typeof import('../../../src/engine/scheduler/task.ts')
}

export const compensationBugs: readonly Bug[] = [
  {
    name: 'compensation goes forwards',
    plants: [
      {
        module: 'planner/compensation.ts',
        instead: (real: Modules['compensation']) => ({
          ...real,
          nextCompensation: (state: Parameters<typeof real.nextCompensation>[0]) => real.owedCompensations(state).at(-1),
        }),
      },
    ],
    found: /invariant 8/,
    seed: 3,
  },
  {
    name: 'a compensation begins while something may still complete',
    plants: [{ module: 'planner/compensation.ts', instead: (real: Modules['compensation']) => ({ ...real, isUnderWay: () => false }) }],
    found: /invariant [68]|cannot move/,
    seed: 3,
  },
  {
    name: 'a compensation that fails is passed over in silence',
    plants: [
      {
        module: 'turn/close.ts',
        instead: (real: Modules['close']) => ({
          ...real,
          compensationFailed: (...[turn, { step, iteration }]: Parameters<typeof real.compensationFailed>) =>
            turn.emit({ type: 'compensation_settled', step, iteration, as: 'given_up' }),
        }),
      },
    ],
    found: /invariant 8: .* nobody has said why/,
    seed: 6,
  },
  {
    name: 'a compensation goes by the key of its step',
    plants: [
      {
        module: 'scheduler/task.ts',
        instead: (real: Modules['task']) => ({
          ...real,
          taskOf: (...given: Parameters<typeof real.taskOf>) => {
            const task = real.taskOf(...given)
            return task.phase === 'compensate' ? { ...task, idempotencyKey: real.taskOf(given[0], { ...given[1], phase: 'run' }, given[2], given[3]).idempotencyKey } : task
          },
        }),
      },
    ],
    found: /invariant 2: effects happened twice/,
    seed: 3,
  },
  {
    name: 'rolling back undoes what was done before the savepoint',
    plants: [{ module: 'planner/rollback.ts', instead: (real: Modules['rollback']) => ({ ...real, isSince: () => true }) }],
    found: /invariant 8: .* is undone though it completed before/,
    seed: 9,
  },
  {
    name: 'rolling back goes back at once',
    plants: [{ module: 'planner/rollback.ts', instead: (real: Modules['rollback']) => ({ ...real, isSince: () => false }) }],
    found: /invariant 8: .* owes its compensation/,
    seed: 28,
  },
  {
    name: 'rolling back knows no bound',
    plants: [{ module: 'planner/rollback.ts', instead: (real: Modules['rollback']) => ({ ...real, rollbacksTo: () => 0 }) }],
    found: /invariant 8: .* rolled back to/,
    seed: 15,
  },
  {
    name: 'rolling back keeps the generation',
    plants: [
      {
        module: 'turn/restore.ts',
        instead: (real: Modules['restore']) => ({
          ...real,
          restore: (...[turn, destination, why]: Parameters<typeof real.restore>) => {
            const { emit } = turn
            turn.emit = (event) => emit.call(turn, event.type === 'run_restored' ? { ...event, generation: turn.state.record.generation } : event)
            const sent = real.restore(turn, destination, why)
            turn.emit = emit
            return sent
          },
        }),
      },
    ],
    found: /invariant|effects happened twice/,
    seed: 3,
  },
]
