/** The figures as a person reads them. */
import type { Figures } from './contender.ts'
import type { Floor } from './floors.ts'

/** By workload, then by contender: the figures of each round. */
export type Results = ReadonlyMap<string, ReadonlyMap<string, readonly Figures[]>>

export function medianOf(results: Results, workload: string, contender: string, figure: string): number {
  const values = (results.get(workload)?.get(contender) ?? []).map((figures) => figures[figure] ?? NaN).filter((value) => !Number.isNaN(value))
  values.sort((a, b) => a - b)
  const middle = values.length / 2
  const [low, high] = [values[Math.ceil(middle) - 1] ?? NaN, values[Math.floor(middle)] ?? NaN]
  return (low + high) / 2
}

export function figureTable(results: Results): string[][] {
  const rows: string[][] = [['workload', 'contender', 'figure', 'median', 'from', 'to']]
  for (const [workload, contenders] of results) {
    for (const [contender, rounds] of contenders) {
      for (const figure of Object.keys(rounds[0] ?? {})) {
        const values = rounds.map((figures) => figures[figure] ?? NaN)
        const range = [Math.min(...values), Math.max(...values)]
        rows.push([workload, contender, figure, ...[medianOf(results, workload, contender, figure), ...range].map(inShort)])
      }
    }
  }
  return rows
}

export function floorTable(results: Results, floors: readonly Floor[]): string[][] {
  const rows = [['workload', 'figure', 'of', 'its figure', 'against', 'its figure', 'ratio', 'floor', '']]
  for (const { workload, figure, better, over, own: whose, ratio: floor } of floors) {
    const [own, other] = [medianOf(results, workload, whose, figure), medianOf(results, workload, over, figure)]
    if (Number.isNaN(own) || Number.isNaN(other)) continue
    const ratio = better === 'more' ? own / other : other / own
    const verdict = ratio >= floor ? 'met' : `missed by ${inShort((1 - ratio / floor) * 100)} %`
    rows.push([workload, figure, whose, inShort(own), over, inShort(other), `${inShort(ratio)}x`, `${floor}x`, verdict])
  }
  return rows
}

export function inLines(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n')
}

export function inShort(value: number): string {
  if (Number.isNaN(value)) return '-'
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3)
}
