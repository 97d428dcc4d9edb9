/**
 * Who gives way, whatever runs hold in whatever order, told from the journal alone and without any cleverness.
 *
 * 1. Whoever gives way is of a circle, may, and loses the least of those in it that may: what it lost before counts.
 * 2. A person is asked only where nobody of the circle may.
 * 3. Once that is done, no circle stands: nobody is left that waits only for who waits for it.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JournalEntry, RunEntry } from '../../src/model/entry.ts'
import type { RunEvent } from '../../src/model/event.ts'
import type { Failure } from '../../src/model/failure.ts'
import { type RunId, WorkflowName } from '../../src/model/ids.ts'
import { codeStep as code } from '../../src/model/manifest.fixture.ts'
import type { StepManifest } from '../../src/model/manifest.ts'
import { Resources } from '../../src/model/policy/coordination.ts'
import { usualPolicy } from '../../src/model/policy/policy.ts'
import { isEnded } from '../../src/model/status.ts'
import { Shares } from '../simulation/shares.ts'
import { Throttled } from '../simulation/throttled.ts'
import { unsafe } from './scripts.ts'
import { completed, person, type Script, Workbench } from './workbench.ts'

const names = ['x', 'y', 'z'] as const
/** What a run takes one after the other; what it does with some of it nothing takes back. */
const way = fc.shuffledSubarray([...names], { minLength: 2 }).chain((order) => fc.array(fc.nat(5), { minLength: order.length, maxLength: order.length }).map((dice) => ({ order, lasting: dice.map((each) => each === 0) })))
const lives = fc.record({
  ways: fc.array(way, { minLength: 2, maxLength: 3 }),
  lengths: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 12, maxLength: 12 }),
  runs: fc.integer({ min: 2, max: 6 }),
  capacity: fc.integer({ min: 1, max: 2 }),
})

test('who loses the least gives way, nobody is asked where one may, and no circle is left standing', { timeout: 60_000 }, async () => {
  let gaveWay = 0
  await fc.assert(
    fc.asyncProperty(lives, async (life) => {
      gaveWay += await new Watched(life).live()
    }),
    { numRuns: 60 },
  )
  expect(gaveWay).toBeGreaterThan(20)
})

type Life = typeof lives extends fc.Arbitrary<infer L> ? L : never

class Watched {
  readonly #life: Life
  readonly #bench: Workbench
  readonly #shares: Shares
  readonly #entries = new Map<RunId, RunEntry[]>()
  #gaveWay = 0

  constructor(life: Life) {
    this.#life = life
    const others = Object.fromEntries(life.ways.map((each, index) => [`way${index}`, stepsOf(`s${index}`, each)]))
    let nth = 0
    const script: Script = Object.fromEntries(
      Object.values(others).flat().map(({ id }) => [id, ({ ref }) => {
        this.#bench.time.after(life.lengths[(nth += 1) % life.lengths.length] ?? 1, () => this.#bench.execution.sink?.ended(ref, completed()))
        return undefined
      }]),
    )
    const policy = { ...usualPolicy, resources: Resources.parse({ x: life.capacity }) }
    this.#shares = new Shares(policy, new Throttled(() => []))
    this.#bench = new Workbench([code('none')], { others, script, policy: () => policy, stored: (entry) => this.#stored(entry) })
  }

