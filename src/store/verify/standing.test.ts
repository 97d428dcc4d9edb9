/** What is told to be mended is whole: damage comes and goes in any order, and none of it hides other damage that was found. */
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { draft, SampleRun, sampleRevision, sampleStep } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { outputKey } from '../../model/checkpoint.ts'
import { keyOf } from '../../model/integrity.ts'
import { storePaths } from '../paths.ts'
import { openReader } from '../sqlite/connection.ts'
import { type Found, listed } from './findings.ts'
import { newPatrol, type PatrolState, visit } from './patrol.ts'

let scratch: ScratchStore
let file: string
beforeEach(async () => {
  scratch = new ScratchStore()
  file = storePaths(scratch.workspace).store
  const { storage } = await scratch.open({ durability: 'normal', keyframeFloor: 4_000 })
  await storage.saveRevision(sampleRevision)
})
afterEach(() => scratch.remove())

async function grown(number: number, checkpoints: number): Promise<SampleRun> {
  const { storage } = await scratch.here()
  const run = new SampleRun(storage, number)
  await storage.commit(run.create({ steps: [sampleStep()] }))
  for (let count = 1; count < checkpoints; count += 1) {
    const value = run.seal(`output ${count}`)
    await storage.commit(run.next({ values: [value], changes: [{ key: outputKey(draft, count), address: value.address }], steps: [sampleStep({ output: value.address })] }))
  }
  return run
}

function look(state: PatrolState): PatrolState {
  const db = openReader(file)
  try {
    return visit(db, storePaths(scratch.workspace).anchor, state, () => undefined).state
  } finally {
    db.close()
  }
}

const told = ({ found }: PatrolState): string[] => listed(found).map(keyOf)
/** Without its run. */
const bare = (key: string): string => key.replace(/ of .*/, '')
const mended = (before: PatrolState, after: PatrolState): string[] => {
  const stands = new Set(after.found.map(keyOf))
  return before.found.map(keyOf).filter((key) => !stands.has(key))
}

/** What can be damaged, and be as it was written again. */
const things: Readonly<Record<string, readonly [table: string, column: string, where: string]>> = {
  'some checkpoints': ['checkpoint', 'content', 'number BETWEEN 10 AND 39'],
  'other checkpoints': ['checkpoint', 'content', 'number BETWEEN 40 AND 69'],
  'a checkpoint': ['checkpoint', 'content', 'number = 80'],
  'a keyframe': ['keyframe', 'body', 'number = (SELECT max(number) FROM keyframe)'],
  'a value': ['value', 'body', 'rowid = (SELECT max(rowid) FROM value)'],
  'another value': ['value', 'body', 'rowid = (SELECT max(rowid) - 20 FROM value)'],
  'an entry': ['journal', 'body', 'position = 30'],
  'the next entry': ['journal', 'body', 'position = 31'],
  'the newest entry of a run': ['journal', 'body', 'position = (SELECT max(position) FROM journal WHERE run = 1)'],
  'a step': ['step', 'content', 'run = 2'],
  'a branch': ['branch', 'content', 'run = 2'],
  'the row of a run': ['run', 'content', 'number = 2'],
  'the code': ['revision', 'bundle', 'true'],
}
const all = Object.keys(things)

/** Changes it, or changes it back. */
function change(thing: string, isDamaged: boolean): void {
  const [table, column, where] = things[thing] ?? expect.fail(thing)
  const as = `CASE typeof(${column}) WHEN 'blob' THEN CAST(${column} || x'20' AS BLOB) ELSE ${column} || ' ' END`
  scratch.damage(`UPDATE ${table} SET ${column} = ${isDamaged ? as : `substr(${column}, 1, length(${column}) - 1)`} WHERE ${where}`)
}

/** Where this is damaged, that may not be looked at: it is not told before it can be, and stands as it was told. */
const hides: Readonly<Record<string, readonly string[]>> = {
  'the row of a run': all.filter((thing) => !thing.includes('entry')),
  'some checkpoints': ['other checkpoints', 'a checkpoint', 'a keyframe'],
  'other checkpoints': ['a checkpoint', 'a keyframe'],
  'a checkpoint': ['a keyframe'],
  'a step': ['a branch', 'the row of a run'],
  'a branch': ['a step', 'the row of a run'],
}

