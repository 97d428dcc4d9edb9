/**
 * `npm run chaos [-- --rounds N --only CLASS,… --seed N --json FILE]`: the chaos, its table, and whether its goals are met. Exit code 1
 * where one is not.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { FailureClass } from '../../src/model/failure.ts'
import { programFolder } from '../../src/host/program.ts'
import { chaos } from './chaos.ts'
import { bound, knowable } from './knowable.ts'
import { report } from './report.ts'
import { goalTable, table } from './table.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    only: { type: 'string' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string', default: join(programFolder, 'out', 'bench', 'chaos.json') },
  },
})
const [rounds, seed] = [Number(values.rounds), Number(values.seed)]
const only = FailureClass.array().optional().safeParse(values.only?.split(','))
if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed) || !only.success) {
  console.error(`--rounds and --seed are whole numbers; --only is some of ${FailureClass.options.join(', ')}`)
  process.exit(2)
}

const began = Date.now()
const told = (what: string): void => console.error(`${((Date.now() - began) / 1_000).toFixed(0).padStart(5)} s  ${what}`)
const load = [loadavg()[0] ?? 0]
const outcome = await chaos({ program: 'built', rounds, copies: 3, seed, only: only.data, octets: 40, told })
load.push(loadavg()[0] ?? 0)
const { rows, goals, missed, runs, cleanRuns } = report(outcome)
console.log(`\n${table(rows)}\n`)
console.log(`times in milliseconds; found is in time within ${bound} of when it can be known: ${values.json} says since when`)
console.log(`${runs} runs, ${cleanRuns} of them clean, in ${((Date.now() - began) / 1_000).toFixed(0)} s; load of the machine ${load.map((each) => each.toFixed(1)).join(' to ')}\n`)
console.log(goalTable(goals))
for (const what of missed) console.log(`! ${what}`)
mkdirSync(dirname(values.json), { recursive: true })
writeFileSync(values.json, `${JSON.stringify({ seed, rounds, load, knowable, goals, missed, rows }, null, 2)}\n`)
process.exitCode = missed.length === 0 ? 0 : 1
