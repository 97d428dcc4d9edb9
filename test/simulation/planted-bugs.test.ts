/** Bugs planted into the real engine, one at a time. A simulation that does not find them proves nothing. */
import { afterEach, describe, expect, test, vi } from 'vitest'

const seeds = 1_000

async function firstFinding(): Promise<string | undefined> {
  const { simulate } = await import('./simulate.ts')
  for (let seed = 1; seed <= seeds; seed += 1) {
    try {
      await simulate(seed)
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }
  return undefined
}

const neverFallsBack = async (original: <T>() => Promise<T>) => {
  const real = await original<typeof import('../../src/engine/planner/readiness.ts')>()
  return {
    ...real,
    readiness: (state: Parameters<typeof real.readiness>[0], id: Parameters<typeof real.readiness>[1]) =>
      state.manifest(id).onlyAsFallback ? 'hold' : real.readiness(state, id),
  }
}

afterEach(() => {
  vi.doUnmock('../../src/engine/turn/end-attempt.ts')
  vi.doUnmock('../../src/engine/planner/compensation.ts')
  vi.doUnmock('../../src/engine/planner/arming.ts')
  vi.doUnmock('../../src/engine/planner/replay.ts')
  vi.doUnmock('../../src/engine/planner/readiness.ts')
  vi.doUnmock('../../src/engine/planner/timers.ts')
  vi.doUnmock('../../src/engine/planner/loop.ts')
  vi.doUnmock('../../src/engine/turn/recover.ts')
  vi.doUnmock('../../src/engine/planner/restoration.ts')
  vi.doUnmock('../../src/engine/planner/migration.ts')
  vi.doUnmock('../../src/engine/state/run-state.ts')
  vi.doUnmock('../../src/engine/turn/turn.ts')
  vi.doUnmock('../../src/engine/turn/withdraw.ts')
  vi.doUnmock('../../src/engine/turn/doubt.ts')
  vi.doUnmock('../../src/engine/scheduler/task.ts')
  vi.doUnmock('../../src/engine/detection/repetition.ts')
  vi.doUnmock('../../src/engine/planner/standstill.ts')
  vi.resetModules()
})

describe('a planted bug is found', { timeout: 600_000 }, () => {
  test('an effect that was cut off is silently run again', async () => {
    vi.doMock('../../src/engine/turn/end-attempt.ts', async (original) => ({
      ...(await original<typeof import('../../src/engine/turn/end-attempt.ts')>()),
      isInsideUnsafeEffect: () => false,
    }))
    expect(await firstFinding()).toMatch(/invariant 2: effects happened twice/)
  })

  test('after a restart nobody asks the receiver any more', async () => {
    vi.doMock('../../src/engine/turn/doubt.ts', async (original) => ({
      ...(await original<typeof import('../../src/engine/turn/doubt.ts')>()),
      continueChecking: () => undefined,
    }))
    expect(await firstFinding()).toMatch(/invariant 6: .* in doubt, and nobody|nothing will move/)
  })

  test('compensation goes forwards', async () => {
    vi.doMock('../../src/engine/planner/compensation.ts', async (original) => {
      const real = await original<typeof import('../../src/engine/planner/compensation.ts')>()
      return {
        ...real,
        nextCompensation: (state: Parameters<typeof real.nextCompensation>[0]) =>
          [...state.history()]
            .filter(({ compensation }) => compensation === 'owed')
            .toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0))
            .at(0),
      }
    })
    expect(await firstFinding()).toMatch(/invariant 8/)
  })

  test('a step starts when the first of its needs is settled', async () => {
    vi.doMock('../../src/engine/planner/readiness.ts', async (original) => {
      const real = await original<typeof import('../../src/engine/planner/readiness.ts')>()
      const { isSettled } = await import('../../src/engine/state/run-state.ts')
      return {
        ...real,
        readiness: (state: Parameters<typeof real.readiness>[0], id: Parameters<typeof real.readiness>[1]) => {
          const answer = real.readiness(state, id)
          const first = state.manifest(id).needs.at(0)
          const early = answer === 'hold' && first !== undefined && state.step(id).status === 'pending'
          return early && isSettled(state.step(first)) ? 'start' : answer
        },
      }
    })
    expect(await firstFinding()).toMatch(/invariant 2: .* needs/)
  })

  test('a restarted host forgets what was under way', async () => {
    vi.doMock('../../src/engine/turn/recover.ts', () => ({ recover: () => undefined }))
    expect(await firstFinding()).toMatch(/invariant [26]/)
  })

  test('a backoff has no timer', async () => {
    vi.doMock('../../src/engine/planner/timers.ts', async (original) => {
      const real = await original<typeof import('../../src/engine/planner/timers.ts')>()
      return {
        ...real,
        nextTimer: (state: Parameters<typeof real.nextTimer>[0]) => {
          const timer = real.nextTimer(state)
          return timer?.type === 'step_wait' && timer.record.waiting?.for === 'backoff' ? undefined : timer
        },
      }
    })
    expect(await firstFinding()).toMatch(/invariant 6/)
  })

  test('questions outlive the run that asked them', async () => {
    vi.doMock('../../src/engine/turn/withdraw.ts', async (original) => ({
      ...(await original<typeof import('../../src/engine/turn/withdraw.ts')>()),
      withdrawDecisions: () => undefined,
    }))
    expect(await firstFinding()).toMatch(/invariant 9|cannot move from (cancelled|superseded)/)
  })

  test('every attempt has an idempotency key of its own', async () => {
    vi.doMock('../../src/engine/scheduler/task.ts', async (original) => {
      const real = await original<typeof import('../../src/engine/scheduler/task.ts')>()
      return {
        ...real,
        taskOf: (...given: Parameters<typeof real.taskOf>) => {
          const task = real.taskOf(...given)
          return { ...task, idempotencyKey: `${task.idempotencyKey}/${task.ref.attempt}` }
        },
      }
    })
    expect(await firstFinding()).toMatch(/invariant 2: .* has the keys/)
  })

  test('a loop knows no bound', async () => {
    vi.doMock('../../src/engine/planner/loop.ts', async (original) => ({
      ...(await original<typeof import('../../src/engine/planner/loop.ts')>()),
      loopBudget: () => ({ used: 0, left: 1 }),
    }))
    expect(await firstFinding()).toMatch(/looped \d+ times/)
  })

  test('a checkpoint forgets how often a step has looped', async () => {
    vi.doMock('../../src/engine/turn/turn.ts', async (original) => {
      const { Turn } = await original<typeof import('../../src/engine/turn/turn.ts')>()
      return {
        Turn: class extends Turn {
          override change(changes: Parameters<InstanceType<typeof Turn>['change']>[0]): void {
            super.change(changes.map((change) => ('fact' in change ? { ...change, fact: { ...change.fact, loops: undefined } } : change)))
          }
        },
      }
    })
    expect(await firstFinding()).toMatch(/invariant 3: the checkpoints of run/)
  })

  test('going back takes what was compensated since as done', async () => {
    vi.doMock('../../src/engine/planner/restoration.ts', async (original) => ({
      ...(await original<typeof import('../../src/engine/planner/restoration.ts')>()),
      undone: () => [],
    }))
    expect(await firstFinding()).toMatch(/invariant 8/)
  })

  test('a checkpoint does not hold what a migration has changed', async () => {
    vi.doMock('../../src/engine/planner/migration.ts', async (original) => ({
      ...(await original<typeof import('../../src/engine/planner/migration.ts')>()),
      changesBetween: () => [],
    }))
    expect(await firstFinding()).toMatch(/invariant 3: the checkpoints of run/)
  })

  test('a run that has gone on with another definition is read by the old one', async () => {
    vi.doMock('../../src/engine/state/run-state.ts', async (original) => {
      const { RunState, ...rest } = await original<typeof import('../../src/engine/state/run-state.ts')>()
      return {
        ...rest,
        RunState: class extends RunState {
          readonly #first = super.graph
          override get graph(): typeof RunState.prototype.graph {
            return this.#first
          }
        },
      }
    })
    expect(await firstFinding()).toMatch(/no step|has no \w+#\d|invariant/)
  })

  test('a replay touches the outside world by itself', async () => {
    vi.doMock('../../src/engine/planner/arming.ts', () => ({ mustBeArmed: () => false }))
    expect(await firstFinding()).toMatch(/invariant 5: .* nobody has armed it/)
  })

  test('a replay owes what the other run did', async () => {
    vi.doMock('../../src/engine/planner/replay.ts', async (original) => {
      const real = await original<typeof import('../../src/engine/planner/replay.ts')>()
      return {
        ...real,
        replayBeginning: (...given: Parameters<typeof real.replayBeginning>) => {
          const beginning = real.replayBeginning(...given)
          const passes = beginning.passes.map((pass) => (pass.status === 'completed' ? { ...pass, compensation: 'owed' as const } : pass))
          return { ...beginning, passes }
        },
      }
    })
    expect(await firstFinding()).toMatch(/invariant 8/)
  })

  test('an answer of a branch that was left is taken for one of the present', async () => {
    vi.doMock('../../src/engine/state/run-state.ts', async (original) => {
      const { RunState, ...rest } = await original<typeof import('../../src/engine/state/run-state.ts')>()
      RunState.prototype.attemptOf = function attemptOf(ref) {
        return this.attempt(ref)
      }
      return { ...rest, RunState }
    })
    expect(await firstFinding()).toMatch(/invariant|cannot move/)
  })

  test('a run goes round in a circle, and nobody notices', async () => {
    vi.doMock('../../src/engine/detection/repetition.ts', () => ({ periodOf: () => undefined, returns: () => [] }))
    expect(await firstFinding()).toMatch(/invariant 6: .* went round in a circle/)
  })

  test('a loop is taken for a circle by its steps alone', async () => {
    vi.doMock('../../src/engine/detection/repetition.ts', async (original) => {
      const real = await original<typeof import('../../src/engine/detection/repetition.ts')>()
      return {
        ...real,
        periodOf: (passes: Parameters<typeof real.periodOf>[0], times: number) => real.periodOf(passes.map((pass) => ({ ...pass, to: '' })), times),
      }
    })
    expect(await firstFinding()).toMatch(/invariant 6: .* is said to go round in a circle/)
  })

  test('a fallback never starts', async () => {
    vi.doMock('../../src/engine/planner/readiness.ts', neverFallsBack)
    expect(await firstFinding()).toMatch(/invariant 6: run \w+ came to a standstill: .* waits for \w+ to stand in for it/)
  })

  test('and nobody sees that the run stands still', async () => {
    vi.doMock('../../src/engine/planner/readiness.ts', neverFallsBack)
    vi.doMock('../../src/engine/planner/standstill.ts', async (original) => ({
      ...(await original<typeof import('../../src/engine/planner/standstill.ts')>()),
      standsStill: () => false,
    }))
    expect(await firstFinding()).toMatch(/invariant 6: nothing will move/)
  })

  test('an attempt is taken to be silent from when it began, whatever it says', async () => {
    vi.doMock('../../src/engine/planner/timers.ts', async (original) => {
      const real = await original<typeof import('../../src/engine/planner/timers.ts')>()
      return {
        ...real,
        nextTimer: (state: Parameters<typeof real.nextTimer>[0]) => {
          state.heardAt = () => undefined
          return real.nextTimer(state)
        },
      }
    })
    expect(await firstFinding()).toMatch(/invariant 11: .* was ended for its silence/)
  })

  test('and none is found where none is planted', async () => {
    const { simulate } = await import('./simulate.ts')
    for (let seed = 1; seed <= 50; seed += 1) await simulate(seed)
  })
})
