/** Queries for tests: random terms, as `parse` would read them. */
import fc from 'fast-check'
import { RunStatus, RunWait } from '../status.ts'
import { comparisons, type Amount, type Moment, type StatusChoice, type Term, type Time } from './terms.ts'

const any = <V>(value: fc.Arbitrary<V>): fc.Arbitrary<V[]> => fc.array(value, { minLength: 1, maxLength: 3 })
const word = fc.oneof(
  fc.constantFrom('outreach', 'draft', 'two words', 'a,b', 'say "so"', String.raw`back\slash`, '-x', 'AND', 'a:b', '😀'),
  fc.string({ minLength: 1, maxLength: 8 }),
)
const text = word.map((each) => `${each} more`.replaceAll(/\s+/g, ' ').trim())
const status: fc.Arbitrary<StatusChoice> = fc.oneof(
  fc.constantFrom(...RunStatus.options).map((each) => ({ status: each, waiting: null })),
  fc.constantFrom(...RunWait.options).map((waiting) => ({ status: 'waiting' as const, waiting })),
)
const range = (value: fc.Arbitrary<number>): fc.Arbitrary<Amount> =>
  fc.tuple(value, value).map(([a, b]) => ({ op: '..', from: Math.min(a, b), to: Math.max(a, b) }))
const count: fc.Arbitrary<Amount> = fc.oneof(
  fc.record({ op: fc.constantFrom('=' as const, ...comparisons), value: fc.nat(10) }),
  range(fc.nat(10)),
)
const millis = fc.oneof(fc.nat(10_000), fc.nat(1_000).map((minutes) => minutes * 60_000))
const length: fc.Arbitrary<Amount> = fc.oneof(
  fc.record({ op: fc.constantFrom(...comparisons), value: millis }),
  range(millis),
)
const date = fc.constantFrom('2026-11-20', '2026-11-20T14:30', '2027-01-15T08:00:01.500Z', '2027-01-15T08:00:00+02:00', '1970-01-02')
const moment: fc.Arbitrary<Moment> = fc.oneof(millis.map((ago) => ({ ago })), date.map((each) => ({ date: each })))
const time: fc.Arbitrary<Time> = fc.oneof(
  fc.record({ op: fc.constantFrom(...comparisons), moment }),
  date.map((each) => ({ op: '=' as const, moment: { date: each } })),
  fc.record({ op: fc.constant('..' as const), from: moment, to: moment }),
)

const term: fc.Arbitrary<Term> = fc.oneof(
  fc.record({ field: fc.constant('status' as const), not: fc.boolean(), any: any(status) }),
  fc.record({ field: fc.constantFrom('version' as const, 'attempts' as const), not: fc.boolean(), any: any(count) }),
  fc.record({ field: fc.constant('duration' as const), not: fc.boolean(), any: any(length) }),
  fc.record({ field: fc.constantFrom('started' as const, 'ended' as const), not: fc.boolean(), any: any(time) }),
  fc.record({
    field: fc.constantFrom('workflow' as const, 'step' as const, 'error' as const, 'id' as const, 'replay' as const, 'parent' as const, 'correlation' as const),
    not: fc.boolean(),
    any: any(word),
  }),
  fc.record({ field: fc.constant('text' as const), not: fc.boolean(), any: any(text) }),
)

export const randomTerms: fc.Arbitrary<readonly Term[]> = fc.array(term, { maxLength: 4 })
