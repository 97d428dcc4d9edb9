/** Runs to which nothing is done, thousands of them at full scale: nothing is said to be wrong with any. */
import { expect, test } from 'vitest'
import { codeStep } from '../../src/model/manifest.fixture.ts'
import type { StepManifest } from '../../src/model/manifest.ts'
import { Resources } from '../../src/model/policy/coordination.ts'
import { type Policy, usualPolicy } from '../../src/model/policy/policy.ts'
import { isEnded } from '../../src/model/status.ts'
import type { Task, TaskResult } from '../../src/engine/ports.ts'
import { Dice } from '../simulation/dice.ts'
import { randomWorkflow } from '../simulation/random-workflow.ts'
import { skipped } from './scripts.ts'
import { completed, person, type Script, Workbench } from './workbench.ts'

const scale = Number(process.env['CAIRN_SCALE'] ?? '0.1')
const workflows = Math.max(4, Math.round(20 * scale))
const runsOfEach = 100
/** Sooner than any random step times out or has to be heard of, in milliseconds. */
const soon = 400

/** There is enough of all for each of them, and not for all at once. */
const policy = (): Policy => ({ ...usualPolicy, resources: Resources.parse({ smtp: 2, license: 3, lock: 1 }) })

/** A step that asks nobody, and sends the run back only with what is new each time. */
function plain(manifest: StepManifest): StepManifest {
  const { id, needs, join, conditional, optional, onlyAsFallback, fallback, loop, timeout } = manifest
  if (manifest.kind === 'approval') return codeStep(id, needs, { join, conditional, optional, onlyAsFallback, fallback, loop, timeout })
  return manifest.kind === 'code' || manifest.kind === 'wait' ? manifest : { ...manifest, loop: null }
}

class CleanRuns {
  readonly bench: Workbench
  readonly #dice: Dice
  #made = 0

  constructor(steps: readonly StepManifest[], dice: Dice) {
    this.#dice = dice
    const script: Script = Object.fromEntries(steps.map((manifest) => [manifest.id, (task: Task) => this.#inTime(task, manifest)]))
    this.bench = new Workbench(steps, { script, policy })
  }

  async live(runs: number): Promise<void> {
    const { bench } = this
    const { name: workflow } = bench.manifest
    const request = { workflow, input: {}, context: {}, correlation: null, actor: person }
    await bench.until(Promise.all(Array.from({ length: runs }, () => bench.engine.start(request))))
    for (let minutes = 0; minutes < 600 && !this.records().every(({ status }) => isEnded(status)); minutes += 1) await bench.pass(60_000)
  }

  records() {
    return [...this.bench.disk.runs.values()].map(({ record }) => record)
  }

  errors() {
    return [...this.bench.disk.runs.values()].flatMap(({ errors }) => [...errors.values()].map(({ step, failure }) => `${step}: ${failure.message}`))
  }

  #inTime(task: Task, manifest: StepManifest): undefined {
    const { bench } = this
    const result = this.#result(task, manifest)
    bench.time.after(this.#dice.int(1, soon), () => bench.execution.sink?.ended(task.ref, result))
  }

  /** A loop goes round less often than it may, and each time comes to something else. */
  #result({ ref }: Task, { kind, conditional, loop }: StepManifest): TaskResult {
    if (conditional && this.#dice.percent(20)) return skipped()
    if (kind === 'wait') return { type: 'waits', duration: this.#dice.int(0, 2_000) }
    const goesBack = loop !== null && ref.iteration < loop.max
    return completed({ made: (this.#made += 1) }, goesBack ? (loop.to[0] ?? null) : null)
  }
}

test(`of ${workflows * runsOfEach} runs that share what there is, and go round as often as they get on, none is taken to be wrong`, async () => {
  for (let seed = 1; seed <= workflows; seed += 1) {
    const dice = new Dice(seed)
    const steps = randomWorkflow(dice, 'clean').manifest.steps.map(plain)
    const clean = new CleanRuns(steps, dice)
    await clean.live(runsOfEach)
    expect(clean.errors(), `seed ${seed}`).toEqual([])
    expect(new Set(clean.records().map(({ status }) => status)), `seed ${seed}`).toEqual(new Set(['completed']))
    expect(clean.bench.troubles).toEqual([])
  }
}, 120_000)

test('nor is one that goes round sixty times and gets on', async () => {
  const to = [codeStep('draft').id]
  const clean = new CleanRuns([codeStep('draft'), codeStep('review', ['draft'], { loop: { to, max: 60, onLimit: 'fail' } })], new Dice(1))
  await clean.live(5)
  expect(clean.errors()).toEqual([])
  expect(clean.records().every(({ status }) => status === 'completed')).toBe(true)
})
