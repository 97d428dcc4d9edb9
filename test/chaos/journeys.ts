import { setTimeout as delay } from 'node:timers/promises'
import type { Dice } from '../simulation/dice.ts'
import type { Arena } from './arena.ts'
import type { Case } from './case.ts'
import { sent } from './scenarios/mails.ts'
import type { Scenario } from './scenario.ts'
import { allEnded } from './storm.ts'

/** Runs that were under way when their host was killed. */
export const hostKilled: Scenario = {
  name: 'host killed',
  class: 'crash',
  workflow: 'journey',
  ends: 'recovers',
  by: 'retry',
  mayAsk: true,
  // A mail that was on its way then is asked about, and whoever looks at the server knows.
  answer: (_asked, about) => (about.mails() > 0 ? { action: 'happened', edit: sent } : { action: 'did-not-happen' }),
}

/** Of how many runs the host is killed over at once. */
const many = 10
/** How long a journey takes about, in milliseconds, where nothing else does. */
const way = 1_000

/** Starts journeys, and clean runs beside them, and kills the host among them. What it answers is called once the next host runs. */
export async function killAmongJourneys(arena: Arena, dice: Dice): Promise<() => Promise<void>> {
  const beside = await Promise.all(Array.from({ length: 3 }, () => arena.begin('fifty')))
  const cases = await Promise.all(Array.from({ length: many }, () => arena.begin(hostKilled)))
  await delay(dice.int(0, way))
  await arena.kill()
  const killedAt = Date.now()
  const cutOff = cases.filter(({ world }) => !world.includes('did/five'))
  return async () => {
    await allEnded([...cases, ...beside])
    for (const about of cutOff) isTakenUp(arena, about, killedAt)
  }
}

/** Whether the next host took the run up. A host that is gone knows nothing: it can be known once the next one has the store. */
function isTakenUp({ witness }: Arena, about: Case, at: number): void {
  const { hostAt, runs } = witness.taken
  about.injections.push({ class: 'crash', at, knowable: hostAt })
  const takenAt = about.run === null ? undefined : runs.get(about.run)
  if (takenAt === undefined) return
  about.found.push({ class: 'crash', name: 'HostGone', at: takenAt })
  about.measures.add('retry')
  about.recoveredAt = takenAt
}
