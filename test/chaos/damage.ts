/** Octets of the store that are changed behind the back of the host that owns it. */
import Database from 'better-sqlite3'
import { setTimeout as delay } from 'node:timers/promises'
import type { RunId } from '../../src/model/ids.ts'
import { storePaths } from '../../src/store/paths.ts'
import type { Dice } from '../simulation/dice.ts'
import type { Arena } from './arena.ts'
import type { Case } from './case.ts'
import type { Scenario } from './scenario.ts'
import { patience } from './storm.ts'

/** Which octets of a run are changed: those of a column, in the row whose key this finds. `:run` and `:lineage` are what rows go by. */
interface Place {
  readonly table: string
  readonly column: string
  readonly key: string
  /** Whether the run is set aside for it: of what is not the run's alone, or of its very row, only the store is alarmed. */
  readonly setsAside: boolean
}

const places: readonly (Place & { readonly name: string })[] = [
  { name: 'a value', table: 'value', column: 'body', key: 'SELECT max(rowid) FROM value WHERE lineage = :lineage', setsAside: true },
  { name: 'a checkpoint', table: 'checkpoint', column: 'content', key: 'SELECT :run, max(number) FROM checkpoint WHERE run = :run', setsAside: true },
  { name: 'the state of a step', table: 'step', column: 'content', key: "SELECT :run, 0, 'draft', 1", setsAside: true },
  { name: 'the state of a run', table: 'run', column: 'content', key: 'SELECT :run', setsAside: false },
  { name: 'the journal', table: 'journal', column: 'body', key: 'SELECT max(position) FROM journal WHERE run = :run', setsAside: false },
]

/** Columns of the keys of these tables. */
const keys: Readonly<Record<string, string>> = {
  value: 'rowid',
  checkpoint: '(run, number)',
  step: '(run, branch, step, iteration)',
  run: 'number',
  journal: 'position',
}

interface Damage extends Scenario {
  readonly place: Place
}

/**
 * Of a value that is damaged, a person has done what policy recommends, and what its step puts out once more takes its place. Other octets are brought
 * back as they were.
 */
export const damages: readonly Damage[] = [
  ...places.map(
    ({ name, ...place }): Damage => ({
      name: `damaged: ${name}`,
      class: 'corruption',
      workflow: 'kept',
      ends: 'person',
      by: place.table === 'value' ? 'restore_valid' : place.setsAside ? 'ask' : null,
      place,
    }),
  ),
  // Here policy has the runs go back by themselves.
  ...places
    .filter(({ table }) => table === 'value' || table === 'checkpoint')
    .map(({ name, ...place }): Damage => ({ name: `damaged, goes back: ${name}`, class: 'corruption', workflow: 'mended', ends: 'recovers', by: 'restore_valid', place })),
]

/** Changes an octet of each of so many runs that wait for a person, has what is found dealt with, and the runs ended. */
export async function damageAll(arena: Arena, of: readonly Damage[], dice: Dice): Promise<void> {
  const under = await Promise.all(of.map(async (damage) => ({ damage, about: await arena.begin(damage) })))
  await Promise.all(under.map(({ about }) => about.until(({ status }) => status === 'waiting')))
  const db = new Database(storePaths(arena.workspace).store)
  try {
    const mending = under.map(({ damage, about }) => ({ damage, about, mend: change(db, damage.place, runOf(about), dice, () => about.inject()) }))
    await Promise.all(
      mending.map(async ({ damage: { place, ends }, about, mend }) => {
        const over = ends === 'recovers' ? leftBehind(about, { place, mend }) : seeTo(arena, about, { place, mend })
        await Promise.race([over, delay(patience)])
      }),
    )
  } finally {
    db.close()
  }
}

interface Changed {
  readonly place: Place
  readonly mend: () => void
}

/** Nobody does anything about it; what the run has left behind is brought back once it has ended, so that the store is whole in the end. */
async function leftBehind(about: Case, { place, mend }: Changed): Promise<void> {
  await about.ended()
  if (place.table !== 'value') mend()
}

/** What a person does about it: has the run recovered, or the octets brought back; and lets the run go on. */
async function seeTo(arena: Arena, about: Case, { place, mend }: Changed): Promise<void> {
  await about.until(({ found, status }) => found.length > 0 && (status === 'quarantined' || !place.setsAside))
  if (place.table === 'value') await goBack(arena, about)
  else mend()
  await approve(arena, about)
  about.recoveredAt = Date.now()
}

function runOf({ id, run }: Case): RunId {
  if (run === null) throw new Error(`${id} has no run`)
  return run
}

/** Changes one bit of what stands there; answers what takes that back. */
function change(db: Database.Database, { table, column, key }: Place, id: RunId, dice: Dice, changed: () => void): () => void {
  const numbers = db.prepare<[string], Record<string, number>>("SELECT number AS run, content ->> 'lineage' AS lineage FROM run WHERE id = ?").get(id) ?? {}
  const used = Object.fromEntries(Object.entries(numbers).filter(([name]) => key.includes(`:${name}`)))
  const at = db.prepare<[typeof used], unknown[]>(key).raw().get(used)
  const where = `${keys[table] ?? ''} = (${at?.map(() => '?').join(', ') ?? ''})`
  const before = at && db.prepare<unknown[], string | Buffer>(`SELECT ${column} FROM ${table} WHERE ${where}`).pluck().get(...at)
  if (at === undefined || before === undefined) throw new Error(`${table} of run ${id} is not there`)
  const bytes = Buffer.from(before)
  const place = dice.int(0, bytes.length - 1)
  bytes[place] = (bytes[place] ?? 0) ^ 1
  const write = db.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${where}`)
  write.run(typeof before === 'string' ? bytes.toString() : bytes, ...at)
  changed()
  return () => void write.run(before, ...at)
}

/** What policy recommends: back to the newest checkpoint that is whole. */
async function goBack({ client }: Arena, about: Case): Promise<void> {
  const { asked } = about
  await client.api.runs.recover({ run: runOf(about), reason: 'its newest value is damaged' })
  await about.until((now) => now.asked > asked)
}

/** Once the run waits for the person again. */
async function approve({ client }: Arena, about: Case): Promise<void> {
  const run = runOf(about)
  await about.until(({ status }) => status === 'waiting')
  const { decisions } = await client.api.decisions.list({ run })
  const open = decisions.find(({ decision }) => decision.status === 'pending')
  if (open === undefined) throw new Error(`run ${run} asks for nothing`)
  await client.api.decisions.decide({ run, decision: open.decision.id, seen: open.runVersion, action: 'approve' })
  await about.ended()
}
