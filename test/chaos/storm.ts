import { setTimeout as delay } from 'node:timers/promises'
import type { Millis } from '../../src/model/ids.ts'
import type { Dice } from '../simulation/dice.ts'
import type { Arena, Clean } from './arena.ts'
import type { Case } from './case.ts'
import type { Scenario } from './scenario.ts'

/** How long all that is under way may take to end. What has not by then never will, as far as the chaos knows. */
export const patience: Millis = 60_000

/** How many runs in which something goes wrong are under way at once. */
const atOnce = 10

/** Clean runs that are kept in flight beside what goes wrong. */
const beside: readonly Clean[] = ['clean', 'clean', 'clean', 'fifty']

/**
 * So many of what goes wrong are under way at once, in an order that the dice throw, until each scenario has come so many times; beside
 * them clean runs come and go. Then, one after the other, what has to be alone.
 */
export async function storm(arena: Arena, scenarios: readonly Scenario[], copies: number, dice: Dice): Promise<void> {
  const left = scenarios.filter(({ alone }) => alone !== true).flatMap((scenario) => Array.from({ length: copies }, () => ({ scenario, place: dice.fraction() })))
  left.sort((one, other) => one.place - other.place)
  if (left.length > 0) {
    const load = cleanLoad(arena)
    const lane = async (): Promise<void> => {
      for (let next = left.pop(); next !== undefined; next = left.pop()) await allEnded([await arena.begin(next.scenario)])
    }
    await Promise.all(Array.from({ length: atOnce }, lane))
    await load.stop()
  }
  for (const scenario of scenarios) if (scenario.alone === true) await allEnded([await arena.begin(scenario)])
}

/** Starts a clean run whenever one has ended, until it is stopped. */
export function cleanLoad(arena: Arena): { stop(): Promise<void> } {
  let isOver = false
  const lane = async (workflow: Clean): Promise<void> => {
    while (!isOver) await allEnded([await arena.begin(workflow)])
  }
  const lanes = beside.map(lane)
  return {
    async stop() {
      isOver = true
      await Promise.all(lanes)
    },
  }
}

/** Resolves once all have ended, or patience is over. */
export async function allEnded(cases: readonly Case[]): Promise<void> {
  const over = new AbortController()
  await Promise.race([Promise.all(cases.map((about) => about.ended())), delay(patience, undefined, { signal: over.signal }).catch(() => undefined)])
  over.abort()
}
