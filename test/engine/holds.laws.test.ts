/**
 * Whatever runs hold, one after the other or side by side, in whatever order, and whoever goes first:
 *
 * 1. All of them end, and nothing is held or waited for then.
 * 2. Each circle is broken by one of it.
 * 3. Nobody gives way over and over: what it let go of is first had by who it gave way to.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JournalEntry } from '../../src/model/entry.ts'
import { type RunId, WorkflowName } from '../../src/model/ids.ts'
import { codeStep as code } from '../../src/model/manifest.fixture.ts'
import type { StepManifest } from '../../src/model/manifest.ts'
import { Resources } from '../../src/model/policy/coordination.ts'
import { usualPolicy } from '../../src/model/policy/policy.ts'
import { isEnded } from '../../src/model/status.ts'
import { completed, person, type Script, Workbench } from './workbench.ts'

/** Nobody gives way more often. */
const mostGivenWay = 20

const names = ['w', 'x', 'y', 'z'] as const
const way = fc.record({ order: fc.shuffledSubarray([...names], { minLength: 1 }), kind: fc.constantFrom('in order', 'in order', 'side by side', 'at once') })
const lives = fc.record({
  ways: fc.array(way, { minLength: 2, maxLength: 4 }),
  lengths: fc.array(fc.nat(60), { minLength: 12, maxLength: 12 }),
  runs: fc.array(fc.record({ priority: fc.oneof(fc.constant(0), fc.integer({ min: -100, max: 100 })), after: fc.nat(3) }), { minLength: 2, maxLength: 7 }),
  capacity: fc.integer({ min: 1, max: 2 }),
  crash: fc.nat(3),
})
type Life = typeof lives extends fc.Arbitrary<infer L> ? L : never

test('all of them end: no circle is left standing, each is broken by one of it, and nobody gives way for ever', { timeout: 60_000 }, async () => {
  await fc.assert(fc.asyncProperty(lives, live), { numRuns: Number(process.env['LAWS_RUNS'] ?? 60) })
})

async function live({ ways, lengths, runs: wanted, capacity, crash }: Life): Promise<void> {
  const workflows = Object.fromEntries(ways.map((each, index) => [`way${index}`, stepsOf(`s${index}`, each)]))
  let nth = 0
  const script: Script = Object.fromEntries(
    Object.values(workflows).flat().map(({ id }) => [id, ({ ref }) => {
      bench.time.after(lengths[(nth += 1) % lengths.length] ?? 1, () => bench.execution.sink?.ended(ref, completed()))
      return undefined
    }]),
  )
  const times = new Map<RunId, number>()
  const stored = ({ run, events }: JournalEntry): void => {
    if (run === null || !events.some((event) => event.type === 'run_closing' && event.closing.outcome === 'rolled_back')) return
    times.set(run, (times.get(run) ?? 0) + 1)
    if ((times.get(run) ?? 0) > mostGivenWay) throw new Error(`run ${run} gives way over and over`)
  }
  const policy = { ...usualPolicy, resources: Resources.parse({ w: capacity }) }
  const bench: Workbench = new Workbench([code('none')], { others: workflows, script, stored, policy: () => policy })
  const runs: RunId[] = []
  for (const [index, { priority, after }] of wanted.entries()) {
    const workflow = WorkflowName.parse(`way${index % ways.length}`)
    const { id } = await bench.until(bench.engine.start({ workflow, input: {}, context: {}, correlation: null, priority, actor: person }))
    runs.push(id)
    await bench.pass(after)
  }
  if (crash === 0) {
    await bench.pass(40)
    await bench.restart()
  }
  await bench.pass(40_000)
  expect(runs.map((run) => bench.record(run)).filter((record) => !isEnded(record.status) || record.holds !== null)).toEqual([])
  expect(bench.troubles).toEqual([])
  for (const run of runs) {
    const errors = [...(bench.disk.runs.get(run)?.errors.values() ?? [])].filter(({ failure }) => failure.name === 'Deadlock')
    for (const { failure, status } of errors) expect([status, failure.deadlock?.[0]?.run]).toEqual(['recovered', run])
  }
  for (const { name, held, waiting } of bench.engine.resources()) expect([name, held, waiting]).toEqual([name, 0, 0])
}

/** All is held to the end; or used by one step, and held by nobody. */
function stepsOf(id: string, { order, kind }: Life['ways'][number]): StepManifest[] {
  const all = Object.fromEntries(order.map((name) => [name, 1]))
  if (kind === 'at once') return [code(id, [], { uses: all })]
  const steps = order.map((name, index) => code(`${id}${index + 1}`, index === 0 || kind === 'side by side' ? [] : [`${id}${index}`], { holds: { [name]: 1 } }))
  return [...steps, code(id, steps.map((step) => step.id), { holds: all })]
}
