import { describe, expect, test } from 'vitest'
import { definitionOf } from '../../../sdk/brand.ts'
import { z } from '../../../sdk/index.ts'
import { problemsOf } from '../definition-error.ts'
import { code, http, spoilt, start } from './definitions.fixture.ts'
import { manifestOf } from './manifest-of.ts'

/** What is found, in short: `code step`. */
function found(definition: unknown): string[] {
  const read = manifestOf(definition, 'workflows/sample.ts', [])
  if (read.type === 'read') return []
  for (const { message, wayOut } of read.findings) expect([message, wayOut]).not.toContain('')
  return read.findings.map(({ code: of, step }) => `${of} ${step ?? '-'}`)
}

const long = 'x'.repeat(1_000_000)

describe('what is wrong with a definition', () => {
  test.each<[string, unknown, string[]]>([
    ['no steps', start, ['bad_option -']],
    ['name', spoilt(start, { name: 'Outreach Mail', steps: [code('a')] }), ['bad_option -']],
    ['version', spoilt(start, { version: '1', steps: [code('a')] }), ['bad_option -']],
    ['timeout of the run', spoilt(start, { timeout: 30, steps: [code('a')] }), ['bad_duration -']],
    ['input', spoilt(start, { input: { to: 'string' }, steps: [code('a')] }), ['bad_schema -']],
    ['context', spoilt(start, { context: 'any', steps: [code('a')] }), ['bad_schema -']],
    ['id', spoilt(start, { steps: [code('send mail')] }), ['bad_option send mail']],
    ['id of every object', spoilt(start, { steps: [code('constructor')] }), ['bad_option constructor']],
    ['no id', spoilt(start, { steps: [code('a'), { ...code('b'), id: 7 }] }), ['bad_option number 2']],
    ['no handler', spoilt(start, { steps: [{ id: 'a', kind: 'code', options: {} }] }), ['bad_option a']],
    ['duration', spoilt(start, { steps: [code('a', { timeout: '3w' })] }), ['bad_duration a']],
    ['heartbeat', spoilt(start, { steps: [code('a', { heartbeat: 30 })] }), ['bad_duration a']],
    ['duration inside', spoilt(start, { steps: [code('a', { retry: { initial: 500 } })] }), ['bad_duration a']],
    ['range', spoilt(start, { steps: [code('a', { retry: { attempts: 0, jitter: 2 } })] }), ['bad_option a', 'bad_option a']],
    ['a check of what is never in doubt', spoilt(start, { steps: [code('a', { effect: { repeat: 'safe' }, check: () => ({ happened: false }) })] }), ['bad_option a']],
    ['slip of the pen', spoilt(start, { steps: [code('a', { timout: '3s' })] }), ['bad_option a']],
    ['output', spoilt(start, { steps: [code('a', { output: { body: '' } })] }), ['bad_schema a']],
    ['needs that is no list', spoilt(start, { steps: [code('a', { needs: 'b' })] }), ['bad_option a']],
    ['exit codes', spoilt(start, { steps: [{ id: 'a', kind: 'shell', options: { exits: { busy: 'transient' } }, command: () => ({}) }] }), ['bad_option a']],
    ['what an exit means', spoilt(start, { steps: [{ id: 'a', kind: 'shell', options: { exits: { 1: 'rejected' } }, command: () => ({}) }] }), ['bad_option a']],
    ['effect of a program', spoilt(start, { steps: [{ id: 'a', kind: 'shell', options: { effect: 'some' }, command: () => ({}) }] }), ['bad_option a']],
    ['no command', spoilt(start, { steps: [{ id: 'a', kind: 'shell', options: {} }] }), ['bad_option a']],
    ['wait', spoilt(start, { steps: [{ id: 'a', kind: 'wait', options: { for: 10 } }] }), ['bad_duration a']],
    ['a method that there is none of', spoilt(start, { steps: [http('a', { method: 'post' })] }), ['bad_option a']],
    ['a status that is none', spoilt(start, { steps: [http('a', { statuses: { 99: 'completes', '4xx': 'fine' } })] }), ['bad_option a', 'bad_option a']],
    ['a form of answer that there is none of', spoilt(start, { steps: [http('a', { answer: 'xml' })] }), ['bad_schema a']],
    ['a header that is none', spoilt(start, { steps: [http('a', { idempotencyHeader: 'a key' })] }), ['bad_option a']],
    ['redirects of what writes', spoilt(start, { steps: [http('a', { method: 'PUT', redirects: 1 })] }), ['bad_option a']],
    ['a check of a POST that only asks', spoilt(start, { steps: [http('a', { method: 'POST', effect: 'none', check: () => ({ happened: false }) })] }), ['bad_option a']],
    ['a check of a request that only reads', spoilt(start, { steps: [http('a', { check: () => ({ happened: false }) })] }), ['bad_option a']],
    [
      'actions of one name',
      spoilt(start, { steps: [{ id: 'a', kind: 'approval', options: { actions: { primary: 'x', secondary: ['x'] } } }] }),
      ['bad_option a'],
    ],
    ['migration of itself', start.step('a', () => 1).migrate(2, (state) => state), ['bad_migration -']],
    [
      'migration twice',
      start
        .step('a', () => 1)
        .migrate(1, (state) => state)
        .migrate(1, (state) => state),
      ['bad_migration -'],
    ],
    [
      'texts that go on',
      spoilt(start, { title: long, description: long, steps: [code('a', { title: long })] }),
      ['bad_option -', 'bad_option -', 'bad_option a'],
    ],
    [
      'a path that goes on',
      spoilt(start, { steps: [{ id: 'a', kind: 'approval', options: { actions: { primary: 'ok' }, edits: long } }] }),
      ['bad_option a', 'unknown_edit_target a'],
    ],
    ['a package that nothing is called like', spoilt(start, { externals: [long], steps: [code('a')] }), ['bad_option -']],
    ['the graph', spoilt(start, { steps: [code('a', { needs: ['b'] }), code('b', { needs: ['a'] })] }), ['cycle a']],
    ['nothing at all', 'workflow', ['bad_option -']],
  ])('%s', (_what, definition, expected) => {
    expect(found(definitionOf(definition) ?? definition)).toEqual(expected)
  })

  test('an edit of what the output schema does not have', () => {
    const Part = z.object({ title: z.string() })
    const draft = start.step(
      'draft',
      {
        output: z.object({
          body: z.string(),
          parts: z.array(Part),
          pair: z.tuple([Part, z.string()]),
          notes: z.record(z.string(), Part),
          either: z.union([z.object({ left: z.string() }), z.object({ right: z.string() })]),
          free: z.unknown(),
        }),
      },
      () => ({ body: '', parts: [], pair: [{ title: '' }, ''], notes: {}, either: { left: '' }, free: null }),
    )
    const { steps } = z.object({ steps: z.array(z.unknown()) }).parse(definitionOf(draft))
    const edits = (path: string): string[] => {
      const ask = { id: 'ask', kind: 'approval', options: { needs: ['draft'], actions: { primary: 'ok' }, edits: path } }
      return found(spoilt(draft, { steps: [...steps, ask] }))
    }
    const there = ['draft', 'draft.body', 'draft.parts.0.title', 'draft.pair.0.title', 'draft.notes.any.title']
    there.push('draft.either.right', 'draft.free.any.thing')
    for (const path of there) expect([path, ...edits(path)]).toEqual([path])
    const gone = ['draft.subject', 'draft.body.length', 'draft.parts.title', 'draft.pair.1.title', 'draft.either.middle']
    for (const path of gone) expect([path, ...edits(path)]).toEqual([path, 'bad_edit_path ask'])
  })

  test('all of it at once, each with its step and its way out', () => {
    const definition = spoilt(start, {
      version: 0,
      steps: [
        code('a', { timeout: '3w', needs: ['nobody'] }),
        code('a', { output: 3 }),
        { id: 'ask', kind: 'approval', options: { actions: {}, edits: 'gone.body' } },
        code('b', { next: { to: ['a'], max: 0, choose: null } }),
        code('spare', { onlyAsFallback: true }),
      ],
    })
    expect(found(definition)).toEqual([
      'bad_option -',
      'bad_duration a',
      'bad_schema a',
      'bad_option ask',
      'bad_option b',
      'bad_option b',
      'duplicate_step a',
      'unknown_need a',
      'unknown_edit_target ask',
      'next_not_backwards b',
      'unreachable spare',
    ])
  })

  test('texts for people have bounds that what people write is far from', () => {
    const texts = (titles: number, descriptions: number): unknown => {
      const [title, description] = ['x'.repeat(titles), 'x'.repeat(descriptions)]
      return spoilt(start, { title, description, steps: [code('a', { title })] })
    }
    expect(found(texts(200, 4_000))).toEqual([])
    const read = manifestOf(texts(201, 4_001), 'workflows/x.ts', [])
    if (read.type === 'read') return expect.fail('it was not refused')
    const wayOut = 'it should be at most 200 characters'
    expect(read.findings).toMatchObject([
      { path: 'title', message: expect.stringMatching(/^title is "x{60}…" \(201 characters\)$/), wayOut },
      { path: 'description', wayOut: 'it should be at most 4000 characters' },
      { path: 'steps.a.title', step: 'a', wayOut },
    ])
  })

  test('what is said of names that go on is short all the same', () => {
    const definition = spoilt(start, { steps: [code(long, { [long]: 1, needs: [long] }), code(long)] })
    const read = manifestOf(definition, 'workflows/x.ts', [])
    if (read.type === 'read') return expect.fail('it was not refused')
    const said = problemsOf('workflows/x.ts', read.findings).map((problem) => JSON.stringify(problem).length)
    expect(Math.max(...said)).toBeLessThan(20_000)
  })

  test('says what is there, and what it should be', () => {
    const read = manifestOf(spoilt(start, { steps: [code('a', { retry: { initial: '5 s' } })] }), 'workflows/x.ts', [])
    expect(read).toEqual({
      type: 'refused',
      findings: [
        {
          code: 'bad_duration',
          message: 'step a: retry.initial is "5 s"',
          wayOut: 'it should be a number and a unit, like 250ms, 1.5s, 5m, 24h or 7d',
          step: 'a',
          path: 'steps.a.retry.initial',
        },
      ],
    })
  })
})