  /** Answers how often somebody gave way. */
  async live(): Promise<number> {
    const runs: RunId[] = []
    for (let index = 0; index < this.#life.runs; index += 1) runs.push(await this.#begin(`way${index % this.#life.ways.length}`))
    for (let moment = 0; moment < 2_000 && !runs.every((run) => isEnded(this.#bench.record(run).status)); moment += 1) {
      await this.#bench.pass(5)
      expect(this.#shares.tied(runs.map((run) => this.#bench.state(run)))).toBeUndefined()
      for (const run of runs) if (this.#bench.state(run).decisions().next().done !== true) await this.#bench.decide(run, 'fail')
    }
    expect(runs.map((run) => isEnded(this.#bench.record(run).status))).toEqual(runs.map(() => true))
    expect(this.#bench.troubles).toEqual([])
    return this.#gaveWay
  }

  async #begin(workflow: string): Promise<RunId> {
    const { id } = await this.#bench.until(this.#bench.engine.start({ workflow: WorkflowName.parse(workflow), input: {}, context: {}, correlation: null, actor: person }))
    await this.#bench.pass(3)
    return id
  }

  #stored(entry: JournalEntry): void {
    if (entry.run === null) return
    const before = this.#entries.get(entry.run) ?? []
    for (const event of entry.events) this.#judge(entry, event)
    this.#entries.set(entry.run, [...before, entry])
    expect(this.#shares.wrong(entry, this.#bench.state(entry.run))).toBeUndefined()
  }

  #judge({ run, at }: RunEntry, event: RunEvent): void {
    if (event.type === 'run_closing' && event.closing.outcome === 'rolled_back') {
      this.#gaveWay += 1
      const circle = circleOf(event.closing.failure)
      expect(circle[0]).toBe(run)
      expect(this.#mayGiveWay(run)).toBe(true)
      const least = Math.min(...circle.filter((each) => this.#mayGiveWay(each)).map((each) => this.#loss(each, at)))
      expect(this.#loss(run, at)).toBe(least)
    }
    if (event.type === 'decision_opened') expect(circleOf(event.decision.failure).filter((each) => this.#mayGiveWay(each))).toEqual([])
  }

  /** What the run has lost by giving way so far, and the time of what it did since it holds anything. */
  #loss(run: RunId, now: number): number {
    const entries = this.#entries.get(run) ?? []
    const before = entries.flatMap(({ events }) => events).reduce((sum, event) => sum + (event.type === 'run_closing' && event.closing.outcome === 'rolled_back' ? (event.closing.lost ?? 0) : 0), 0)
    const began = new Map<string, number>()
    let work = 0
    for (const { at, events } of this.#sinceHolding(run)) {
      for (const event of events) {
        if (event.type === 'attempt_started') began.set(event.step, at)
        if (event.type !== 'attempt_ended') continue
        work += Math.max(1, at - (began.get(event.step) ?? at))
        began.delete(event.step)
      }
    }
    for (const at of began.values()) work += Math.max(1, now - at)
    return before + work
  }

  /** Nothing has been done since it holds anything that stays. */
  #mayGiveWay(run: RunId): boolean {
    const steps = this.#sinceHolding(run).flatMap(({ events }) => events.flatMap((event) => (event.type === 'attempt_started' ? [event.step] : [])))
    return this.#sinceHolding(run).length > 0 && steps.every((step) => this.#bench.state(run).manifest(step).effect === null)
  }

  /** From the entry on with which it began to hold the first of what it holds. */
  #sinceHolding(run: RunId): readonly RunEntry[] {
    const entries = this.#entries.get(run) ?? []
    const holds = entries.findLastIndex(({ events }) => events.some(({ type }) => type === 'run_restored' || type === 'run_created'))
    const first = entries.findIndex(({ events }, index) => index >= holds && events.some(({ type }) => type === 'resources_held'))
    return first === -1 ? [] : entries.slice(first)
  }
}

/** Takes one after the other, and holds all of it to the end. */
function stepsOf(id: string, { order, lasting }: Life['ways'][number]): StepManifest[] {
  const holds = (...held: readonly string[]) => ({ holds: Object.fromEntries(held.map((name) => [name, 1])) })
  const steps = order.map((name, index) => code(`${id}${index + 1}`, index === 0 ? [] : [`${id}${index}`], { ...holds(name), ...(lasting[index] === true && unsafe) }))
  return [...steps, code(id, [`${id}${order.length}`], holds(...order))]
}

function circleOf(failure: Failure | null): readonly RunId[] {
  return [...new Set(failure?.deadlock?.map(({ run }) => run) ?? [])]
}
