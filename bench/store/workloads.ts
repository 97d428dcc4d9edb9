/** The loads by name, and what each one's figures are. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Contender, type Durability, type Figures, inTurn, type Place, type Usual } from './contender.ts'

export const stepsOfRun = 10
const checkpoints = 1_000

export interface Workload {
  readonly name: string
  readonly durability: Durability
  /** Each fsync takes 2 ms longer. */
  readonly slowDisk?: boolean
  /** Undefined where the contender cannot be driven so. `scale` takes fewer runs than the whole load has. */
  readonly measure: (contender: Contender, place: Place, scale: number) => Promise<Figures> | undefined
}

function throughput(inFlight: number): Workload['measure'] {
  return async (contender, place, scale) => {
    const runs = Math.max(inFlight, Math.round(1_000 * scale))
    await using open = await contender.open(place, stepsOfRun, inFlight)
    // What a process takes to get warm is not what it takes to work.
    await inTurn(Math.max(100, 2 * inFlight), inFlight, () => open.run())
    const from = { at: performance.now(), cpu: process.threadCpuUsage() }
    const took = await inTurn(runs, inFlight, () => open.run())
    const millis = performance.now() - from.at
    const { user, system } = process.threadCpuUsage(from.cpu)
    const steps = runs * stepsOfRun
    took.sort((a, b) => a - b)
    return {
      'steps/s': (1_000 * steps) / millis,
      'µs of processor/step': (user + system) / steps,
      'p50 of a run': at(took, 0.5),
      'p99 of a run': at(took, 0.99),
      'resident MB': process.resourceUsage().maxRSS / 1_024,
    }
  }
}

async function growth(contender: Contender, place: Place): Promise<Figures> {
  if (contender.growth === undefined) return {}
  const moments = await contender.growth({ ...place, steps: checkpoints })
  const took = moments.slice(1).map((moment, index) => moment - (moments[index] ?? moment))
  return {
    'ms': sum(took),
    'MB': sizeOf(place.folder) / 1e6,
    'last 100 / first 100': sum(took.slice(-100)) / sum(took.slice(0, 100)),
  }
}

async function history(contender: Contender, place: Place): Promise<Figures> {
  const found = await contender.history?.({ ...place, steps: checkpoints })
  if (found === undefined) return {}
  const figures = Object.entries(found).flatMap(([what, { took, processor }]: [string, Usual]) => [
    [`${what} ms`, took] as const,
    [`${what} ms of processor`, processor] as const,
  ])
  return Object.fromEntries(figures)
}

export const workloads: readonly Workload[] = [
  { name: 'W1 full', durability: 'full', measure: throughput(1) },
  { name: 'W2 full', durability: 'full', measure: throughput(50) },
  { name: 'W1 normal', durability: 'normal', measure: throughput(1) },
  { name: 'W2 normal', durability: 'normal', measure: throughput(50) },
  { name: 'W2 slow disk', durability: 'full', slowDisk: true, measure: throughput(50) },
  { name: 'W3', durability: 'normal', measure: growth },
  { name: 'W5', durability: 'normal', measure: history },
]

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

/** What is kept of the runs. An index beside it, from which runs are found by what they say, is made anew from that. */
function sizeOf(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const kept = files.filter(({ name }) => !name.startsWith('index.db'))
  return sum(kept.map((file) => statSync(join(file.parentPath, file.name)).size))
}
