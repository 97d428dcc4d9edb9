/**
 * The chaos: everything that can go wrong with a run is made to, in a real host with real processes, and held against what Cairn said
 * of it and did about it.
 *
 * A round: all at once, beside clean runs; then the host's disk is full for a while; then the host is killed among runs that are under
 * way, runs are put into its store that come to a standstill, and the next host takes all of them up; then octets of its store are
 * changed while it runs.
 */
import type { FailureClass } from '../../src/model/failure.ts'
import { WorkflowName } from '../../src/model/ids.ts'
import type { Program } from '../crash/killed-host.ts'
import { Dice } from '../simulation/dice.ts'
import { Arena } from './arena.ts'
import { damageAll, damages } from './damage.ts'
import { forge, forgeries } from './forge.ts'
import { hostKilled, killAmongJourneys } from './journeys.ts'
import { changeOctets } from './octets.ts'
import { fillDisk, fullDisk, mayFill } from './full-disk.ts'
import type { Outcome } from './report.ts'
import type { Scenario } from './scenario.ts'
import { definitions } from './scenarios/definitions.ts'
import { mails } from './scenarios/mails.ts'
import { people } from './scenarios/people.ts'
import { processes } from './scenarios/processes.ts'
import { requests } from './scenarios/requests.ts'
import { allEnded, storm } from './storm.ts'

export interface Wish {
  readonly program: Program
  readonly rounds: number
  /** Each scenario of a storm comes so many times at once. */
  readonly copies: number
  readonly seed: number
  /** Only these are tried; all where it is left out. */
  readonly only?: readonly FailureClass[] | undefined
  /** How many octets of the file are changed in the end, one at a time. */
  readonly octets: number
  /** Told of how far it has come. */
  readonly told: (what: string) => void
}

const atOnce: readonly Scenario[] = [...requests, ...mails, ...processes, ...definitions, ...people]

export const everyScenario: readonly Scenario[] = [...atOnce, fullDisk, hostKilled, ...forgeries, ...damages]

export async function chaos({ program, rounds, copies, seed, only, octets: many, told }: Wish): Promise<Outcome> {
  const among = <S extends Scenario>(all: readonly S[]): readonly S[] => all.filter((scenario) => only?.includes(scenario.class) !== false)
  await using arena = await Arena.open(program)
  for (let round = 1; round <= rounds; round += 1) {
    const dice = Dice.of(seed, round)
    told(`round ${round}: everything at once`)
    await storm(arena, among(atOnce), copies, dice)
    if (mayFill && among([fullDisk]).length > 0) {
      told(`round ${round}: the disk is full`)
      await fillDisk(arena)
    }
    if (among([hostKilled, ...forgeries]).length > 0) {
      told(`round ${round}: the host is killed`)
      await killAndForge(arena, dice, { isKilled: among([hostKilled]).length > 0, forged: among(forgeries) })
    }
    if (among(damages).length > 0) {
      told(`round ${round}: the store is damaged`)
      await damageAll(arena, among(damages), dice)
    }
  }
  told('the store is verified')
  const findings = await verified(arena)
  await arena.stop()
  const octets = among(damages).length > 0 ? changeOctets(arena.workspace, many, Dice.of(seed, 'octets')) : null
  const { troubles, injector } = arena
  return { cases: [...injector.cases.values()], octets, damages: findings, troubles: [...troubles], isWhole: only === undefined }
}

async function killAndForge(arena: Arena, dice: Dice, { isKilled, forged }: { readonly isKilled: boolean; readonly forged: typeof forgeries }): Promise<void> {
  const revision = (await arena.client.api.workflows.get({ workflow: WorkflowName.parse('forged') })).revision
  const nothing = (): Promise<void> => Promise.resolve()
  const taken = isKilled ? await killAmongJourneys(arena, dice) : await arena.kill().then(() => nothing)
  const cases = forged.length > 0 ? await forge(arena, forged, revision) : []
  await arena.start()
  await taken()
  await allEnded(cases)
}

async function verified({ client }: Arena): Promise<string[]> {
  for await (const item of await client.api.integrity.verify()) {
    if (item.type === 'finished') return item.findings.map(({ object, key, detail }) => `damaged in the end: ${object} ${key}: ${detail}`)
  }
  throw new Error('the verification did not come to an end')
}
