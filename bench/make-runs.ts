/**
 * Fills a workspace with the runs of a busy month: `node bench/make-runs.ts FOLDER [RUNS] [SEED] [UNTIL]`, or `makeRuns`.
 *
 * The real engine decides and the real store keeps them; the workflows are those of `bench/workspace`, loaded as a host
 * loads them, so a host that opens the folder afterwards finds a workspace like any other (it goes on with what is
 * unfinished). Only time is quickened, and what their code would answer comes from dice: the same seed, count and end
 * make the same runs. 100,000 (the default) take some minutes and about a gigabyte and a half.
 */
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemElapsed } from '../src/effects/clock.ts'
import { loadWorkflow } from '../src/effects/loader/load-workflow.ts'
import type { Engine } from '../src/engine/control.ts'
import { createEngine } from '../src/engine/scheduler/engine.ts'
import { settings } from '../src/host/workspace/starter.ts'
import type { Instant, WorkflowName } from '../src/model/ids.ts'
import { usualPolicy } from '../src/model/policy/policy.ts'
import type { Revision } from '../src/model/revision.ts'
import { openStore } from '../src/store/open-store.ts'
import { Dice } from '../test/simulation/dice.ts'
import { InstantExecution } from './making/instant-execution.ts'
import { inputs } from './making/material.ts'
import { People } from './making/people.ts'
import { Timeline } from './making/timeline.ts'

export interface MakeRuns {
  /** A folder that is no workspace yet. */
  readonly workspace: string
  readonly runs: number
  readonly seed: number
  /** When the month ends: now, as whoever opens the workspace sees it. */
  readonly until: Instant
}

const days = 30
const hour = 3_600_000
/** Starts come in bursts, as orders of a shop and jobs of a night do. */
const burst = 40

/** How often each workflow is started, of a thousand. */
const popularity = { webhook: 420, order: 260, 'nightly-report': 170, invoice: 110, onboarding: 40 }

export async function makeRuns({ workspace, runs, seed, until }: MakeRuns): Promise<void> {
  const dice = new Dice(seed)
  const time = new Timeline(until - days * 24 * hour)
  writeWorkspace(workspace)
  const revisions = await load(workspace, time.now())
  const store = await openStore({
    workspace,
    durability: 'normal',
    defer: setImmediate,
    // The anchor, due once a second, is written at the end alone: seconds pass too fast here for one file each.
    clock: { now: () => time.now(), at: () => () => undefined },
    elapsed: systemElapsed,
    randomness: dice,
    troubled,
  })
  const execution = new InstantExecution(dice, time, new Map(revisions.map(({ hash, manifest }) => [hash, manifest])))
  const people = new People(dice, time, () => engine)
  const notification = { committed: people.hear.bind(people), signalled: () => undefined, troubled }
  const engine: Engine = createEngine({ storage: store.storage, execution, clock: time, randomness: dice, notification, policy: () => usualPolicy })
  for (const revision of revisions) {
    await store.storage.saveRevision(revision)
    engine.publish(revision)
  }

  const named = new Map(revisions.map(({ manifest }) => [String(manifest.name), manifest.name]))
  const start = (workflow: WorkflowName): void => {
    const input = inputs[workflow]?.(dice) ?? {}
    const actor = { kind: 'person', name: 'shop' } as const
    engine.start({ workflow, input, context: {}, correlation: null, actor }).catch((error: unknown) => troubled('a start', error))
  }
  const moments = burstMoments(dice, Math.ceil(runs / burst), until)
  for (const [index, moment] of moments.entries()) {
    const workflow = named.get(dice.weighted(popularity))
    if (workflow === undefined) throw new Error('a workflow of the bench is missing')
    await time.passUntil(moment)
    const size = Math.min(burst, runs - index * burst)
    for (let count = 0; count < size; count += 1) time.after(dice.int(0, 10) * 100, () => start(workflow))
  }
  await time.passUntil(until)
  await engine.close()
  await store.close()
}

/** In order; three of four within office hours. */
function burstMoments(dice: Dice, count: number, until: Instant): Instant[] {
  const moments = Array.from({ length: count }, () => {
    const day = dice.int(0, days - 1)
    const moment = dice.percent(75) ? dice.int(8 * hour, 18 * hour) : dice.int(0, 24 * hour - 1)
    return until - days * 24 * hour + day * 24 * hour + moment
  })
  return moments.toSorted((a, b) => a - b)
}

function writeWorkspace(workspace: string): void {
  mkdirSync(workspace, { recursive: true })
  cpSync(join(import.meta.dirname, 'workspace'), workspace, { recursive: true })
  for (const [name, text] of Object.entries(settings)) writeFileSync(join(workspace, name), text)
}

async function load(workspace: string, loadedAt: Instant): Promise<Revision[]> {
  const files = readdirSync(join(workspace, 'workflows')).toSorted()
  const trust = { isTrusted: () => Promise.resolve(true) }
  return Promise.all(
    files.map(async (file) => {
      const { hash, manifest, bundle } = await loadWorkflow(workspace, `workflows/${file}`, { trust })
      return { hash, manifest, bundle, loadedAt }
    }),
  )
}

function troubled(what: string, error: unknown): never {
  throw new Error(what, { cause: error })
}

if (import.meta.main) {
  const [workspace, runs = '100000', seed = '1', until = String(Date.now())] = process.argv.slice(2)
  if (workspace === undefined) throw new Error('name the folder to fill: node bench/make-runs.ts FOLDER')
  await makeRuns({ workspace, runs: Number(runs), seed: Number(seed), until: Number(until) })
}
