/**
 * The store against its peers and against the bare limit: `npm run bench [-- --rounds 5 --scale 1 --only W1,W3 --json FILE]`.
 *
 * Each measurement has a process and a folder of its own; the contenders take turns, so that whatever else the machine does
 * meets them alike. A figure is the median of its rounds. `--scale 0.1` takes a tenth of the runs of W1 and W2. The folders are
 * made in `BENCH_FOLDER`, or where temporary files go.
 */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Figures } from './store/contender.ts'
import type { ContenderName } from './store/contenders.ts'
import { floors } from './store/floors.ts'
import { hindrance, measured, resumed } from './store/processes.ts'
import { slowDisk } from './store/slow-disk.ts'
import { figureTable, floorTable, inLines } from './store/tables.ts'
import { workloads } from './store/workloads.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    scale: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    json: { type: 'string', default: join(import.meta.dirname, '..', 'out', 'bench', 'store.json') },
  },
})
const only = values.only.split(',').filter((part) => part !== '')

/** Who is measured by what. openworkflow commits with an fsync or not at all. */
const entered: Readonly<Record<string, readonly ContenderName[]>> = {
  'W1 full': ['cairn', 'cairn processes', 'openworkflow', 'dbos', 'restate', 'bare'],
  'W2 full': ['cairn', 'cairn processes', 'openworkflow', 'dbos', 'restate', 'bare'],
  'W1 normal': ['cairn', 'cairn processes', 'langgraph', 'langgraph in 8 MB', 'langgraph tasks', 'bare'],
  'W2 normal': ['cairn', 'cairn processes', 'langgraph', 'langgraph tasks', 'bare'],
  'W2 slow disk': ['cairn', 'cairn processes', 'openworkflow', 'bare'],
  'W3': ['cairn', 'langgraph', 'langgraph delta', 'langgraph tasks'],
  'W4': ['cairn', 'langgraph', 'dbos'],
  'W5': ['cairn', 'langgraph'],
}

const slow = slowDisk(mkdtempSync(join(tmpdir(), 'cairn-bench-')))
if (slow === undefined) console.log('the slow disk is left out: it takes Linux and a C compiler')

const isWanted = (workload: string): boolean => only.length === 0 || only.some((part) => workload.startsWith(part))
const chosen = Object.entries(entered).filter(([workload]) => isWanted(workload) && (workload !== 'W2 slow disk' || slow !== undefined))
const absent = new Set<string>()
for (const name of new Set(chosen.flatMap(([, names]) => names))) {
  const why = await hindrance(name)
  if (why === undefined) continue
  absent.add(name)
  console.log(`${name} is left out: ${why}`)
}
const isHere = (name: string): boolean => !absent.has(name)
const results = new Map(chosen.map(([workload, names]) => [workload, new Map(names.filter(isHere).map((name): [string, Figures[]] => [name, []]))]))
const loads: number[] = []

for (let round = 1; round <= Number(values.rounds); round += 1) {
  for (const [workload, contenders] of results) {
    for (const [contender, rounds] of contenders) {
      loads.push(loadavg()[0] ?? NaN)
      rounds.push(await once(workload, contender))
      console.error(`round ${round}  ${workload}  ${contender}  ${JSON.stringify(rounds.at(-1))}`)
    }
  }
}

const machine = { cores: cpus().length, processor: cpus()[0]?.model, memory: totalmem(), node: process.version, loads: [Math.min(...loads), Math.max(...loads)] }
console.log(`\n${inLines(figureTable(results))}\n\n${inLines(floorTable(results, floors))}\n\n${JSON.stringify(machine)}`)
mkdirSync(dirname(values.json), { recursive: true })
const raw = Object.fromEntries([...results].map(([workload, contenders]) => [workload, Object.fromEntries(contenders)]))
writeFileSync(values.json, `${JSON.stringify({ at: new Date().toISOString(), scale: Number(values.scale), machine, results: raw }, null, 2)}\n`)
console.log(`\nwritten to ${values.json}`)

function once(workload: string, contender: string): Promise<Figures> {
  if (workload === 'W4') return resumed(contender)
  const isSlow = workloads.find(({ name }) => name === workload)?.slowDisk === true
  return measured(contender, workload, values.scale, isSlow ? slow : {})
}
