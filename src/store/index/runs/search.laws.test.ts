/** What the index finds, held against a search that looks at every run whole. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runId } from '../../../../test/conformance/samples.ts'
import { FailureClass } from '../../../model/failure.ts'
import type { Json } from '../../../model/json.ts'
import { folded } from '../../../model/query/folded.ts'
import { matches } from '../../../model/query/matches.ts'
import { randomTerms } from '../../../model/query/query.fixture.ts'
import type { Term } from '../../../model/query/terms.ts'
import { RunStatus, RunWait } from '../../../model/status.ts'
import type { RunSummary } from '../../../model/views.ts'
import { JournalIndex } from '../journal-index.ts'
import { type Life, now, SearchBench } from './search-bench.fixture.ts'

const scale = Number(process.env['CAIRN_SCALE'] ?? 0.1)
const stores = Math.max(4, Math.round(30 * scale))

const words = fc.constantFrom('outreach more', 'Two Words MORE', 'a,b more', 'say "so" more', 'draft', 'x\n-x more', 'a:b', '😀 more')
const value: fc.Arbitrary<Json> = fc.oneof(words, fc.record({ one: words, more: fc.array(fc.oneof(words, fc.nat(2_000), fc.constant(null))) }))
const life: fc.Arbitrary<Life> = fc
  .record({
    workflow: fc.constantFrom('outreach', 'draft', 'other'),
    status: fc.constantFrom(...RunStatus.options),
    waiting: fc.option(fc.constantFrom(...RunWait.options)),
    failure: fc.option(fc.record({ class: fc.constantFrom(...FailureClass.options), name: words, message: words })),
    input: value,
    sensitive: fc.boolean(),
    output: fc.option(value),
    startedAt: fc.constantFrom(now, now - 5_000, now - 3_600_000, now + 5_000, Date.UTC(2026, 10, 20, 14, 30)),
    took: fc.option(fc.constantFrom(0, 500, 60_000, 600_000)),
    at: fc.uniqueArray(fc.constantFrom('draft', 'outreach', 'send')),
    attempts: fc.nat(3),
    parent: fc.option(fc.constantFrom(1, 2, 23)),
  })
  .map((each) => ({ ...each, waiting: each.status === 'waiting' ? each.waiting : null }))
const queries = fc.array(randomTerms, { minLength: 10, maxLength: 30 })

/** Looks at everything that can be searched of a run. */
function finds(terms: readonly Term[], run: RunSummary, { input, sensitive, output }: Life): boolean {
  const said = [...(sensitive ? [] : leaves(input)), ...(output === null ? [] : leaves(output))].map(folded)
  return terms.every((term) => {
    const known = matches({ terms: [{ ...term, not: false }], now }, run)
    const found = known === 'unknown' && term.field === 'text' ? isIn(term.any, said) : known === true
    return found !== term.not
  })
}

function isIn(any: readonly string[], said: readonly string[]): boolean {
  return any.some((text) => said.some((each) => each.includes(folded(text))))
}

function leaves(json: Json): string[] {
  if (json === null) return []
  return typeof json === 'object' ? Object.values(json).flatMap(leaves) : [String(json)]
}

async function within(lives: readonly Life[], check: (bench: SearchBench) => Promise<void>): Promise<void> {
  const bench = new SearchBench()
  try {
    await bench.open()
    for (const [at, each] of lives.entries()) await bench.live(at + 1, each)
    await check(bench)
  } finally {
    await bench.close()
  }
}

test('the index finds what a look at every run finds, on every page', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 12 }), queries, fc.nat(12), async (lives, asked, offset) => {
      await within(lives, async (bench) => {
        const { runs } = await bench.store.queries.runs({ limit: 100 })
        for (const terms of asked) {
          const expected = runs.filter((run) => finds(terms, run, lifeOf(lives, run)))
          expect(bench.search(terms)).toMatchObject({ total: expected.length, runs: expected })
          expect(bench.search(terms, { offset, limit: 3 }).runs).toEqual(expected.slice(offset, offset + 3))
        }
      })
    }),
    { numRuns: stores },
  )
})

test('however the journal is followed, the index is the same', async () => {
  const slices = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 8 }), slices, queries, async (lives, sizes, asked) => {
      await within(lives, async (bench) => {
        const whole = asked.map((terms) => bench.search(terms))
        bench.letGo()
        const other = new JournalIndex({ ...bench.paths, index: `${bench.paths.index}.other` })
        for (const size of sizes) other.follow(size)
        const sliced = asked.map((terms) => {
          return other.answer(1_000, (answers) => answers.search({ ...bench.query(terms), offset: 0, limit: 200, sort: null }))
        })
        other.close()
        expect(sliced).toEqual(whole)
      })
    }),
    { numRuns: stores },
  )
})

function lifeOf(lives: readonly Life[], run: RunSummary): Life {
  const found = lives.find((_, at) => runId(at + 1) === run.id)
  if (found === undefined) throw new Error(`nobody lived ${run.id}`)
  return found
}
