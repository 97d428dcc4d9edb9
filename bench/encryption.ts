/**
 * What encryption costs: `npm run bench:encryption [-- --runs 400]`. The same runs in a store that is encrypted and in one that
 * is not, in turns; processor time a step, of the thread that engine and writer share.
 */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { systemClock } from '../src/effects/clock.ts'
import type { Actor } from '../src/model/actor.ts'
import { rotateStore } from '../src/store/crypt/rotate.ts'
import { workspaceKey, type WorkspaceKey } from '../src/store/crypt/workspace-key.ts'
import { openIndexMethods } from '../src/store/index/methods.ts'
import { storePaths } from '../src/store/paths.ts'
import { AtOnce } from './store/at-once.ts'
import { openCairn } from './store/cairn.ts'
import { chain } from './store/chain.ts'
import { inTurn } from './store/contender.ts'
import { payloads } from './store/payload.ts'
import { inLines } from './store/tables.ts'

const { values } = parseArgs({ options: { runs: { type: 'string', default: '400' }, rounds: { type: 'string', default: '7' } } })
const [runs, rounds, steps] = [Number(values.runs), Number(values.rounds), 10]
const key = workspaceKey(randomBytes(32))

interface Taken {
  /** Microseconds of processor time, and of the clock. */
  readonly cpu: number
  readonly wall: number
  readonly bytes: number
}

const rows = [['in flight', 'store', 'processor µs a step', 'steps/s', 'bytes a step']]
for (const atOnce of [1, 50]) {
  const taken: Record<'plain' | 'encrypted', Taken[]> = { plain: [], encrypted: [] }
  for (let round = 0; round < rounds; round += 1) {
    taken.plain.push(await inFolder((folder) => measured(folder, null, atOnce)))
    taken.encrypted.push(await inFolder((folder) => measured(folder, key, atOnce)))
  }
  for (const [name, all] of Object.entries(taken)) {
    const { cpu, wall, bytes } = medians(all)
    rows.push([String(atOnce), name, cpu.toFixed(0), (1e6 / wall).toFixed(0), bytes.toFixed(0)])
  }
}
console.log(`\n${inLines(rows)}`)
await inFolder(async (folder) => {
  await measured(folder, key, 50)
  const index = openIndexMethods({ workspace: folder, key })
  const from = performance.now()
  let head = 0
  for (let at = index.follow(); at.position < at.head; at = index.follow()) head = at.head
  const took = performance.now() - from
  index.close()
  console.log(`the index is made at ${((1_000 * head) / took).toFixed(0)} entries a second`)
  const before = performance.now()
  const actor: Actor = { kind: 'person', name: 'bench' }
  const parts = { workspace: folder, from: key, to: workspaceKey(randomBytes(32)), actor, clock: systemClock }
  const keys = await rotateStore({ ...parts, randomness: { bytes: randomBytes } })
  console.log(`${keys} data keys are wrapped anew in ${(performance.now() - before).toFixed(0)} ms`)
})

async function measured(folder: string, given: WorkspaceKey | null, atOnce: number): Promise<Taken> {
  const open = await openCairn({ folder, durability: 'normal', key: given }, chain(steps), () => new AtOnce({ answer: payloads(1, 1_000) }))
  await inTurn(50, atOnce, () => open.run())
  const [cpu, wall] = [process.threadCpuUsage(), performance.now()]
  await inTurn(runs, atOnce, () => open.run())
  const { user, system } = process.threadCpuUsage(cpu)
  const took = 1_000 * (performance.now() - wall)
  await open[Symbol.asyncDispose]()
  const done = runs * steps
  return { cpu: (user + system) / done, wall: took / done, bytes: statSync(storePaths(folder).store).size / ((runs + 50) * steps) }
}

function medians(all: readonly Taken[]): Taken {
  const median = (of: (taken: Taken) => number): number => all.map(of).toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? NaN
  return { cpu: median(({ cpu }) => cpu), wall: median(({ wall }) => wall), bytes: median(({ bytes }) => bytes) }
}

async function inFolder<T>(measure: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-bench-'))
  try {
    return await measure(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
