/**
 * How long a page of runs takes: `npm run bench:search [-- RUNS [FOLDER]]`. It fills the folder where it is not there
 * yet, makes the index from nothing, and asks for pages at random places, each kind of query so many times.
 */
import { existsSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock, systemElapsed } from '../src/effects/clock.ts'
import { systemRandomness } from '../src/effects/randomness.ts'
import type { RunSort } from '../src/model/found-runs.ts'
import { parse } from '../src/model/query/parse.ts'
import { openStore } from '../src/store/open-store.ts'
import { storePaths } from '../src/store/paths.ts'
import { Dice } from '../test/simulation/dice.ts'
import { makeRuns } from './make-runs.ts'

const times = 100
const limit = 100
const until = Date.UTC(2026, 10, 21, 12)

interface Asked {
  readonly query: string
  readonly sort?: RunSort['by']
}

const plain: readonly Asked[] = [
  { query: '' },
  { query: '', sort: 'started' },
  { query: '', sort: 'ended' },
  { query: '', sort: 'duration' },
  { query: '', sort: 'workflow' },
  { query: '', sort: 'status' },
  { query: 'status:failed' },
  { query: '-status:completed' },
  { query: 'workflow:order', sort: 'duration' },
  { query: 'workflow:order,invoice status:completed started:>7d' },
  { query: 'status:failed workflow:order started:<7d step:charge' },
  { query: 'error:declined' },
  { query: 'duration:>1m attempts:>3' },
  { query: 'id:7' },
]
const text: readonly Asked[] = [{ query: '"copper kettle"' }, { query: 'northwind status:failed' }, { query: '"no region"', sort: 'duration' }]

const [runs = '100000', folder = join(tmpdir(), `cairn-bench-runs-${runs}`)] = process.argv.slice(2)
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const dice = new Dice(1)

if (!existsSync(folder)) {
  say(`making ${runs} runs in ${folder}`)
  await makeRuns({ workspace: folder, runs: Number(runs), seed: 1, until })
}
const { index, store: file } = storePaths(folder)
for (const end of ['', '-wal', '-shm']) rmSync(`${index}${end}`, { force: true })

const store = await openStore({
  workspace: folder,
  durability: 'normal',
  defer: setImmediate,
  clock: systemClock,
  elapsed: systemElapsed,
  randomness: systemRandomness(),
  troubled: (what, error) => {
    throw new Error(what, { cause: error })
  },
})
const began = performance.now()
const first = await page({ query: '' }, 0)
say(`first answer ${millis(performance.now() - began)}, as of entry ${first.position} of ${store.head().position}`)
await store.search.matching({ terms: parse('status:queued').terms, now: until, upTo: null })
say(`index of ${store.head().position} entries made in ${millis(performance.now() - began)}: ${size(index)} beside a store of ${size(file)}`)

say(`\n${times} pages of ${limit} each, at random places     found      p50      p95      max`)
for (const asked of [...plain, ...text]) await measure(asked)
await store.close()

async function measure(asked: Asked): Promise<void> {
  const { total } = await page(asked, 0)
  const taken: number[] = []
  for (let time = 0; time < times; time += 1) {
    const from = performance.now()
    await page(asked, dice.int(0, Math.max(0, total - limit)))
    taken.push(performance.now() - from)
  }
  taken.sort((a, b) => a - b)
  const at = (share: number): string => millis(taken[Math.floor((times - 1) * share)] ?? 0).padStart(8)
  const name = `${asked.query === '' ? '(all)' : asked.query}${asked.sort === undefined ? '' : ` by ${asked.sort}`}`
  say(`${name.padEnd(56)}${String(total).padStart(6)} ${at(0.5)} ${at(0.95)} ${at(1)}`)
}

function page({ query, sort }: Asked, offset: number) {
  const { terms } = parse(query)
  const by = sort === undefined ? null : { by: sort, descending: true }
  return store.search.search({ terms, now: until, upTo: null, offset, limit, sort: by })
}

function millis(time: number): string {
  return `${time < 100 ? time.toFixed(1) : time.toFixed(0)} ms`
}

function size(path: string): string {
  return `${(statSync(path).size / 1_000_000).toFixed(0)} MB`
}
