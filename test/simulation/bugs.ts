/**
 * Bugs that are planted into the real engine, one at a time. A simulation that does not find them proves nothing.
 *
 * Each says what of which module is another, what the simulation has to say of it, and a seed that finds it: where that does not
 * any more, since lives go another way, the others are searched.
 */
import type { Json } from '../../src/model/json.ts'
import { isSettled } from '../../src/engine/state/run-state.ts'

type Modules = {
  arming: typeof import('../../src/engine/planner/arming.ts')
  close: typeof import('../../src/engine/turn/close.ts')
  compensation: typeof import('../../src/engine/planner/compensation.ts')
  doubt: typeof import('../../src/engine/turn/doubt.ts')
  endAttempt: typeof import('../../src/engine/turn/end-attempt.ts')
  loop: typeof import('../../src/engine/planner/loop.ts')
  migration: typeof import('../../src/engine/planner/migration.ts')
  readiness: typeof import('../../src/engine/planner/readiness.ts')
  repetition: typeof import('../../src/engine/detection/repetition.ts')
  replay: typeof import('../../src/engine/planner/replay.ts')
  restore: typeof import('../../src/engine/turn/restore.ts')
  restoration: typeof import('../../src/engine/planner/restoration.ts')
  rollback: typeof import('../../src/engine/planner/rollback.ts')
  runState: typeof import('../../src/engine/state/run-state.ts')
  standstill: typeof import('../../src/engine/planner/standstill.ts')
  serve: typeof import('../../src/engine/allocation/serve.ts')
  takePlace: typeof import('../../src/engine/turn/take-place.ts')
  task: typeof import('../../src/engine/scheduler/task.ts')
  timers: typeof import('../../src/engine/planner/timers.ts')
  turn: typeof import('../../src/engine/turn/turn.ts')
  withdraw: typeof import('../../src/engine/turn/withdraw.ts')
}

/** A module of the engine, by its path there, and what stands in its place. */
export interface Plant {
  readonly module: string
  /** A method, so that one of any module fits. */
  instead(real: object): object
}

export interface Bug {
  readonly name: string
  readonly plants: readonly Plant[]
  /** What the simulation says. */
  readonly found: RegExp
  readonly seed: number
}

const neverFallsBack: Plant = {
  module: 'planner/readiness.ts',
  instead: (real: Modules['readiness']) => ({
    ...real,
    readiness: (...[state, id]: Parameters<typeof real.readiness>) => (state.manifest(id).onlyAsFallback ? 'hold' : real.readiness(state, id)),
  }),
}

export const bugs: readonly Bug[] = [
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
    name: 'a restarted host forgets what was under way',
    plants: [{ module: 'turn/recover.ts', instead: (real: object) => ({ ...real, recover: () => undefined, recoverLate: () => undefined }) }],
    found: /invariant (2|6|13)/,
    seed: 10,
  },
  {
    name: 'a backoff has no timer',
    plants: [
      {
        module: 'planner/timers.ts',
        instead: (real: Modules['timers']) => ({
          ...real,
          nextTimer: (state: Parameters<typeof real.nextTimer>[0]) => {
            const timer = real.nextTimer(state)
            return timer?.type === 'step_wait' && timer.record.waiting?.for === 'backoff' ? undefined : timer
          },
        }),
      },
    ],
    found: /invariant 6/,
    seed: 1,
  },
  {
    name: 'timers fire a little early',
    plants: [
      {
        module: 'planner/timers.ts',
        instead: (real: Modules['timers']) => ({
          ...real,
          nextTimer: (state: Parameters<typeof real.nextTimer>[0]) => {
            const timer = real.nextTimer(state)
            return timer && { ...timer, due: timer.due - 20 }
          },
        }),
      },
    ],
    found: /invariant 11/,
    seed: 1,
  },
  {
    name: 'questions outlive the run that asked them',
    plants: [{ module: 'turn/withdraw.ts', instead: (real: Modules['withdraw']) => ({ ...real, withdrawDecisions: () => undefined }) }],
    found: /invariant 9|cannot move from (cancelled|superseded)/,
    seed: 6,
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
  {
    name: 'a loop knows no bound',
    plants: [{ module: 'planner/loop.ts', instead: (real: Modules['loop']) => ({ ...real, loopBudget: () => ({ used: 0, left: 1 }) }) }],
    found: /looped \d+ times/,
    seed: 25,
  },
  {
    name: 'a checkpoint forgets how often a step has looped',
    plants: [
      {
        module: 'turn/turn.ts',
        instead: ({ Turn }: Modules['turn']) => ({
          Turn: class extends Turn {
            override change(changes: Parameters<InstanceType<typeof Turn>['change']>[0]): void {
              super.change(changes.map((change) => ('fact' in change ? { ...change, fact: { ...change.fact, loops: undefined } } : change)))
            }
          },
        }),
      },
    ],
    found: /invariant 3: the checkpoints of run/,
    seed: 1,
  },
  {
    name: 'what is committed is not what was decided: a row is left out',
    plants: [
      {
        module: 'state/run-state.ts',
        instead: ({ RunState, ...rest }: Modules['runState']) => ({
          ...rest,
          RunState: class extends RunState {
            override takeChanges(): ReturnType<InstanceType<typeof RunState>['takeChanges']> {
              const changes = super.takeChanges()
              return { ...changes, steps: changes.steps.filter(({ status }) => status !== 'skipped') }
            }
          },
        }),
      },
    ],
    found: /invariant 3/,
    seed: 8,
  },
  {
    name: 'what a step answers is told in the journal',
    plants: [
      {
        module: 'turn/turn.ts',
        instead: ({ Turn }: Modules['turn']) => ({
          Turn: class extends Turn {
            override keep(value: Json, sensitive: boolean): ReturnType<InstanceType<typeof Turn>['keep']> {
              this.emit({ type: 'run_kept', by: { kind: 'engine', name: 'engine' }, why: JSON.stringify(value) })
              return super.keep(value, sensitive)
            }
          },
        }),
      },
    ],
    found: /invariant 12: .* tells a secret/,
    seed: 3,
  },
  {
    name: 'going back takes what was compensated since as done',
    plants: [{ module: 'planner/restoration.ts', instead: (real: Modules['restoration']) => ({ ...real, undone: () => [] }) }],
    found: /invariant 8/,
    seed: 12,
  },
  {
    name: 'a checkpoint does not hold what a migration has changed',
    plants: [{ module: 'planner/migration.ts', instead: (real: Modules['migration']) => ({ ...real, changesBetween: () => [] }) }],
    found: /invariant 3: the checkpoints of run/,
    seed: 3,
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
    found: /invariant|cannot move/,
    seed: 1003,
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
    seed: 14,
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
  {
    name: 'an attempt is taken to be silent from when it began, whatever it says',
    plants: [
      {
        module: 'planner/timers.ts',
        instead: (real: Modules['timers']) => ({
          ...real,
          nextTimer: (state: Parameters<typeof real.nextTimer>[0]) => {
            state.heardAt = () => undefined
            return real.nextTimer(state)
          },
        }),
      },
    ],
    found: /invariant 11: .* was ended for its silence/,
    seed: 6,
  },
]
