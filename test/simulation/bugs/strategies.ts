/** Bugs of strategies that come late in a chain: going back by itself, and being queued for later. */
import type { Bug } from './bug.ts'

type Modules = {
  choose: typeof import('../../../src/engine/recovery/choose.ts')
  deadLetter: typeof import('../../../src/engine/recovery/dead-letter.ts')
  goBack: typeof import('../../../src/engine/recovery/go-back.ts')
  restore: typeof import('../../../src/engine/turn/restore.ts')
}

export const strategyBugs: readonly Bug[] = [
  {
    name: 'a dead letter is nobody\'s to drain',
    plants: [
      {
        module: 'recovery/dead-letter.ts',
        instead: ({ deadLetter }: Modules['deadLetter']) => ({
          deadLetter: {
            ...deadLetter,
            carryOut: (...[turn, { step, iteration }, failure]: Parameters<typeof deadLetter.carryOut>) =>
              turn.emit({ type: 'step_waiting', step, iteration, for: 'dead_letter', until: null, failure }),
          },
        }),
      },
    ],
    found: /invariant 15: .* is lost in the queue|invariant 6: .* waits for a person, who is not asked/,
    seed: 14,
  },
  {
    name: 'recovery knows no limit',
    plants: [
      {
        module: 'recovery/choose.ts',
        instead: (real: Modules['choose']) => ({
          ...real,
          chooseRemedy: (...[situation, after]: Parameters<typeof real.chooseRemedy>) =>
            real.chooseRemedy({ ...situation, rules: { ...situation.rules, limit: Infinity } }, after),
        }),
      },
    ],
    found: /invariant 16: .* has recovered \d+ times/,
    seed: 23,
  },
  {
    name: 'a run goes back by itself as often as it likes',
    plants: [
      {
        module: 'recovery/go-back.ts',
        instead: (real: Modules['goBack']) => ({
          ...real,
          planBack: (...[situation, checkpoint, why]: Parameters<typeof real.planBack>) =>
            real.planBack({ ...situation, rules: { ...situation.rules, most_restarts: Infinity } }, checkpoint, why),
        }),
      },
    ],
    found: /invariant 16: .* has gone back \d+ times/,
    seed: 38,
  },
  {
    name: 'what a run does again by itself has other keys',
    plants: [
      {
        module: 'turn/restore.ts',
        instead: (real: Modules['restore']) => ({
          ...real,
          restore: (...[turn, destination, why, how]: Parameters<typeof real.restore>) => {
            const { emit } = turn
            turn.emit = (event) => emit.call(turn, event.type === 'run_restored' && event.byItself ? { ...event, generation: event.generation + 1 } : event)
            const sent = real.restore(turn, destination, why, how)
            turn.emit = emit
            return sent
          },
        }),
      },
    ],
    found: /invariant 2: .* goes back by itself from generation/,
    seed: 23,
  },
]
