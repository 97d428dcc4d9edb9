/**
 * `npm run simulate -- --seeds N --from N [--trace]`: many seeds, and what they met. A seed that fails prints the invariant, the
 * part of its story that it takes, and the command that replays it; --trace prints every entry.
 *
 * `npm run simulate -- --planted`: plants each known bug in turn, and says which seed finds it first.
 */
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { Coverage } from './coverage.ts'
import { shrink } from './shrink.ts'
import { type Life, live } from './simulate.ts'
import { inLines } from './story.ts'

/** More are not looked into: what is wrong is often wrong in many. */
const mostFailures = 5

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    trace: { type: 'boolean', default: false },
    planted: { type: 'boolean', default: false },
  },
})
const count = Number(values.seeds)
const from = Number(values.from)
if (!Number.isSafeInteger(count) || !Number.isSafeInteger(from) || count < 1) {
  console.error(`--seeds ${values.seeds} --from ${values.from}: both are whole numbers, and at least one seed runs`)
  process.exit(2)
}

process.exitCode = values.planted ? searchForBugs() : await manySeeds()

/** Modules are planted by the test runner: each bug has an engine of its own. */
function searchForBugs(): number {
  const vitest = new URL('../../node_modules/vitest/vitest.mjs', import.meta.url).pathname
  const args = [vitest, 'run', '--project', 'simulation', '--reporter=verbose', 'test/simulation/planted-bugs.test.ts']
  const env = { ...process.env, CAIRN_SEARCH_FROM: String(from), CAIRN_SEARCH_SEEDS: String(count) }
  return spawnSync(process.execPath, args, { stdio: 'inherit', env }).status ?? 1
}

async function manySeeds(): Promise<number> {
  const trace = values.trace ? (entry: unknown): void => console.log(JSON.stringify(entry)) : undefined
  const coverage = new Coverage()
  let lived = 0
  let entries = 0
  let hosts = 0
  let failed = 0
  for (let seed = from; seed < from + count && failed < mostFailures; seed += 1) {
    const life = await live(seed, { trace })
    lived += 1
    entries += life.outcome.entries
    hosts += life.outcome.hosts
    coverage.add({ ...life.outcome.covered, runs: life.outcome.ended })
    if (life.failure === undefined) continue
    failed += 1
    await tell(seed, life, life.failure)
  }
  for (const [group, counts] of Object.entries(coverage.counts())) {
    console.log(`${group}: ${Object.entries(counts).map(([what, times]) => `${what} ${times}`).join(', ')}`)
  }
  console.log(`${lived} seeds from ${from}: ${entries} entries by ${hosts} hosts`)
  console.log(`${lived - failed} passed, ${failed} failed${lived < count ? `, ${count - lived} not lived through: so many failures are looked into` : ''}`)
  return failed === 0 ? 0 : 1
}

async function tell(seed: number, whole: Life, failure: Error): Promise<void> {
  console.error(`seed ${seed} failed: ${failure.message}`)
  const { life } = await shrink(whole, (without) => live(seed, { without }))
  console.error(`of ${whole.story.length} things that nobody planned it takes ${life.story.length}:`)
  for (const line of inLines(life.story)) console.error(line)
  console.error(`and then: ${life.failure?.message ?? ''}`)
  if (life.failure?.cause instanceof Error) console.error(life.failure.cause.stack)
  console.error(`replay it: npm run simulate -- --seeds 1 --from ${seed}`)
}
