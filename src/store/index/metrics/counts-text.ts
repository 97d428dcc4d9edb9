import { z } from 'zod'
import { parsed } from '../parsed.ts'

/** How often each detail was counted. */
export type Counts = ReadonlyMap<string, number>

const Stored = z.record(z.string(), z.int())

/** The same text for the same counts; what has come to nothing is left out. */
export function countsText(counts: Counts): string {
  const left = [...counts].filter(([, count]) => count !== 0)
  return JSON.stringify(Object.fromEntries(left.toSorted(([a], [b]) => (a < b ? -1 : 1))))
}

/** @throws IndexBroken */
export function countsIn(text: unknown): [string, number][] {
  return Object.entries(parsed(Stored, typeof text === 'string' ? JSON.parse(text) : text))
}
