import { describe, expect, test } from 'vitest'
import { definitionOf } from '../../../sdk/brand.ts'
import { workflow, z } from '../../../sdk/index.ts'
import { codeStep } from '../../../model/manifest.fixture.ts'
import { problemsOf } from '../definition-error.ts'
import { manifestOf } from './manifest-of.ts'

const start = workflow('sample', { version: 2, input: z.object({ to: z.string() }) })

/** The definition with these steps, or these other properties, in place of its own: what no compiler has seen. */
function spoilt(builder: object, changes: Readonly<Record<string, unknown>>): unknown {
  return { ...z.looseObject({}).parse(definitionOf(builder)), ...changes }
}

function manifest(builder: object): unknown {
  return manifestOf(definitionOf(builder), 'workflows/sample.ts', [])
}

/** What is found, in short: `code step`. */
function found(definition: unknown): string[] {
  const read = manifestOf(definition, 'workflows/sample.ts', [])
  if (read.type === 'read') return []
  for (const { message, wayOut } of read.findings) expect([message, wayOut]).not.toContain('')
  return read.findings.map(({ code, step }) => `${code} ${step ?? '-'}`)
}

const long = 'x'.repeat(1_000_000)
const code = (id: string, options: object = {}): object => ({ id, kind: 'code', options, handler: () => null })
const http = (id: string, options: object = {}): object => ({ id, kind: 'http', options, request: () => ({ url: '' }) })

