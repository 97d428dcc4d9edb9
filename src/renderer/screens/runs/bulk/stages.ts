/** The parts in which something is done to many runs: at once, or first to one, then to ten, then to all others. */
import type { Each } from '../../../../contract/each.ts'
import type { RunId } from '../../../../model/ids.ts'
import type { Matching } from '../selection.ts'

/** Runs of each stage but the last. */
const canary = [1, 10] as const

export type On = Each['on']

export interface Stages {
  /** How many there are in all, as it was when they were chosen. */
  readonly total: number
  /** Finds so many runs for a stage; undefined is all that are left. */
  on(count: number | undefined, tried: readonly RunId[]): Promise<On | undefined>
  readonly sizes: readonly (number | undefined)[]
}

export type Find = (query: string, upTo: RunId, limit: number) => Promise<readonly RunId[]>

/** All of them at once. */
export function atOnce(on: On, total: number): Stages {
  return { total, sizes: [undefined], on: async () => on }
}

/** All that a query finds, a few first. Those that were tried are left out of the stages behind. */
export function fewFirst({ query, upTo, total }: Matching, find: Find): Stages {
  const sizes = [...canary.filter((size, index) => total > size + index), undefined]
  return {
    total,
    sizes,
    async on(count, tried) {
      const others = without(query, tried)
      if (count === undefined) return { query: others, upTo }
      const runs = await find(others, upTo, count)
      return runs.length === 0 ? undefined : { runs: runs.map((run) => ({ run })) }
    },
  }
}

/** The query, leaving these runs out. */
export function without(query: string, runs: readonly RunId[]): string {
  return runs.length === 0 ? query : `${query} -id:${runs.join(',')}`.trim()
}
