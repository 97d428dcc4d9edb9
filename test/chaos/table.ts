import { inLines } from '../../bench/store/tables.ts'
import type { Millis } from '../../src/model/ids.ts'
import { bound } from './knowable.ts'
import type { Goal, Row } from './report.ts'

/** The nearest rank: of one, that one. */
export function rank(times: readonly Millis[], share: number): Millis | null {
  const sorted = times.toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null
}

const header = ['class', 'what was done', 'injected', 'found', 'late', 'detection p50', 'p99', 'ended right', 'by', 'time to recover p50', 'max']
const by = { recovers: 'itself', person: 'a person', fails: 'failing', cancelled: 'ending' } as const

/** Times in milliseconds. `late` are those that were found after their bound. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map(({ class: as, name, injected, detections, runs, right, ends, recoveries }) => [
    ...[as, name, String(injected), String(detections.length)],
    as === 'corruption' ? '' : String(detections.filter((took) => took > bound).length),
    ...[millis(rank(detections, 0.5)), millis(rank(detections, 0.99))],
    ...[runs === 0 ? '' : `${right} of ${runs}`, runs === 0 ? '' : by[ends]],
    ...[millis(rank(recoveries, 0.5)), millis(rank(recoveries, 1))],
  ])
  return inLines([header, ...cells])
}

export function goalTable(goals: readonly Goal[]): string {
  return inLines([['goal', 'seen', ''], ...goals.map(({ goal, seen, isMet }) => [goal, seen, isMet ? 'met' : 'missed'])])
}

function millis(time: Millis | null): string {
  return time === null ? '' : String(Math.round(time))
}
