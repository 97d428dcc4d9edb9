/** Runs that go and share their values with others that stay: what nobody names goes with them, a few rows at a time, and nothing else. */
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { draft, type Parts, SampleRun, sampleStep, startedRun } from '../../../test/conformance/samples.ts'
import type { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { expectWhole, startedStore } from '../../../test/conformance/started-store.ts'
import { watchStatements } from '../../../test/conformance/watched-statements.ts'
import type { SealedValue, Transition } from '../../engine/ports.ts'
import { hostActor } from '../../model/actor.ts'
import { outputKey } from '../../model/checkpoint.ts'
import type { Address } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import { type Retained, type RetentionPolicy, unbounded } from '../../model/retention.ts'
import { isCheckpointOf } from '../format/checkpoint-id.ts'
import type { Store } from '../open-store.ts'
import { storePaths } from '../paths.ts'

/** More values than go in one transaction. */
const many = 500
/** Rows of one transaction. */
const mostRows = 400
const noRuns: RetentionPolicy = { usual: { ...unbounded, runs: 0 }, workflows: {} }

let scratch: ScratchStore
let store: Store
let origin: SampleRun
beforeEach(async () => {
  ;({ scratch, store, origin } = await startedStore())
})
afterEach(() => scratch.remove())

/** A checkpoint that holds these values; events name their addresses. */
function holding(values: readonly SealedValue[], move: (parts: Parts) => Transition): Transition {
  const steps = values.slice(0, 1).map(({ address }) => sampleStep({ status: 'completed', output: address }))
  const changes = values.map(({ address }, index) => ({ key: outputKey(draft, index + 1), address }))
  const moved = move({ values, changes, steps })
  const events = values.map(({ address }) => ({ type: 'step_completed' as const, step: draft, iteration: 1, output: address, via: null }))
  return { ...moved, entry: { ...moved.entry, events } }
}

/** A checkpoint for each of these texts. */
async function says(run: SampleRun, texts: readonly Json[]): Promise<Address[]> {
  const said = texts.map((text) => run.seal(text))
  await Promise.all(said.map((value) => store.storage.commit(holding([value], (parts) => run.next(parts)))))
  return said.map(({ address }) => address)
}

const texts = (count: number, of: string): Json[] => Array.from({ length: count }, (_, index) => ({ of, index }))

async function replayed(number: number, of = origin): Promise<SampleRun> {
  const replay = new SampleRun(store.storage, number, of)
  await store.storage.commit(replay.create())
  return replay
}

const ends = (run: SampleRun, at: number) => store.storage.commit(run.next({ record: { status: 'completed', endedAt: at } }))

const apply = (told: () => void = () => undefined, policy = noRuns): Promise<Retained> =>
  store.retention.apply({ policy, damaged: [], actor: hostActor, told, committed: () => undefined })

/** Has something happen behind the first transaction in which the condition holds. */
async function onceSo(holds: () => boolean, happens: () => Promise<unknown>): Promise<Retained> {
  let happened: Promise<unknown> | undefined
  const done = await apply(() => {
    if (holds()) happened ??= happens()
  })
  expect(happened).toBeDefined()
  await happened
  return done
}

const isWhole = (): Promise<void> => expectWhole({ scratch, store })

const isThere = async (run: SampleRun, address: Address): Promise<boolean> => (await store.queries.value(run.id, address)) !== undefined

const textOf = async (run: SampleRun, address: Address): Promise<Json> => (await store.queries.value(run.id, address))?.value ?? null

/** The one that goes last: they go in order of their addresses. */
const lastOf = (addresses: readonly Address[]): Address => {
  const last = addresses.toSorted().at(-1)
  if (last === undefined) throw new Error('there is none')
  return last
}

/** What the store's file answers, or has changed, beside its back. */
function asked(sql: string): unknown {
  const db = new Database(storePaths(scratch.workspace).store)
  try {
    const statement = db.prepare<[]>(sql)
    return statement.reader ? statement.pluck().get() : statement.run().changes
  } finally {
    db.close()
  }
}

describe('what nobody names goes, what others name stays', () => {
  test('with one replay', async () => {
    const shared = await says(origin, texts(3, 'both'))
    const replay = await replayed(2)
    await says(replay, [...texts(3, 'both'), ...texts(many, 'its own')])
    await ends(replay, 1)
    const { total } = await store.retention.plan({ policy: noRuns, damaged: [] })
    const { removed, left } = await apply()
    expect(removed).toEqual(total)
    expect([removed.runs, removed.values, left]).toEqual([1, many, 0])
    for (const address of shared) expect(await isThere(origin, address)).toBe(true)
    await isWhole()
  })

  test('with several, of which two share what the others do not name', async () => {
    await says(origin, texts(3, 'all'))
    for (const number of [2, 3, 4]) {
      const replay = await replayed(number)
      await says(replay, [...texts(3, 'all'), ...texts(2, number === 4 ? 'one' : 'two'), ...texts(2, `${number}`)])
      await ends(replay, number)
    }
    const { total } = await store.retention.plan({ policy: noRuns, damaged: [] })
    const { removed, left } = await apply()
    expect(removed).toEqual(total)
    expect([removed.runs, removed.values, left]).toEqual([3, 4 + 3 * 2, 0])
    await isWhole()
  })

  test('and all of a lineage of which no run stays', async () => {
    await says(origin, texts(many, 'both'))
    const replay = await replayed(2)
    await says(replay, texts(2, 'its own'))
    await ends(origin, 1)
    await ends(replay, 2)
    const { total } = await store.retention.plan({ policy: noRuns, damaged: [] })
    expect((await apply()).removed).toEqual(total)
    expect(asked('SELECT count(*) FROM value')).toBe(0)
    await isWhole()
  })
})

test('the thread of the engine reads nothing of who stays, and takes away so many rows at once, however long the runs are', async () => {
  await scratch.shut()
  const [touched, most] = [new Map<string, number>(), new Map<string, number>()]
  const unwatch = watchStatements((sql, rows) => {
    const way = /^(SELECT|DELETE)\b.*?\bFROM (checkpoint|keyframe|step|value)\b/s.exec(sql)?.slice(1).join(' ')
    if (way !== undefined) touched.set(way, (touched.get(way) ?? 0) + rows)
  })
  try {
    store = await scratch.open({ durability: 'normal' })
    await says(origin, texts(many, 'both'))
    for (const number of [2, 3, 4]) {
      const replay = await replayed(number)
      await says(replay, texts(many, `${number}`))
      await ends(replay, number)
    }
    touched.clear()
    const { removed } = await apply(() => {
      for (const [way, rows] of touched) most.set(way, Math.max(rows, most.get(way) ?? 0))
      touched.clear()
    })
    expect(removed.values).toBe(3 * many)
    expect([...most.keys()].filter((way) => way.startsWith('SELECT'))).toEqual([])
    expect(most.get('DELETE value')).toBeGreaterThan(0)
    expect(Math.max(...most.values())).toBeLessThanOrEqual(mostRows)
  } finally {
    unwatch()
  }
  await isWhole()
})

describe('while it goes', () => {
  test('a value stays that another run has come to name since', async () => {
    const replay = await replayed(2)
    const last = lastOf(await says(replay, texts(many, 'its own')))
    const text = await textOf(replay, last)
    await ends(replay, 1)
    const { removed } = await onceSo(() => true, () => says(origin, [text]))
    expect(removed.values).toBe(many - 1)
    expect(await isThere(origin, last)).toBe(true)
    await isWhole()
  })

  test('it stays as well for those that go later, and for a replay that has begun since', async () => {
    const first = await replayed(2)
    const lastOfFirst = lastOf(await says(first, texts(many, 'first')))
    const second = await replayed(3)
    const lastOfSecond = lastOf(await says(second, texts(many, 'second')))
    const again = [await textOf(first, lastOfFirst), await textOf(second, lastOfSecond)].map((text) => origin.seal(text))
    await ends(first, 1)
    await ends(second, 2)
    const late = new SampleRun(store.storage, 4, origin)
    const { removed } = await onceSo(() => true, () => store.storage.commit(holding(again, (parts) => late.create(parts))))
    expect(removed.values).toBe(2 * many - 2)
    expect(await isThere(origin, lastOfFirst)).toBe(true)
    expect(await isThere(origin, lastOfSecond)).toBe(true)
    await isWhole()
  })

  test('what a replay names stays that begins of the run when that has gone, and not all of its values have', async () => {
    const replay = await replayed(2)
    const last = lastOf(await says(replay, texts(many, 'its own')))
    await ends(replay, 1)
    const late = new SampleRun(store.storage, 3, replay)
    const create = late.create({ changes: [{ key: outputKey(draft, 1), address: last }] })
    expect(await onceSo(() => asked('SELECT 1 FROM run WHERE number = 2') === undefined, () => store.storage.commit(create))).toMatchObject({ left: 1 })
    expect(await isThere(late, last)).toBe(true)
    expect(await store.verify()).toMatchObject({ findings: [] })

    expect(await apply()).toMatchObject({ left: 0 })
    expect(await isThere(late, last)).toBe(true)
    await isWhole()
  })

  test('where a run is to be kept by then, nothing goes that it names: not with those that were to go after it, nor of those that stay', async () => {
    const long = await startedRun(store.storage, 5)
    await says(long, texts(many, 'long'))
    const kept = await replayed(2)
    const shared = [...(await says(origin, texts(2, 'origin'))), ...(await says(kept, [...texts(2, 'origin'), ...texts(2, 'two')])).slice(2)]
    const other = await replayed(3)
    await says(other, [...texts(2, 'two'), ...texts(2, 'its own')])
    await says(origin, texts(2, 'later'))
    for (const [at, run] of [long, kept, other].entries()) await ends(run, at + 1)
    const policy = { ...noRuns, usual: { ...noRuns.usual, checkpoints: 1 } }

    let changed: Promise<unknown> | undefined
    const keep = (by: typeof hostActor | null) => store.storage.commit(kept.next({ record: { kept: by === null ? null : { by, why: null, at: 9 } } }))
    const { removed, left, untrimmed } = await apply(() => {
      changed ??= keep(hostActor)
    }, policy)
    await changed
    for (const address of shared) expect(await isThere(kept, address)).toBe(true)
    expect([removed.runs, left, untrimmed]).toEqual([2, 2, 1])
    expect(await store.verify()).toMatchObject({ findings: [] })

    expect(await apply(undefined, policy)).toMatchObject({ left: 0, untrimmed: 0 })
    for (const address of shared) expect(await isThere(kept, address)).toBe(true)
    await isWhole()
    await keep(null)
    expect(await apply(undefined, policy)).toMatchObject({ left: 0, untrimmed: 0 })
    await isWhole()
  })
})

describe('what is left is taken up', () => {
  test('after each transaction of a removal that was given up', async () => {
    const shared = await says(origin, texts(3, 'both'))
    let transactions = 0
    for (let stop = 1, isOver = false; !isOver; stop++) {
      const replay = await replayed(1 + stop)
      const own = await says(replay, [...texts(3, 'both'), ...texts(many, 'its own')])
      await ends(replay, 1)
      transactions = 0
      let shut: Promise<void> | undefined
      const applied = apply(() => {
        transactions += 1
        if (transactions === stop) shut = scratch.shut()
      })
      isOver = await applied.then(() => true, () => false)
      await shut
      store = await scratch.open({ durability: 'normal' })
      const { left } = await apply()
      expect(left).toBe(0)
      for (const address of shared) expect(await isThere(origin, address)).toBe(true)
      expect(await isThere(origin, lastOf(own.slice(3)))).toBe(false)
      await isWhole()
    }
    expect(transactions).toBeGreaterThan(3)
  })

  test('once a run of the lineage that was damaged meanwhile is mended: until then none of its values goes', async () => {
    await says(origin, texts(3, 'both'))
    const replay = await replayed(2)
    await says(replay, [...texts(3, 'both'), ...texts(many, 'its own')])
    await ends(replay, 1)
    let shut: Promise<void> | undefined
    const applied = apply(() => {
      shut ??= scratch.shut()
    })
    await expect(applied).rejects.toMatchObject({ name: 'GivenUp' })
    await shut
    const values = asked('SELECT count(*) FROM value')
    const whole = asked('SELECT hex(checksum) FROM step WHERE run = 1')
    expect(asked('UPDATE step SET checksum = zeroblob(32) WHERE run = 1')).toBe(1)

    store = await scratch.open({ durability: 'normal' })
    expect(await apply()).toMatchObject({ left: 1, removed: { values: 0 } })
    expect(asked('SELECT count(*) FROM value')).toBe(values)
    expect(asked(`SELECT count(*) FROM checkpoint WHERE ${isCheckpointOf('2')}`)).toBe(0)
    await scratch.shut()
    asked(`UPDATE step SET checksum = unhex('${String(whole)}') WHERE run = 1`)

    store = await scratch.open({ durability: 'normal' })
    expect(await apply()).toMatchObject({ left: 0, removed: { values: many } })
    await isWhole()
  })
})
