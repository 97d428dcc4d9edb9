/** Whatever a store holds and whatever is to be kept of it: told and done are equal, and what stays is as it was. */
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { draft, sampleAttempt, sampleDecision, sampleHostEntry, sampleLog, SampleRun, sampleRevision, sampleStep } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { hostActor } from '../../model/actor.ts'
import { contextKey, outputKey } from '../../model/checkpoint.ts'
import type { JournalEntry } from '../../model/entry.ts'
import { type RunId, WorkflowName } from '../../model/ids.ts'
import type { RetentionPolicy } from '../../model/retention.ts'
import type { Store } from '../open-store.ts'
import { openReads } from '../reader/reads.ts'

const scale = Number(process.env['CAIRN_SCALE'] ?? 0.1)
const workflows = ['outreach', 'billing'].map((name) => WorkflowName.parse(name))
const minute = 60_000

interface Spec {
  readonly workflow: number
  /** The run that it is a replay of, counted from the first; itself where it is of none. */
  readonly of: number
  readonly passes: number
  readonly hasEnded: boolean
  readonly logs: number
}

const specs = fc.array(
  fc.record({
    workflow: fc.nat({ max: 1 }),
    of: fc.nat({ max: 8 }),
    passes: fc.oneof({ weight: 9, arbitrary: fc.nat({ max: 6 }) }, { weight: 1, arbitrary: fc.constant(130) }),
    hasEnded: fc.boolean(),
    logs: fc.nat({ max: 2 }),
  }),
  { minLength: 1, maxLength: 9 },
)

const bounds = fc.record({
  runs: fc.option(fc.nat({ max: 3 })),
  age: fc.option(fc.nat({ max: 30 * minute })),
  size: fc.option(fc.nat({ max: 30_000 })),
})
const policies: fc.Arbitrary<RetentionPolicy> = fc.record({ usual: bounds, workflows: fc.record({ billing: bounds }, { requiredKeys: [] }) })

let scratch: ScratchStore
beforeEach(() => {
  scratch = new ScratchStore()
})
afterEach(() => scratch.remove())

test('law: what is announced is what is done, and whatever stays is as it was', async () => {
  await fc.assert(
    fc.asyncProperty(specs, policies, async (runs, policy) => {
      await scratch.remove()
      scratch = new ScratchStore()
      const store = await scratch.open({ keyframeFloor: 400, durability: 'normal' })
      const ids = await fill(store, runs)
      const plan = await store.retention.plan({ policy, damaged: [] })
      const before = seen(ids)

      const entries: JournalEntry[] = []
      const committed = (entry: JournalEntry): number => entries.push(entry)
      const { removed, left } = await store.retention.apply({ policy, damaged: [], actor: hostActor, told: () => undefined, committed })

      expect(removed).toEqual(plan.total)
      expect(left).toBe(0)
      const gone = plan.going.map(({ run }) => run)
      const said = entries.flatMap((entry) => entry.events.flatMap((event) => (event.type === 'runs_removed' ? event.runs : [])))
      expect(said.map(({ run }) => run)).toEqual(gone)

      const after = seen(ids)
      for (const id of ids) {
        if (gone.includes(id)) expect(after.get(id)).toEqual({ removed: expect.objectContaining({ id }) })
        else expect(after.get(id)).toEqual(before.get(id))
      }
      const reads = openReads(scratch.workspace)
      expect(reads.verify().findings).toEqual([])
      const { length } = reads.journal(0, 10_000, null)
      expect(length).toBe(store.head().position)
      reads.close()
      expect((await store.retention.plan({ policy, damaged: [] })).total.runs).toBe(0)
      expect(scratch.troubles).toEqual([])
    }),
    { numRuns: Math.max(6, 60 * scale) },
  )
}, 120_000 * Math.max(1, 10 * scale))

/** Everything that is told of each run. */
function seen(ids: readonly RunId[]): Map<RunId, unknown> {
  const reads = openReads(scratch.workspace)
  try {
    return new Map(ids.map((id) => [id, of(id)]))
  } finally {
    reads.close()
  }

  function of(id: RunId): unknown {
    const detail = reads.run(id)
    if (detail === undefined) return { removed: reads.removed(id) }
    const checkpoints = reads.checkpoints(id, null, 1_000)
    return {
      ...{ ...detail, position: null },
      branches: reads.branches(id),
      checkpoints,
      states: checkpoints.map(({ number }) => reads.state(id, number)),
      journal: reads.journal(0, 1_000, id),
      signals: reads.signals(id, 1_000),
    }
  }
}

async function fill({ storage }: Store, all: readonly Spec[]): Promise<RunId[]> {
  const { clock } = scratch
  const made: SampleRun[] = []
  await storage.saveRevision(sampleRevision)
  for (const [index, { workflow, of, passes, hasEnded, logs }] of all.entries()) {
    await storage.record(sampleHostEntry())
    const run = new SampleRun(storage, index + 1, of < index ? made[of] : undefined)
    made.push(run)
    run.record = { ...run.record, workflow: workflows[workflow] ?? run.record.workflow }
    await storage.commit(run.create({ steps: [sampleStep()], attempts: [sampleAttempt()] }))
    for (let pass = 1; pass <= passes; pass++) {
      // Some values are those of other runs of the lineage too, some are nobody else's.
      const value = run.seal(pass % 2 === 0 ? `pass ${pass}` : { run: run.id, text: 'said '.repeat(pass * 20) }, pass === 3)
      const branch = pass % 4 === 0 ? { parent: run.record.branch, from: pass - 2, why: null } : undefined
      const onto = run.record.branch + (branch === undefined ? 0 : 1)
      const changes = [{ key: pass === 5 ? contextKey : outputKey(draft, pass), address: value.address }]
      const steps = [sampleStep({ branch: onto, iteration: pass, status: 'completed', output: value.address })]
      const decisions = pass % 3 === 0 ? [sampleDecision({ branch: onto, shown: value.address, status: 'approved' })] : []
      await storage.commit(run.next({ ...(branch && { branch }), values: [value], changes, steps, decisions }))
      clock.advance(minute)
    }
    for (let attempt = 1; attempt <= logs; attempt++) storage.keep([sampleLog(run.id, 'said', { attempt })])
    if (hasEnded) await storage.commit(run.next({ record: { status: 'completed', endedAt: clock.now() } }))
    clock.advance(minute)
  }
  clock.advance(2_000)
  await storage.record(sampleHostEntry())
  return made.map(({ id }) => id)
}
