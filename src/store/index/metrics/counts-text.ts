import { IndexBroken } from '../index-broken.ts'

/** How often each detail was counted. */
export type Counts = ReadonlyMap<string, number>

/** The same text for the same counts; what has come to nothing is left out. */
export function countsText(counts: Counts): string {
  const left = [...counts].filter(([, count]) => count !== 0)
  return JSON.stringify(Object.fromEntries(left.toSorted(([a], [b]) => (a < b ? -1 : 1))))
}

/** A month is tens of thousands of these, so no schema looks at them. @throws IndexBroken */
export function countsIn(text: unknown): [string, number][] {
  const found: unknown = typeof text === 'string' ? JSON.parse(text) : undefined
  if (!areCounts(found)) throw new IndexBroken('counts are not what was written')
  return Object.entries(found)
}

function areCounts(found: unknown): found is Record<string, number> {
  return typeof found === 'object' && found !== null && Object.values(found).every((count) => Number.isSafeInteger(count))
}
