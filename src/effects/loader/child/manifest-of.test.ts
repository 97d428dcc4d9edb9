import { describe, expect, test } from 'vitest'
import { codeStep } from '../../../model/manifest.fixture.ts'
import { definitionOf } from '../../../sdk/brand.ts'
import { workflow, z } from '../../../sdk/index.ts'
import { code, spoilt, start } from './definitions.fixture.ts'
import { manifestOf } from './manifest-of.ts'

function manifest(builder: object): unknown {
  return manifestOf(definitionOf(builder), 'workflows/sample.ts', [])
}

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
