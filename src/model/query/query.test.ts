import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RunStatus, RunWait } from '../status.ts'
import { complete } from './complete.ts'
import { format } from './format.ts'
import { longestQuery, parse } from './parse.ts'
import { randomTerms } from './query.fixture.ts'

const problem = (text: string) => {
  const { terms, problems } = parse(text)
  expect(terms).toEqual([])
  expect(problems).toHaveLength(1)
  return problems[0]
}

describe('parsing', () => {
  test('what is formatted is read as what it was', () => {
    fc.assert(
      fc.property(randomTerms, (terms) => {
        expect(parse(format(terms))).toEqual({ terms, problems: [] })
      }),
    )
  })

  test('every text is read to its end, and what stands is read again as it is', () => {
    const alphabet = fc.constantFrom('status:', 'failed', ',', '"', ' ', '-', '\\', 'started:', '<1h', '..', ':', 'x', '😀', 'OR')
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.array(alphabet).map((parts) => parts.join(''))), (text) => {
        const { terms, problems } = parse(text)
        for (const { span, message, wayOut } of problems) {
          expect(span.from).toBeGreaterThanOrEqual(0)
          expect(span.to).toBeLessThanOrEqual(text.length)
          expect(message).not.toBe('')
          expect(wayOut).not.toBe('')
        }
        expect(parse(format(terms)).terms).toEqual(terms)
      }),
    )
  })

  test('a query as an operator writes it', () => {
    const { terms, problems } = parse('status:failed,waiting:decision -workflow:outreach started:>1h step:draft "Text in  input" boom')
    expect(problems).toEqual([])
    expect(terms).toEqual([
      { field: 'status', not: false, any: [{ status: 'failed', waiting: null }, { status: 'waiting', waiting: 'decision' }] },
      { field: 'workflow', not: true, any: ['outreach'] },
      { field: 'started', not: false, any: [{ op: '>', moment: { ago: 3_600_000 } }] },
      { field: 'step', not: false, any: ['draft'] },
      { field: 'text', not: false, any: ['Text in input'] },
      { field: 'text', not: false, any: ['boom'] },
    ])
  })

  test('an empty query asks for nothing', () => {
    expect(parse('   ')).toEqual({ terms: [], problems: [] })
  })

  test.each([
    ['status:failled', 'failled is no status of a run', 'failed', 7],
    ['status:decision', 'decision is no status of a run', 'waiting:decision', 7],
    ['stat:failed', 'there is no field stat', 'status', 0],
    ['wrkflow:x', 'there is no field wrkflow', 'workflow', 0],
    ['http://there', 'there is no field http', '"http://there"', 0],
    ['duration:5m', 'no run takes exactly 5m', '>5m', 9],
    ['started:1h', '1h ago is but a moment', '<1h', 8],
    ['started:2026-02-29', '2026-02-29 is no age and no date', null, 8],
    ['attempts:many', 'many is no count', null, 9],
    ['status:', 'a value is missing here', null, 7],
    ['"half', 'the quotation mark is not closed', '"half"', 0],
    ['ab', '"ab" is too short to be searched for', null, 0],
    ['OR', 'there is no OR between terms', null, 0],
  ])('%s: %s', (text, message, instead, from) => {
    expect(problem(text)).toMatchObject({ message, instead, span: { from, to: expect.any(Number) } })
  })

  test('a query without an end is refused before it is read', () => {
    expect(problem('x'.repeat(longestQuery + 1))?.message).toContain('2001 characters')
  })

  test('a query that asks for too much is refused', () => {
    expect(parse(`id:${'1,'.repeat(99)}1`).problems).toEqual([])
    expect(problem(`id:${'1,'.repeat(100)}1`)).toMatchObject({ span: { from: 203, to: 204 } })
  })

  test('what is wrong with one term leaves the others', () => {
    const { terms, problems } = parse('status:faild workflow:outreach')
    expect(terms).toHaveLength(1)
    expect(problems).toHaveLength(1)
  })
})

describe('completion', () => {
  const known = { workflows: ['outreach', 'order-import'], steps: ['draft'] }
  const at = (text: string) => {
    const caret = text.indexOf('|')
    const whole = text.replace('|', '')
    return complete(whole, caret, known).map(({ span, insert }) => whole.slice(0, span.from) + insert + whole.slice(span.to))
  }

  test.each([
    ['sta|', ['status:', 'started:']],
    ['-sta|', ['-status:', '-started:']],
    ['status:can|', ['status:cancelled']],
    ['status:failed,qu|', ['status:failed,queued', 'status:failed,quarantined']],
    ['status:dec|', ['status:waiting:decision']],
    ['workflow:imp|', ['workflow:order-import']],
    ['failed outr|', ['failed workflow:outreach']],
    ['st|atus:failed', ['status:failed', 'step:failed', 'started:failed']],
    ['nothing:x|', []],
    ['id:01|', []],
  ])('%s', (text, expected) => {
    expect(at(text)).toEqual(expected)
  })

  test('where nothing stands yet, every field is offered', () => {
    expect(at('status:failed |')).toContain('status:failed workflow:')
  })

  test('whatever is suggested can be read, or goes on to be written', () => {
    fc.assert(
      fc.property(fc.constantFrom('', ...RunStatus.options, ...RunWait.options, 'status:', 'error:', 'started:', 'ended:', 'duration:', 'attempts:'), (text) => {
        for (const { insert, span } of complete(text, text.length, known)) {
          const completed = text.slice(0, span.from) + insert
          if (!completed.endsWith(':')) expect(parse(completed).problems).toEqual([])
        }
      }),
    )
  })
})