describe('damage', () => {
  test('law: that was told stands until it is mended, whatever else is damaged meanwhile, and then it is told to be', { timeout: 120_000 }, async () => {
    await grown(1, 3)
    await grown(2, 100)
    await scratch.shut()
    const names = new Map(
      all.map((thing) => {
        change(thing, true)
        const found = told(look(newPatrol))
        change(thing, false)
        expect(found, thing).not.toEqual([])
        return [thing, found] as const
      }),
    )
    const namesOf = (those: Iterable<string>): string[] => [...those].flatMap((thing) => names.get(thing) ?? [])

    const step = fc.oneof(fc.constant('look'), fc.constantFrom(...all))
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 12 }), (steps) => {
        const damaged = new Set<string>()
        let state = look(newPatrol)
        const looked = (): void => {
          const before = state
          state = look(before)
          const damage = new Set(namesOf(damaged))
          expect(mended(before, state).filter((key) => damage.has(key)), 'told to be mended, and damaged').toEqual([])
        }
        try {
          for (const next of [...steps, 'look']) {
            if (next === 'look') looked()
            else {
              change(next, !damaged.has(next))
              if (!damaged.delete(next)) damaged.add(next)
            }
          }
          const unsure = new Set([...damaged].flatMap((thing) => hides[thing] ?? []))
          const sure = new Set(namesOf([...damaged].filter((thing) => !unsure.has(thing))))
          expect([...sure].filter((key) => !told(state).includes(key)), 'damaged, and not told').toEqual([])
          // Where its run cannot be read, a value is of nobody.
          const may = new Set(namesOf([...damaged, ...unsure]).map(bare))
          expect(told(state).filter((key) => !may.has(bare(key))), 'told, and not damaged').toEqual([])
        } finally {
          for (const thing of damaged) change(thing, false)
          damaged.clear()
        }
        looked()
        expect(told(state), 'all is mended').toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  test('of so many checkpoints that others after them are not named any more mends none of those', async () => {
    await grown(1, 200)
    await scratch.shut()
    scratch.damage(`UPDATE checkpoint SET content = content || ' ' WHERE number BETWEEN 120 AND 165`)
    const state = look(newPatrol)
    expect(told(state)).toHaveLength(46)
    scratch.damage(`UPDATE checkpoint SET content = content || ' ' WHERE number BETWEEN 20 AND 60`)
    expect(mended(state, look(state))).toEqual([])
  })

  test('of the entry before one that was written on an earlier row leaves that one found, by a patrol and by who looks for the first time', async () => {
    const run = await grown(1, 3)
    await scratch.shut()
    const db = new Database(file)
    const [row] = db.prepare<[], [string, string, Buffer]>('SELECT status, content, checksum FROM run').raw().all()
    const { record } = run
    for (let count = 0; count < 2; count += 1) await (await scratch.here()).storage.commit(run.next())
    await scratch.shut()
    db.prepare('UPDATE run SET status = ?, content = ?, checksum = ?').run(row)
    db.close()
    run.record = record
    for (let count = 0; count < 3; count += 1) await (await scratch.here()).storage.commit(run.next())
    await scratch.shut()
    const state = look(newPatrol)
    expect(told(state)).toEqual([`journal 6 of ${run.id}`])
    scratch.damage(`UPDATE journal SET body = body || ' ' WHERE position = 5`)
    expect(told(look(state))).toEqual(expect.arrayContaining([`journal 6 of ${run.id}`, 'journal 5']))
    expect(told(look(newPatrol))).toEqual(expect.arrayContaining([`journal 6 of ${run.id}`, 'journal 5']))
  })
})

describe('damaged code', () => {
  const counted = ({ found }: PatrolState): Found[] => found.filter(({ silent }) => silent === 'counted')

  test('is of twenty runs by name, and of all others too; a run that ends mends it for none, itself neither', async () => {
    const runs: SampleRun[] = []
    for (let number = 1; number <= 23; number += 1) runs.push(await grown(number, 1))
    await scratch.shut()
    scratch.damage(`UPDATE revision SET bundle = CAST(bundle || x'20' AS BLOB)`)
    const state = look(newPatrol)
    const name = ({ id }: SampleRun): string => `revision ${sampleRevision.hash} of ${id}`
    expect(told(state)).toEqual(runs.slice(0, 20).map(name))
    expect(counted(state).map(keyOf)).toEqual(runs.slice(20).map(name))
    expect(counted(state)).toMatchObject([{ nearest: 0 }, { nearest: 0 }, { nearest: 0 }])

    const { storage } = await scratch.here()
    for (const run of runs.slice(0, 3)) await storage.commit(run.next({ record: { status: 'cancelled', endedAt: 9 } }))
    await scratch.shut()
    const after = look(state)
    expect(mended(state, after)).toEqual([])
    expect(told(after).toSorted()).toEqual(runs.slice(3).map(name).toSorted())

    scratch.damage('UPDATE revision SET bundle = substr(bundle, 1, length(bundle) - 1)')
    expect(mended(after, look(after)).toSorted()).toEqual(runs.map(name).toSorted())
  })
})
