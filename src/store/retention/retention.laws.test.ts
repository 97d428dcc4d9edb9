/** Whatever a store holds and whatever is to be kept of it: told and done are equal, what is needed stays, and what stays is as it was. */
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makePast, minute, numbersIn, type PastRun, seenOf, seenWithout } from '../../../test/conformance/past.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { hostActor } from '../../model/actor.ts'
import type { JournalEntry } from '../../model/entry.ts'
import type { RunId } from '../../model/ids.ts'
import { added, countIn, noAmount, type RetentionPlan, type RetentionPolicy } from '../../model/retention.ts'
import { isEnded } from '../../model/status.ts'
import { workspaceKey } from '../crypt/workspace-key.ts'
import type { Store } from '../open-store.ts'
import { openReads } from '../reader/reads.ts'

const key = workspaceKey(Buffer.alloc(32, 7))
const scale = Number(process.env['CAIRN_SCALE'] ?? 0.1)

const pasts: fc.Arbitrary<PastRun[]> = fc.array(
  fc.record({
    workflow: fc.constantFrom('outreach', 'billing'),
    of: fc.nat({ max: 8 }),
    from: fc.nat({ max: 8 }),
    childOf: fc.option(fc.nat({ max: 8 }), { nil: undefined }),
    isKept: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    passes: fc.oneof({ weight: 9, arbitrary: fc.nat({ max: 6 }) }, { weight: 1, arbitrary: fc.constant(90) }),
    hasEnded: fc.boolean(),
    savepoint: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
    asks: fc.boolean(),
    logs: fc.nat({ max: 2 }),
  }),
  { minLength: 1, maxLength: 9 },
)

const bounds = fc.record({
  runs: fc.option(fc.nat({ max: 3 })),
  age: fc.option(fc.nat({ max: 30 * minute })),
  size: fc.option(fc.nat({ max: 30_000 })),
  branches: fc.option(fc.nat({ max: 2 })),
  checkpoints: fc.option(fc.nat({ max: 5 })),
})
const policies: fc.Arbitrary<RetentionPolicy> = fc.record({ usual: bounds, workflows: fc.record({ billing: bounds }) })

let scratch: ScratchStore
beforeEach(() => {
  scratch = new ScratchStore()
})
afterEach(() => scratch.remove())

test('law: what is announced is what is done, what is needed stays, and whatever stays is as it was', async () => {
  await fc.assert(
    fc.asyncProperty(pasts, policies, fc.constantFrom(null, key), async (runs, policy, key) => {
      await scratch.remove()
      scratch = new ScratchStore()
      const store = await scratch.open({ key, keyframeFloor: 400, durability: 'normal' })
      const ids = await makePast(store, scratch.clock, runs)
      const plan = await store.retention.plan({ policy, damaged: [] })
      const before = seenOf(scratch.workspace, ids, key)
      const needed = neededOf(store, ids)
      const parents = new Map(ids.map((id) => [id, store.storage.load(id)?.record.parent?.run]))

      const entries: JournalEntry[] = []
      const committed = (entry: JournalEntry): number => entries.push(entry)
      const { removed, trimmed, left, untrimmed } = await store.retention.apply({ policy, damaged: [], actor: hostActor, told: () => undefined, committed })

      expect(removed).toEqual(plan.total)
      expect(trimmed).toEqual(plan.trimmed)
      expect([left, untrimmed]).toEqual([0, 0])
      const gone = plan.going.map(({ run }) => run)
      const said = entries.flatMap((entry) => entry.events.flatMap((event) => (event.type === 'runs_removed' ? event.runs : [])))
      expect(said.map(({ run }) => run)).toEqual(gone)
      for (const [at, child] of gone.entries()) expect([undefined, ...gone.slice(0, at)]).toContain(parents.get(child))

      const trims = entries.flatMap((entry) => entry.events.flatMap((event) => (event.type === 'checkpoints_removed' ? [event] : [])))
      const isGone = (id: RunId) => (checkpoint: number): boolean =>
        trims.some(({ run, removed: gaps }) => run === id && gaps.some(({ first, last }) => first <= checkpoint && checkpoint <= last))
      const did = trims.flatMap(({ run, removed: gaps }) => gaps.map((gap) => ({ run, rule: gap.rule, checkpoints: countIn([gap]) })))
      expect(byRule(did)).toEqual(byRule(plan.trims))
      expect(plan.parts.map(({ amount }) => amount).reduce(added, noAmount)).toEqual(plan.total)
      for (const [run, checkpoint] of needed) expect(store.storage.moment(run, checkpoint)?.checkpoint.number).toBe(checkpoint)
      const after = seenOf(scratch.workspace, ids, key)
      for (const id of ids) {
        if (gone.includes(id)) expect(after.get(id)).toEqual({ removed: expect.objectContaining({ id }) })
        else expect(after.get(id)).toEqual(seenWithout(before.get(id), isGone(id)))
      }
      const reads = openReads(scratch.workspace, { key })
      expect(reads.verify().findings).toEqual([])
      const { length } = reads.journal(0, 10_000, null)
      expect(length).toBe(store.head().position)
      reads.close()
      expect((await store.retention.plan({ policy, damaged: [] })).total).toEqual(noAmount)
      for (const [id, seen] of after) for (const number of numbersIn(seen)) expect(store.storage.moment(id, number)?.checkpoint.number).toBe(number)
      expect(scratch.troubles).toEqual([])
    }),
    { numRuns: Math.max(6, 40 * scale), endOnFailure: true },
  )
}, 120_000 * Math.max(1, 10 * scale))

/** What runs that have not ended may go back to, and were made from: by what the engine would take up of them. */
function neededOf({ storage }: Pick<Store, 'storage'>, ids: readonly RunId[]): (readonly [RunId, number])[] {
  return ids.flatMap((id) => {
    const run = storage.load(id)
    if (run === undefined || isEnded(run.record.status)) return []
    const { origin } = run.record
    const savepoint = run.steps.findLast((step) => step.savepoint !== null)?.savepoint?.checkpoint
    const own = [savepoint, ...run.decisions.map(({ checkpoint }) => checkpoint)].flatMap((each) => (typeof each === 'number' ? [[id, each] as const] : []))
    return origin === null ? own : [...own, [origin.run, origin.checkpoint] as const]
  })
}

/** How many checkpoints of each run by each rule. */
function byRule(trims: readonly Pick<RetentionPlan['trims'][number], 'run' | 'rule' | 'checkpoints'>[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { run, rule, checkpoints } of trims) sums.set(`${run} ${rule}`, (sums.get(`${run} ${rule}`) ?? 0) + checkpoints)
  return sums
}
