import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { StepId, WorkflowName } from '../../../model/ids.ts'
import { isKept, kept, keptSince } from '../../measure/widths.ts'
import type { Figure } from './account.ts'
import { countKeeper } from './counts.ts'
import { countsIn } from './counts-text.ts'
import { metrics } from './projection.ts'

const day = 86_400_000
const workflow = WorkflowName.parse('outreach')
const name = StepId.parse('draft')

/** What an entry counts: something of its own time, and something that happened before. */
interface Counted {
  readonly at: number
  readonly figures: readonly Figure[]
}

const countings = fc
  .array(
    fc.record({
      // A clock goes on, is set back, or is wrong by a month for once.
      later: fc.oneof(fc.integer({ min: -day / 4, max: 3 * day }), fc.constantFrom(30 * day, -30 * day)),
      back: fc.nat({ max: 20 * day }),
      detail: fc.nat({ max: 3 }),
      count: fc.constantFrom<1 | -1>(1, -1),
    }),
    { maxLength: 30 },
  )
  .map((steps) => {
    let at = 1_800_000_000_000
    return steps.map(({ later, back, detail, count }): Counted => {
      at += later
      return { at, figures: [at, at - back].map((then) => ({ kind: 'attempt_took', name, detail, at: then, count })) }
    })
  })

function rowsAfter(slices: readonly (readonly Counted[])[]): { rows: unknown[]; newest: number } {
  const index = new Database(':memory:')
  try {
    metrics.create(index)
    const keeper = countKeeper(index)
    for (const slice of slices) {
      const counts = keeper()
      for (const { at, figures } of slice) {
        counts.reach(at)
        for (const figure of figures) counts.add(workflow, figure)
      }
      counts.write()
    }
    return {
      rows: index.prepare('SELECT kind, width, at, counts FROM metric ORDER BY width, at').raw().all(),
      newest: Number(index.prepare('SELECT newest FROM metric_time').pluck().get()),
    }
  } finally {
    index.close()
  }
}

test('law: the rows are the same whatever the slices, also where buckets are let go', () => {
  fc.assert(
    fc.property(countings, fc.nat(), (all, place) => {
      const cut = all.length === 0 ? 0 : place % all.length
      const one = rowsAfter([all])
      expect(rowsAfter(all.map((each) => [each]))).toEqual(one)
      expect(rowsAfter([all.slice(0, cut), all.slice(cut)])).toEqual(one)
    }),
  )
})

test('what is older than its width is kept for is gone, and everything else adds up', () => {
  fc.assert(
    fc.property(countings, (all) => {
      const { rows, newest } = rowsAfter([all])
      for (const width of kept) {
        const stored = rows.flatMap((row) => (Array.isArray(row) && row[1] === width ? [row] : []))
        for (const [, , at] of stored) expect(at).toBeGreaterThanOrEqual(keptSince(width, newest))
        if (!isKept(width, 0, newest)) continue
        const sum = stored.reduce((left: number, row) => left + countsIn(row[3]).reduce((total, [, count]) => total + count, 0), 0)
        expect(sum).toBe(all.reduce((left, { figures }) => left + figures.reduce((total, { count }) => total + count, 0), 0))
      }
    }),
  )
})
