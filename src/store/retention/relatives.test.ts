/** What retention costs hangs on how much there is, and not on how many relatives a run has; what was journaled since is looked at, however much. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { retentionBeside } from '../../../test/conformance/retention-beside.ts'
import { draft, SampleRun, sampleHostEntry, startedRun } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { expectWhole } from '../../../test/conformance/started-store.ts'
import { watchStatements } from '../../../test/conformance/watched-statements.ts'
import { hostActor } from '../../model/actor.ts'
import { contextKey } from '../../model/checkpoint.ts'
import type { Address } from '../../model/ids.ts'
import { type Retained, type RetentionPolicy, unbounded } from '../../model/retention.ts'
import { openReader } from '../crypt/open-reader.ts'
import type { Store } from '../open-store.ts'
import { storePaths } from '../paths.ts'
import { planRetention } from './plan.ts'

const noRuns: RetentionPolicy = { usual: { ...unbounded, runs: 0 }, workflows: {} }
const short: RetentionPolicy = { usual: { ...unbounded, checkpoints: 2 }, workflows: {} }
const length = 5

/** Statements of this thread, and how many rows they read. */
let asked: (readonly [sql: string, rows: number])[]
let unwatch: () => void
let scratch: ScratchStore
let store: Store
let origin: SampleRun
beforeEach(async () => {
  asked = []
  unwatch = watchStatements((sql, rows) => asked.push([sql, rows]))
  scratch = new ScratchStore()
  store = await scratch.open({ durability: 'normal' })
  origin = await startedRun(store.storage, 1)
})
afterEach(async () => {
  unwatch()
  await scratch.remove()
})

/** Its context becomes one text after the other: only checkpoints and the journal name them. */
async function says(run: SampleRun, texts: readonly string[]): Promise<Address[]> {
  const said = texts.map((text) => run.seal(text))
  await Promise.all(
    said.map(({ address, ...value }) => {
      const moved = run.next({ values: [{ address, ...value }], changes: [{ key: contextKey, address }] })
      const event = { type: 'step_completed' as const, step: draft, iteration: 1, output: address, via: null }
      return store.storage.commit({ ...moved, entry: { ...moved.entry, events: [event] } })
    }),
  )
  return said.map(({ address }) => address)
}

async function replays(count: number, hasEnded: boolean): Promise<SampleRun[]> {
  const all = Array.from({ length: count }, (_, index) => new SampleRun(store.storage, index + 2, origin))
  for (const [at, run] of all.entries()) {
    await store.storage.commit(run.create())
    await says(run, Array.from({ length }, (_, index) => `${at} says ${index}`))
    if (hasEnded) await ends(run)
  }
  return all
}

const ends = (run: SampleRun) => store.storage.commit(run.next({ record: { status: 'completed', endedAt: 1 } }))

async function applied(policy: RetentionPolicy, happens: (transaction: number) => Promise<unknown>): Promise<Retained> {
  const keeper = retentionBeside(scratch, store, happens)
  const done = await keeper.apply({ policy, damaged: [], actor: hostActor, told: () => undefined, committed: () => undefined })
  await keeper.close()
  return done
}

const isThere = async (run: SampleRun, address: Address): Promise<boolean> => (await store.queries.value(run.id, address)) !== undefined

describe.each([
  ['runs that go', noRuns, true],
  ['checkpoints that go', short, false],
])('%s', (_, policy, hasEnded) => {
  test('are planned by reading each checkpoint three times at most, however many replays there are', async () => {
    await replays(12, hasEnded)
    await scratch.shut()
    const db = openReader(storePaths(scratch.workspace).store, null)
    asked = []
    const { plan } = planRetention(db, { policy, now: scratch.clock.now(), damaged: [] }, () => undefined)
    db.close()
    expect(plan.total.values).toBeGreaterThan(0)
    const read = asked.filter(([sql]) => /^SELECT(?! count).*\bFROM checkpoint\b/s.test(sql)).reduce((sum, [, rows]) => sum + rows, 0)
    expect(read).toBeGreaterThan(0)
    expect(read).toBeLessThanOrEqual(3 * (1 + 12 * (1 + length)))
  })

  test('are removed by few statements in each transaction, however many relatives stay', async () => {
    const relatives = await replays(30, false)
    for (const run of relatives.slice(0, 2)) if (hasEnded) await ends(run)
    let most = 0
    const count = (): void => {
      most = Math.max(most, asked.filter(([sql]) => /\bFROM (journal|run)\b/.test(sql)).length)
      asked = []
    }
    await applied(policy, async (transaction) => {
      if (transaction > 0) count()
      asked = []
    })
    count()
    expect(most).toBeGreaterThan(0)
    expect(most).toBeLessThan(30)
    await expectWhole({ scratch, store })
  })
})

describe('of a run that goes', () => {
  test('a value stays that was named since, behind more entries than one transaction looks at: until then nothing goes', async () => {
    const [replay] = await replays(1, true)
    const said = replay?.seal('0 says 3').address
    const values = (await store.retention.plan({ policy: noRuns, damaged: [] })).total.values
    let most = 0
    const { removed, left } = await applied(noRuns, async (transaction) => {
      if (transaction === 0) {
        await Promise.all(Array.from({ length: 2_500 }, () => store.storage.record(sampleHostEntry())))
        await says(origin, ['0 says 3'])
      }
      most = Math.max(most, ...asked.filter(([sql]) => /\bFROM journal\b/.test(sql)).map(([, rows]) => rows))
      asked = []
    })
    expect([removed.runs, removed.values, left]).toEqual([1, values - 1, 0])
    expect(most).toBeLessThanOrEqual(1_000)
    if (said !== undefined) expect(await isThere(origin, said)).toBe(true)
    await expectWhole({ scratch, store })
  })

  test('a value stays that a replay names which began since, as one of more than one transaction looks at', async () => {
    await replays(1, true)
    const { removed } = await applied(noRuns, async (transaction) => {
      if (transaction !== 0) return
      for (let number = 3; number <= 250; number += 1) await store.storage.commit(new SampleRun(store.storage, number, origin).create())
      const last = new SampleRun(store.storage, 251, origin)
      await store.storage.commit(last.create())
      await says(last, ['0 says 3'])
    })
    expect([removed.runs, removed.values]).toEqual([1, length - 1])
    await expectWhole({ scratch, store })
  })

  test('no value goes where an entry of its lineage was damaged since: nobody knows what that names', async () => {
    await replays(1, true)
    const said = origin.seal('0 says 3').address
    const { removed, left } = await applied(noRuns, async (transaction) => {
      if (transaction !== 0) return
      await says(origin, ['0 says 3'])
      scratch.damage(`UPDATE journal SET body = replace(body, '${said}', '${'0'.repeat(64)}') WHERE position = ${store.head().position}`)
    })
    expect([removed.values, left]).toEqual([0, 1])
    expect(await isThere(origin, said)).toBe(true)
  })
})
