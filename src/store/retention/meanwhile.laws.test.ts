/** Whatever runs do while retention is at work, before each of its transactions: all that is still there can be read. */
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { retentionBeside } from '../../../test/conformance/retention-beside.ts'
import { draft, SampleRun, sampleRevision, sampleStep } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { unnamedValues } from '../../../test/conformance/unnamed-values.ts'
import { hostActor } from '../../model/actor.ts'
import { contextKey, outputKey, type StateChange } from '../../model/checkpoint.ts'
import type { Address } from '../../model/ids.ts'
import { noAmount, type RetentionPolicy } from '../../model/retention.ts'
import { CorruptionFound, VersionConflict } from '../../model/storage-errors.ts'
import { isCheckpointOf } from '../format/checkpoint-id.ts'
import type { Store } from '../open-store.ts'
import { storePaths } from '../paths.ts'

const scale = Number(process.env['CAIRN_SCALE'] ?? 0.1)

/** What somebody does with a run, counted from the first: `value` is one of a few that all of a lineage say. */
const move = fc.record({
  kind: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('says', 'changes') },
    { weight: 4, arbitrary: fc.constantFrom('goes back', 'is replayed', 'ends') },
    { weight: 2, arbitrary: fc.constantFrom('is kept', 'is kept no more', 'is damaged', 'is mended') },
  ),
  run: fc.nat({ max: 5 }),
  value: fc.nat({ max: 9 }),
  checkpoint: fc.nat({ max: 12 }),
})
type Move = typeof move extends fc.Arbitrary<infer M> ? M : never
/** A run and a replay of it that has ended, which have come to the same, and then whatever may be. */
const histories = fc.tuple(fc.array(fc.nat({ max: 9 }), { maxLength: 8 }), fc.array(move, { maxLength: 30 })).map(([values, more]): Move[] => {
  const says = (run: number) => values.map((value): Move => ({ kind: 'changes', run, value, checkpoint: 0 }))
  const does = (kind: Move['kind'], run: number): Move => ({ kind, run, value: 0, checkpoint: 0 })
  return [...says(0), does('is replayed', 0), ...says(1), does('ends', 1), ...more]
})
/** What is done before the transaction of that number. */
const meanwhiles = fc.array(fc.tuple(fc.nat({ max: 6 }), move), { minLength: 1, maxLength: 8 })
const policies: fc.Arbitrary<RetentionPolicy> = fc.record({
  usual: fc.record({
    runs: fc.option(fc.nat({ max: 2 })),
    age: fc.constant(null),
    size: fc.constant(null),
    branches: fc.option(fc.nat({ max: 1 })),
    checkpoints: fc.option(fc.integer({ min: 1, max: 4 })),
  }),
  workflows: fc.constant({}),
})

/** A pass that said something. */
interface Said {
  readonly output: Address
}

/** A state that a run has had. */
interface Was {
  readonly context: Address
  readonly passes: readonly Said[]
}

/** A run with all that the engine would know of it: its state at each of its checkpoints. */
class Moved {
  readonly run: SampleRun
  readonly #storage: Store['storage']
  #at: Was[] = []
  #now: Was
  #ended = false

  constructor(storage: Store['storage'], run: SampleRun, began: Was) {
    this.#storage = storage
    this.run = run
    this.#now = began
    this.#has(began)
  }

