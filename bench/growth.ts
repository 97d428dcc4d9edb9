/**
 * Whether what was done before makes what is done now dearer: `npm run bench:growth [-- --checkpoints 100000 --runs 100000 --json FILE]`.
 *
 * Three curves: throughput by how many runs are in flight; a run of constant state by how many checkpoints it has; a store by how
 * many runs it holds. Each figure is the median of five, in milliseconds, in a process that has done it before.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Actor } from '../src/model/actor.ts'
import type { RunId } from '../src/model/ids.ts'
import { AtOnce } from './store/at-once.ts'
import { openCairn, type OpenCairn } from './store/cairn.ts'
import { chain } from './store/chain.ts'
import { inTurn, usual } from './store/contender.ts'
import { payloads } from './store/payload.ts'
import { inLines, inShort } from './store/tables.ts'

const { values } = parseArgs({
  options: {
    checkpoints: { type: 'string', default: '100000' },
    runs: { type: 'string', default: '100000' },
    json: { type: 'string', default: join(import.meta.dirname, '..', 'out', 'bench', 'growth.json') },
  },
})
const person: Actor = { kind: 'person', name: 'bench' }
const page = 100

/** Its head, and a row for each amount: that, and its figures. */
interface Curve {
  readonly head: readonly string[]
  readonly rows: (readonly number[])[]
}

const curves = {
  inFlight: await throughput([1, 10, 50, 200]),
  checkpoints: await checkpointsOfOneRun(decades(Number(values.checkpoints))),
  runs: await runsOfOneStore(decades(Number(values.runs))),
}
mkdirSync(dirname(values.json), { recursive: true })
writeFileSync(values.json, `${JSON.stringify({ at: new Date().toISOString(), curves }, null, 2)}\n`)
console.log(`\nwritten to ${values.json}`)

async function throughput(inFlight: readonly number[]): Promise<Curve> {
  const curve: Curve = { head: ['in flight', 'steps/s full', 'steps/s normal'], rows: [] }
  for (const atOnce of inFlight) {
    const measured: number[] = []
    for (const durability of ['full', 'normal'] as const) {
      await inFolder(async (folder) => {
        const answer = payloads(1, 1_000)
        await using open = await openCairn({ folder, durability }, chain(10), () => new AtOnce({ answer }))
        await inTurn(Math.max(100, 2 * atOnce), atOnce, () => open.run())
        const runs = Math.max(300, 5 * atOnce)
        const from = performance.now()
        await inTurn(runs, atOnce, () => open.run())
        measured.push((runs * 10 * 1_000) / (performance.now() - from))
      })
    }
    curve.rows.push([atOnce, ...measured])
  }
  return shown(curve)
}

/** What the state holds stays as it is: each checkpoint is one that a person asks for. */
async function checkpointsOfOneRun(counts: readonly number[]): Promise<Curve> {
  const curve: Curve = { head: ['checkpoints', 'checkpoint ms', `list ${page} ms`, 'load ms', 'restore ms', 'fork ms'], rows: [] }
  await inFolder(async (folder) => {
    const steps = 10
    const hand = { answer: payloads(1, 1_000), begins: ({ step }: { readonly step: string }) => step !== `s${steps - 1}` }
    const at: RunId[] = []
    await using open = await openCairn({ folder, durability: 'normal' }, chain(steps), () => new AtOnce(hand))
    const { name: workflow } = chain(steps).manifest
    at.push((await open.engine.start({ workflow, input: {}, context: {}, correlation: null, actor: person })).id)
    const [run] = at
    if (run === undefined) throw new Error('the run did not start')
    const mark = () => open.engine.checkpoint({ run, seen: null, actor: person, reason: 'so far' })
    let made = steps
    for (const count of counts) {
      for (; made < count; made += 1) await mark()
      const { took } = await usual(mark)
      made += 6
      curve.rows.push([count, took, ...(await looks(open, run, Math.floor(count / 2)))])
      made += 6
    }
  })
  return shown(curve)
}

async function runsOfOneStore(counts: readonly number[]): Promise<Curve> {
  const curve: Curve = { head: ['runs', 'run ms', `list ${page} runs ms`, `list ${page} ms`, 'load ms', 'restore ms', 'fork ms'], rows: [] }
  await inFolder(async (folder) => {
    let isAtRest = false
    const hand = { answer: payloads(1, 100), begins: () => !isAtRest }
    await using open = await openCairn({ folder, durability: 'normal' }, chain(2), () => new AtOnce(hand))
    const { queries } = open.store
    let made = 0
    let middle: RunId | undefined
    for (const count of counts) {
      isAtRest = false
      await inTurn(count - made, 200, async () => {
        const run = await open.run()
        if ((made += 1) === Math.floor(count / 2)) middle = run
      })
      // What the index has yet to follow of them would share the processors with what is measured.
      await open.store.figures.health(0)
      const { took: one } = await usual(() => open.run())
      made += 6
      const after = middle
      if (after === undefined) throw new Error('no run stands in the middle')
      const { took: list } = await usual(() => queries.runs({ after, limit: page }))
      isAtRest = true
      curve.rows.push([count, one, list, ...(await looks(open, after, 1))])
    }
  })
  return shown(curve)
}

/** How long it takes to list a page of checkpoints around one, to load it, to go back to it, and to fork from it. */
async function looks({ store, engine }: OpenCairn, run: RunId, checkpoint: number): Promise<number[]> {
  const act = { run, checkpoint, definition: 'pinned', revision: null, reason: null, actor: person } as const
  return [
    (await usual(() => store.queries.checkpoints(run, checkpoint - 1, page))).took,
    (await usual(() => store.queries.state(run, checkpoint))).took,
    (await usual(() => engine.restore({ ...act, seen: null }))).took,
    (await usual(() => engine.replay({ ...act, edits: { outputs: [] } }))).took,
  ]
}

function decades(most: number): number[] {
  const counts: number[] = []
  for (let count = 100; count < most; count *= 10) counts.push(count)
  return [...counts, most]
}

function shown(curve: Curve): Curve {
  const rows = curve.rows.map(([amount, ...figures]) => [String(amount), ...figures.map(inShort)])
  console.log(`\n${inLines([curve.head, ...rows])}`)
  return curve
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(process.env['BENCH_FOLDER'] ?? tmpdir(), 'cairn-bench-'))
  try {
    await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
