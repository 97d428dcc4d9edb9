/**
 * `npm run simulate -- --seeds N --from N [--trace]`: many seeds; a seed that fails prints the
 * command that replays it; --trace prints every entry.
 */
import { parseArgs } from 'node:util'
import { simulate } from './simulate.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    trace: { type: 'boolean', default: false },
  },
})
const count = Number(values.seeds)
const from = Number(values.from)
if (!Number.isSafeInteger(count) || !Number.isSafeInteger(from) || count < 1) {
  console.error(`--seeds ${values.seeds} --from ${values.from}: both are whole numbers, and at least one seed runs`)
  process.exit(2)
}

const trace = values.trace ? (entry: unknown): void => console.log(JSON.stringify(entry)) : undefined

const ended: Record<string, number> = {}
let entries = 0
let hosts = 0
let failed = 0
for (let seed = from; seed < from + count; seed += 1) {
  try {
    const outcome = await simulate(seed, trace)
    entries += outcome.entries
    hosts += outcome.hosts
    for (const [status, runs] of Object.entries(outcome.ended)) ended[status] = (ended[status] ?? 0) + runs
  } catch (error) {
    failed += 1
    console.error(`seed ${seed} failed: ${error instanceof Error ? error.message : String(error)}`)
    if (error instanceof Error && error.cause instanceof Error) console.error(error.cause.stack)
    console.error(`replay it: npm run simulate -- --seeds 1 --from ${seed}`)
    if (failed >= 5) break
  }
}
const runs = Object.entries(ended).map(([status, runs]) => `${runs} ${status}`).join(', ')
console.log(`${count} seeds from ${from}: ${entries} entries by ${hosts} hosts; runs: ${runs}`)
console.log(`${count - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
