/** Searches over a real store of a few runs. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runId } from '../../../../test/conformance/samples.ts'
import type { Failure } from '../../../model/failure.ts'
import type { FoundRuns, RunSort } from '../../../model/found-runs.ts'
import { parse } from '../../../model/query/parse.ts'
import type { Term } from '../../../model/query/terms.ts'
import { RunStatus } from '../../../model/status.ts'
import { now, type Page, plainLife, SearchBench } from './search-bench.fixture.ts'

let bench: SearchBench
beforeEach(async () => {
  bench = new SearchBench()
  await bench.open()
})
afterEach(() => bench.close())

const terms = (text: string): readonly Term[] => {
  const parsed = parse(text)
  expect(parsed.problems).toEqual([])
  return parsed.terms
}
const search = (query: string, page: Page = {}): FoundRuns => bench.search(terms(query), page)
const numbers = ({ runs }: FoundRuns): number[] => runs.map(({ id }) => Number(id))

const failure: Failure = { class: 'timeout', name: 'FetchTimedOut', message: 'The API of 100% "acme" did not answer' }

describe('each field', () => {
  beforeEach(async () => {
    await bench.live(1, { ...plainLife, status: 'failed', failure, took: 90_000, startedAt: now - 7_200_000, attempts: 4 })
    await bench.live(2, { ...plainLife, workflow: 'order-import', input: { to: ['Ann@Example.org'], n: 4711 }, at: ['draft', 'send'], parent: 1 })
    await bench.live(3, { ...plainLife, status: 'completed', took: 500, output: { body: 'Dear\n  Ångström, "quoted" 100%_' }, attempts: 1 })
  })

  test.each([
    ['', [3, 2, 1]],
    ['status:failed', [1]],
    ['status:failed,completed', [3, 1]],
    ['-status:failed', [3, 2]],
    ['workflow:outreach', [3, 1]],
    ['workflow:out', []],
    ['step:send', [2]],
    ['started:>1h', [1]],
    ['started:<1h', [3, 2]],
    ['started:1h..3h', [1]],
    ['ended:<1h', [3]],
    ['-ended:<1h', [2, 1]],
    ['duration:>1m', [1]],
    ['duration:<=1m', [3, 2]],
    ['attempts:>3', [1]],
    ['attempts:0', [2]],
    ['version:1', [3, 2, 1]],
    ['error:timeout', [1]],
    ['error:fetchtimedout', [1]],
    ['error:"100% \\"acme"', [1]],
    ['id:2', [2]],
    ['id:0', [3, 2, 1]],
    ['parent:*', [2]],
    ['parent:1', [2]],
    ['parent:2', []],
    ['-parent:*', [3, 1]],
    ['correlation:order-3', [3]],
    ['ann@example', [2]],
    ['4711', [2]],
    ['"dear ångström"', [3]],
    ['"ångström, \\"QUOTED\\" 100%_"', [3]],
    ['import', [2]],
    ['"did not answer"', [1]],
    ['-"did not answer"', [3, 2]],
    ['nowhere', []],
  ])('%s', (query, expected) => {
    const found = search(query)
    expect(numbers(found)).toEqual(expected)
    expect(found).toMatchObject({ position: 6, total: expected.length, newest: runId(3) })
  })

  test('a page is where it is asked for, and up to where it is', () => {
    expect(numbers(search('', { offset: 1, limit: 1 }))).toEqual([2])
    expect(search('', { offset: 1, limit: 1 }).total).toBe(3)
    expect(numbers(search('', { upTo: 2 }))).toEqual([2, 1])
    expect(numbers(search('', { upTo: 99 }))).toEqual([])
  })

  test.each<[RunSort['by'], boolean, number[]]>([
    ['started', true, [3, 2, 1]],
    ['started', false, [1, 2, 3]],
    ['ended', true, [3, 1, 2]],
    ['ended', false, [1, 3, 2]],
    ['duration', true, [1, 3, 2]],
    ['duration', false, [3, 1, 2]],
    ['workflow', true, [3, 1, 2]],
    ['workflow', false, [2, 1, 3]],
    ['status', false, [3, 1, 2]],
  ])('in order of %s, descending: %s', (by, descending, expected) => {
    expect(numbers(search('', { sort: { by, descending } }))).toEqual(expected)
  })

  test('statuses are counted whatever status is asked for', () => {
    const { byStatus } = bench.index.answer(100, (answers) => answers.counts(bench.query(terms('status:failed workflow:outreach'))))
    expect(byStatus).toMatchObject({ failed: 1, completed: 1, running: 0 })
    expect(Object.keys(byStatus)).toEqual(RunStatus.options)
  })

  test('what is to be acted on comes with the version that was found', () => {
    const found = bench.index.answer(100, (answers) => answers.matching(bench.query(terms('workflow:outreach'), 2)))
    expect(found).toEqual([{ run: runId(1), version: 2 }])
  })
})

test('a value that is marked sensitive is not found', async () => {
  await bench.live(1, { ...plainLife, input: { secret: 'hunter2hunter2' }, sensitive: true })
  await bench.live(2, { ...plainLife, input: { secret: 'hunter2hunter2' } })
  expect(numbers(search('hunter2'))).toEqual([2])
})

test('the longest query there can be is answered', async () => {
  await bench.live(1, plainLife)
  for (const field of ['text', 'id', 'error', 'step']) {
    const any = Array.from({ length: 100 }, () => (field === 'id' ? '1' : 'out'))
    const name = field === 'text' ? '' : `${field}:`
    expect(search(`-${name}${any.join(',')}`).total).toBe(field === 'text' || field === 'id' ? 0 : 1)
  }
})

test.each([
  `x' OR 1=1 --`,
  `x"; DROP TABLE run; --`,
  `" OR body:x`,
  'NEAR(a b)',
  'abc* OR "d',
  '{body} : ^abc',
  'a\0bcd',
  '%%%',
  '___',
  '[a-z]?*',
  '*]^[!',
  '\\"\\"\\"',
  '\uD800\uD800\uD800',
])('%j is text like any other', async (text) => {
  await bench.live(1, { ...plainLife, input: `before ${text.toWellFormed()} after` })
  await bench.live(2, plainLife)
  for (const field of ['text', 'workflow', 'step', 'error', 'id', 'correlation'] as const) {
    const found = numbers(bench.search([{ field, not: false, any: [text] }]))
    expect(found).toEqual(field === 'text' ? [1] : [])
  }
  expect(numbers(search(''))).toEqual([2, 1])
})

describe('a text that was asked for before', () => {
  test('is found in what was said since', async () => {
    await bench.live(1, { ...plainLife, input: 'a copper kettle' })
    expect(numbers(search('kettle'))).toEqual([1])
    await bench.live(2, { ...plainLife, input: 'a lantern', output: 'another kettle' })
    await bench.live(3, { ...plainLife, input: 'no such thing' })
    expect(numbers(search('kettle'))).toEqual([2, 1])
    expect(numbers(search('-kettle'))).toEqual([3])
  })

  test('is found however many others are asked for in between', async () => {
    await bench.live(1, { ...plainLife, input: 'a copper kettle' })
    for (let other = 0; other < 30; other++) {
      expect(numbers(search('kettle'))).toEqual([1])
      expect(numbers(search(`"lantern ${other}"`))).toEqual([])
    }
  })
})
