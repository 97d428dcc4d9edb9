/** Bugs of what is kept, and of what a host finds that starts again. */
import type { Json } from '../../../src/model/json.ts'
import type { Bug } from './bug.ts'

type Modules = {
  runState: typeof import('../../../src/engine/state/run-state.ts')
  turn: typeof import('../../../src/engine/turn/turn.ts')
}

export const keepingBugs: readonly Bug[] = [
  {
    name: 'a restarted host forgets what was under way',
    plants: [{ module: 'turn/recover.ts', instead: (real: object) => ({ ...real, recover: () => undefined, recoverLate: () => undefined }) }],
    found: /invariant (2|6|13)/,
    seed: 10,
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
    seed: 5,
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
]