describe('a definition as data', () => {
  test('has every default filled in', () => {
    expect(manifest(start.step('one', () => 1))).toEqual({
      type: 'read',
      manifest: {
        format: 1,
        name: 'sample',
        version: 2,
        file: 'workflows/sample.ts',
        timeout: null,
        input: { type: 'object', properties: { to: { type: 'string' } }, required: ['to'] },
        inputSensitive: false,
        context: { type: 'object', propertyNames: { type: 'string' }, additionalProperties: {} },
        enriches: false,
        steps: [codeStep('one')],
        migrations: [],
        externals: [],
      },
    })
  })

  test('names what functions are there, and gives lengths in milliseconds', () => {
    const full = workflow('full', {
      version: 3,
      title: 'Full',
      description: 'All of it',
      input: z.object({}),
      context: z.object({ tenant: z.string() }),
      enrich: () => ({ tenant: 'a' }),
      timeout: '5m',
    })
      .step('one', { when: () => true, timeout: '1.5s', heartbeat: '30s', retry: { attempts: 2, initial: '2m' }, critical: true }, () => 1)
      .step(
        'two',
        {
          needs: ['one', 'one'],
          join: 'settled',
          output: z.object({ body: z.string() }),
          effect: { repeat: 'safe' },
          isolated: true,
          compensate: () => undefined,
          next: { to: ['one', 'two'], max: 3, choose: () => undefined },
        },
        () => ({ body: '' }),
      )
      .approval('ask', {
        needs: ['two'],
        edits: 'two.body',
        actions: { primary: 'send', secondary: ['revise', 'reject'] },
        deadline: '1d',
        onDeadline: 'skip',
        next: { to: ['two'], max: 1, onLimit: 'continue', choose: () => undefined },
      })
      .wait('fixed', { for: '10m' })
      .wait('told', { for: () => '1s' })
      .email('send', { needs: ['ask'], fallback: 'other', onFailure: 'ask', check: () => ({ happened: false }) }, () => ({ to: 'a', subject: '', text: '' }))
      .step('other', { onlyAsFallback: true, optional: true, title: 'Other' }, () => 1)
      .http('look', { retry: { patience: '2h' } }, () => ({ url: '' }))
      .http('search', { method: 'POST', effect: 'none' }, () => ({ url: '' }))
      .http(
        'pay',
        {
          method: 'POST',
          answer: z.object({ receipt: z.string(), card: z.string().meta({ sensitive: true }) }),
          statuses: { 402: 'completes', '5xx': 'permanent' },
          maxBytes: 10,
          idempotencyHeader: 'X-Key',
          timeout: '5s',
          check: () => ({ happened: false }),
        },
        () => ({ url: '' }),
      )
      .http('tell', { method: 'PUT', effect: { repeat: 'safe' }, answer: 'text' }, () => ({ url: '' }))
      .migrate(1, (state) => state)
      .migrate(2, (state) => state)
    expect(manifest(full)).toMatchObject({
      manifest: {
        title: 'Full',
        description: 'All of it',
        timeout: 300_000,
        enriches: true,
        migrations: [1, 2],
        steps: [
          {
            conditional: true,
            timeout: 1_500,
            heartbeat: 30_000,
            critical: true,
            retry: { attempts: 2, initial: 120_000, factor: 2, max: 120_000, jitter: 0.2 },
          },
          {
            needs: ['one'],
            join: 'settled',
            effect: { repeat: 'safe' },
            isolated: true,
            compensates: true,
            loop: { to: ['one', 'two'], max: 3, onLimit: 'fail' },
            output: { type: 'object', properties: { body: { type: 'string' } }, additionalProperties: false },
          },
          {
            kind: 'approval',
            actions: [
              { name: 'send', role: 'primary' },
              { name: 'revise', role: 'secondary' },
              { name: 'reject', role: 'secondary' },
            ],
            deadline: 86_400_000,
            onDeadline: 'skip',
            edits: { step: 'two', path: ['body'] },
            loop: { to: ['two'], max: 1, onLimit: 'continue' },
          },
          { kind: 'wait', duration: 600_000 },
          { kind: 'wait', duration: null },
          { kind: 'email', effect: { repeat: 'unsafe' }, fallback: 'other', onFailure: 'ask' },
          { onlyAsFallback: true, optional: true, title: 'Other' },
          {
            kind: 'http',
            method: 'GET',
            effect: null,
            idempotencyHeader: null,
            maxBytes: 1_000_000,
            timeout: 60_000,
            retry: { patience: 7_200_000 },
            output: { properties: { status: { type: 'integer' }, body: {} } },
          },
          { method: 'POST', effect: null, idempotencyHeader: null },
          {
            method: 'POST',
            effect: { repeat: 'unsafe' },
            checks: true,
            idempotencyHeader: 'X-Key',
            maxBytes: 10,
            timeout: 5_000,
            statuses: { 402: 'completes', '5xx': 'permanent' },
            sensitive: true,
            output: { properties: { body: { properties: { receipt: { type: 'string' }, card: { sensitive: true } } } } },
          },
          { method: 'PUT', effect: { repeat: 'safe' }, idempotencyHeader: 'Idempotency-Key', output: { properties: { body: { type: 'string' } } } },
        ],
      },
    })
  })

  test('takes a program for an effect that is not safe to repeat, unless its author says otherwise', () => {
    const programs = start
      .shell('deploy', { exits: { 75: 'transient', 3: 'completed' }, compensate: () => ({ command: 'undo' }) }, () => ({ command: 'deploy' }))
      .shell('test', { effect: 'none', sensitive: true }, () => ({ command: 'test' }))
      .shell('publish', { effect: { repeat: 'safe' } }, () => ({ command: 'publish' }))
    const output = { type: 'object', properties: { exitCode: { type: 'integer' }, stdout: { type: 'string' } } }
    expect(manifest(programs)).toMatchObject({
      manifest: {
        steps: [
          { kind: 'shell', effect: { repeat: 'unsafe' }, exits: { 75: 'transient', 3: 'completed' }, compensates: true, output, sensitive: false },
          { effect: null, exits: {}, compensates: false, output: { ...output, sensitive: true }, sensitive: true },
          { effect: { repeat: 'safe' } },
        ],
      },
    })
  })

  test('knows how a compensation is tried, where its author says so', () => {
    const steps = start
      .step('plain', { compensate: () => undefined }, () => 1)
      .step('patient', { timeout: '1m', compensate: { run: () => undefined, retry: { attempts: 9, factor: 1 }, timeout: '5s' } }, () => 1)
      .step('brief', { compensate: { run: () => undefined } }, () => 1)
    const retry = { attempts: 9, initial: 1_000, factor: 1, max: 60_000, jitter: 0.2 }
    expect(manifest(steps)).toMatchObject({
      manifest: {
        steps: [
          { compensates: true },
          { compensates: true, compensation: { retry, timeout: 5_000 }, timeout: 60_000 },
          { compensates: true, compensation: { retry: null, timeout: null } },
        ],
      },
    })
  })

  test('refuses a compensation that is neither a function nor says what it runs', () => {
    const wrong = spoilt(start.step('a', () => 1), { steps: [code('pay', { compensate: { retry: {} } })] })
    expect(manifestOf(wrong, 'workflows/sample.ts', [])).toMatchObject({
      type: 'refused',
      findings: [{ code: 'bad_option', step: 'pay', path: 'steps.pay.compensate', wayOut: "it should be a function, or an object of 'run', 'retry' and 'timeout'" }],
    })
  })

  test('gives the input as it is sent, and the output as it is stored', () => {
    const Count = z.object({ n: z.string().transform(Number).pipe(z.number()), lang: z.string().default('en') })
    const read = manifest(workflow('io', { version: 1, input: Count }).step('one', { output: Count }, () => ({ n: '1' })))
    expect(read).toMatchObject({
      manifest: {
        input: { properties: { n: { type: 'string' } }, required: ['n'] },
        steps: [{ output: { properties: { n: { type: 'number' } }, required: ['n', 'lang'] } }],
      },
    })
  })

  test('marks what any part of a schema marks', () => {
    const Secret = z.object({ list: z.array(z.object({ iban: z.string().meta({ sensitive: true }) })) })
    const Hidden = z.object({ key: z.string().meta({ sensitive: true }).transform((text) => text.length) })
    const plain = z.object({ sensitive: z.boolean().default(false) })
    const marks = workflow('marks', { version: 1, input: Secret })
      .step('in', { output: Hidden }, () => ({ key: '' }))
      .step('none', { output: plain }, () => ({}))
    expect(manifest(marks)).toMatchObject({
      manifest: { inputSensitive: true, steps: [{ sensitive: true }, { sensitive: false }] },
    })
    expect(manifest(workflow('none', { version: 1, input: plain }).step('one', () => 1))).toMatchObject({
      manifest: { inputSensitive: false },
    })
  })

  test('marks all of what a part that is marked is made into, since where it went cannot be known', () => {
    const secret = z.string().meta({ sensitive: true })
    const Made = z.object({ key: secret.transform((text) => text.length), plain: z.string().transform((text) => text.length) })
    const marks = workflow('marks', { version: 1, input: z.object({ it: z.object({ pin: secret }).transform(({ pin }) => ({ moved: pin })) }) })
      .step('made', { output: Made }, () => ({ key: '', plain: '' }))
      .step('checked', { output: z.object({ pin: z.preprocess((given) => given, z.object({ code: secret, place: z.string() })) }) }, () => ({ pin: '' }))
    const plain = { properties: { code: { sensitive: true }, place: { type: 'string' } } }
    const read = manifest(marks)
    expect(read).toMatchObject({
      manifest: {
        input: { properties: { it: { sensitive: true } } },
        steps: [{ output: { properties: { key: { sensitive: true } } } }, { output: { properties: { pin: plain } } }],
      },
    })
    expect(JSON.stringify(read)).toContain('"plain":{}')
    expect(JSON.stringify(read)).toContain('"place":{"type":"string"}},"required":["code","place"],"additionalProperties":false}')
  })
})

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