  static async begins(storage: Store['storage'], number: number, of?: { readonly moved: Moved; readonly checkpoint: number }): Promise<Moved> {
    const run = new SampleRun(storage, number, of?.moved.run)
    const began = (of === undefined ? undefined : of.moved.#at[of.checkpoint]) ?? { context: run.seal('context').address, passes: [] }
    if (of !== undefined) run.record = { ...run.record, origin: { run: of.moved.run.id, checkpoint: of.checkpoint, edited: [] } }
    const { passes } = began
    await storage.commit(run.create({ changes: changesOf(began), steps: passes.map((_, index) => stepOf(passes, index, 0)) }))
    return new Moved(storage, run, began)
  }

  async says(text: string): Promise<void> {
    if (this.#ended) return
    const value = this.run.seal(text)
    const { context } = this.#now
    const passes = [...this.#now.passes, { output: value.address }]
    const moved = this.run.next({
      values: [value],
      changes: [{ key: outputKey(draft, passes.length), address: value.address }],
      steps: [stepOf(passes, passes.length - 1, this.run.record.branch)],
    })
    const event = { type: 'step_completed' as const, step: draft, iteration: passes.length, output: value.address, via: null }
    await this.#storage.commit({ ...moved, entry: { ...moved.entry, events: [event] } })
    this.#has({ context, passes })
  }

  /** Only checkpoints name what its context was. */
  async changes(text: string): Promise<void> {
    if (this.#ended) return
    const { address, ...value } = this.run.seal(text)
    const moved = this.run.next({ values: [{ address, ...value }], changes: [{ key: contextKey, address }] })
    const event = { type: 'step_completed' as const, step: draft, iteration: 1, output: address, via: null }
    await this.#storage.commit({ ...moved, entry: { ...moved.entry, events: [event] } })
    this.#has({ ...this.#now, context: address })
  }

  async goesBack(to: number): Promise<void> {
    const from = to % this.#at.length
    const was = this.#at[from] ?? this.#now
    const { passes } = was
    const common = passes.findIndex((pass, index) => pass !== this.#now.passes[index])
    const kept = common === -1 ? passes.length : common
    const branch = this.run.record.branch + 1
    const steps = passes.map((_, index) => stepOf(passes, index, branch)).slice(kept)
    const record = { status: 'running', endedAt: null } as const
    await this.#storage.commit(this.run.next({ branch: { parent: 0, from, why: null, kept: kept === 0 ? {} : { [draft]: kept } }, changes: [], steps, record }))
    this.#has(was)
    this.#ended = false
  }

  async isReplayed(number: number, from: number): Promise<Moved> {
    return Moved.begins(this.#storage, number, { moved: this, checkpoint: from % this.#at.length })
  }

  async ends(at: number): Promise<void> {
    if (this.#ended) return
    await this.#storage.commit(this.run.next({ record: { status: 'completed', endedAt: at } }))
    this.#ended = true
  }

  async isKept(by: typeof hostActor | null): Promise<void> {
    await this.#storage.commit(this.run.next({ record: { kept: by === null ? null : { by, why: null, at: 1 } } }))
  }

  #has(state: Was): void {
    this.#now = state
    this.#at.push(state)
  }
}

function stepOf(passes: readonly Said[], index: number, branch: number): ReturnType<typeof sampleStep> {
  return sampleStep({ branch, iteration: index + 1, status: 'completed', output: passes[index]?.output ?? null })
}

function changesOf({ context, passes }: Was): StateChange[] {
  return [{ key: contextKey, address: context }, ...passes.map(({ output }, index) => ({ key: outputKey(draft, index + 1), address: output }))]
}

let scratch: ScratchStore
let store: Store
let runs: Moved[]
/** Checkpoints that are damaged, and what their checksums were. */
let damaged: Map<string, unknown>
beforeEach(() => {
  scratch = new ScratchStore()
})
afterEach(() => scratch.remove())

/** Answers once it is done, or refused: the run is then as it was. */
async function does({ kind, run: index, value, checkpoint }: Move): Promise<void> {
  const at = index % runs.length
  const moved = runs[at]
  if (moved === undefined) return
  const before = moved.run.record
  try {
    if (kind === 'says') await moved.says(`value ${value}`)
    else if (kind === 'changes') await moved.changes(`value ${value}`)
    else if (kind === 'goes back') await moved.goesBack(checkpoint)
    else if (kind === 'is replayed') runs.push(await moved.isReplayed(runs.length + 1, checkpoint))
    else if (kind === 'ends') await moved.ends(value)
    else if (kind === 'is kept') await moved.isKept(hostActor)
    else if (kind === 'is kept no more') await moved.isKept(null)
    else if (kind === 'is damaged') damages(at + 1, checkpoint)
    else mends()
  } catch (error) {
    if (!(error instanceof VersionConflict) && !(error instanceof CorruptionFound) && !String(error).includes('not stored')) throw error
    moved.run.record = before
  }
}

function damages(run: number, checkpoint: number): void {
  const place = isCheckpointOf(String(run), String(checkpoint), String(checkpoint))
  withFile((db) => {
    const checksum: unknown = db.prepare(`SELECT hex(checksum) FROM checkpoint WHERE ${place}`).pluck().get()
    if (checksum === undefined || damaged.has(place)) return
    damaged.set(place, checksum)
    db.prepare(`UPDATE checkpoint SET checksum = zeroblob(32) WHERE ${place}`).run()
  })
}

function mends(): void {
  withFile((db) => {
    for (const [place, checksum] of damaged) db.prepare(`UPDATE checkpoint SET checksum = unhex(?) WHERE ${place}`).run(checksum)
  })
  damaged.clear()
}

function withFile(use: (db: Database.Database) => void): void {
  const db = new Database(storePaths(scratch.workspace).store)
  use(db)
  db.close()
}

test('law: whatever runs of a lineage do between the transactions, each checkpoint that is there is whole, and the next retention leaves nothing over', async () => {
  await fc.assert(
    fc.asyncProperty(histories, meanwhiles, policies, async (history, meanwhile, policy) => {
      await scratch.remove()
      scratch = new ScratchStore()
      damaged = new Map()
      store = await scratch.open({ keyframeFloor: 400, durability: 'normal' })
      await store.storage.saveRevision(sampleRevision)
      runs = [await Moved.begins(store.storage, 1)]
      for (const each of history) await does(each)

      const keeper = retentionBeside(scratch, store, async (transaction) => {
        for (const [at, each] of meanwhile) if (at === transaction) await does(each)
      })
      const order = { policy, damaged: [], actor: hostActor, told: () => undefined, committed: () => undefined }
      await keeper.apply(order).catch((error: unknown) => {
        if (!(error instanceof CorruptionFound)) throw error
      })
      mends()
      await isWhole()
      await keeper.close()
      // What had begun to go of a run that is kept stays as it is until it is kept no more.
      for (const run of runs.keys()) await does({ kind: 'is kept no more', run, value: 0, checkpoint: 0 })
      expect(await store.retention.apply(order)).toMatchObject({ left: 0, untrimmed: 0 })
      expect((await store.retention.plan(order)).total).toEqual(noAmount)
      expect(unnamedValues(scratch.workspace)).toBe(0)
      await isWhole()
    }),
    { numRuns: Math.max(15, 200 * scale), endOnFailure: true },
  )
}, 120_000 * Math.max(1, 10 * scale))

async function isWhole(): Promise<void> {
  expect(await store.verify()).toMatchObject({ findings: [] })
  for (const { run } of runs) {
    const { checkpoints: there } = await store.queries.checkpoints(run.id, null, 1_000)
    for (const { number } of there) expect(store.storage.moment(run.id, number)?.checkpoint.number).toBe(number)
    if (there.length > 0) expect(there.map(({ number }) => number)).toContain(run.record.head)
  }
}
