import { describe, expect, it } from 'vitest'
import { beacon, light } from './beacon.fixture.ts'
import { stepManifest, TestExecution } from './execution.fixture.ts'

const view = { input: { a: 1 }, context: { tenant: 'x' }, outputs: { before: [1, null] }, iterations: { echo: [1] } }

describe('running a step', () => {
  it('calls the handler with all that it was promised, and hears its answer', async () => {
    await using host = await TestExecution.start(`{ id: 'echo', kind: 'code', options: {}, handler: async (call) => {
      await delay(1)
      return { ...call, signal: call.signal.aborted, log: undefined, progress: undefined, heartbeat: undefined }
    } }`)
    const result = await host.run('echo', { view, attempt: 3, idempotencyKey: 'k', lastHeartbeat: { page: 2 } })
    const output = {
      ...view,
      attempt: 3,
      iteration: 1,
      idempotencyKey: 'k',
      correlationId: 'test',
      signal: false,
      lastHeartbeat: { page: 2 },
    }
    expect(result).toEqual({ type: 'completed', next: null, output })
  })

  it('knows the kinds of steps and what each prepares', async () => {
    await using host = await TestExecution.start(`
      { id: 'nothing', kind: 'code', options: {}, handler: () => {} },
      { id: 'never', kind: 'code', options: { when: async (view) => view.input.a > 1 }, handler: () => 1 },
      { id: 'shown', kind: 'approval', options: { actions: { primary: 'ok' }, shows: (view) => ({ saw: view.outputs.before }) } },
      { id: 'plain', kind: 'approval', options: { actions: { primary: 'ok' }, needs: ['before', 'skipped'] } },
      { id: 'fixed', kind: 'wait', options: { for: '1.5s' } },
      { id: 'computed', kind: 'wait', options: { for: async (view) => view.input.a + 'm' } },
      { id: 'forever', kind: 'wait', options: { for: () => 'a while' } },
      { id: 'hushed', kind: 'wait', options: { for: '1h', when: () => false } },
    `)
    const run = (step: string) => host.run(step, { view })
    expect(await run('nothing')).toEqual({ type: 'completed', output: null, next: null })
    expect(await run('never')).toEqual({ type: 'skipped' })
    expect(await run('shown')).toEqual({ type: 'asked', shown: { saw: [1, null] } })
    expect(await run('plain')).toEqual({ type: 'asked', shown: { before: [1, null], skipped: null } })
    expect(await run('fixed')).toEqual({ type: 'waits', duration: 1_500 })
    expect(await run('computed')).toEqual({ type: 'waits', duration: 60_000 })
    expect(await run('hushed')).toEqual({ type: 'skipped' })
    expect(await run('forever')).toMatchObject({
      type: 'failed',
      failure: { class: 'permanent', message: expect.stringContaining('"a while"') },
    })
  })

  it('lets a schema make the output, and names what it refuses', async () => {
    await using host = await TestExecution.start(`
      { id: 'made', kind: 'code', options: { output: z.object({ n: z.number().default(7) }) }, handler: () => ({ more: 1 }) },
      { id: 'wrong', kind: 'code', options: { output: z.object({ list: z.array(z.object({ n: z.number() })) }) },
        handler: () => ({ list: [{ n: 1 }, { n: 'two' }] }) },
      { id: 'dated', kind: 'code', options: { output: z.object({ at: z.date() }) }, handler: () => ({ at: new Date(0) }) },
      { id: 'untyped', kind: 'code', options: {}, handler: () => ({ a: { b: 1n } }) },
    `)
    expect(await host.run('made')).toMatchObject({ type: 'completed', output: { n: 7 } })
    expect(await host.run('wrong')).toMatchObject({
      type: 'failed',
      failure: { class: 'validation', path: 'output.list.1.n', message: expect.stringContaining('output.list.1.n') },
    })
    expect(await host.run('dated')).toMatchObject({ type: 'failed', failure: { class: 'validation', path: 'output.at' } })
    expect(await host.run('untyped')).toMatchObject({ type: 'failed', failure: { class: 'permanent', path: 'output.a.b' } })
  })

  it('asks where to go next, and refuses what is not listed', async () => {
    await using host = await TestExecution.start(`
      { id: 'loop', kind: 'code', handler: () => 3, options: {
        next: { to: ['draft'], max: 1, choose: async ({ output, iteration, input }) => output + iteration + input.a === 5 ? 'draft' : undefined } } },
      { id: 'on', kind: 'code', handler: () => 3, options: { next: { to: ['draft'], max: 1, choose: () => undefined } } },
      { id: 'astray', kind: 'code', handler: () => 3, options: { next: { to: ['draft'], max: 1, choose: () => 'elsewhere' } } },
    `)
    expect(await host.run('loop', { view })).toEqual({ type: 'completed', output: 3, next: 'draft' })
    expect(await host.run('on')).toEqual({ type: 'completed', output: 3, next: null })
    expect(await host.run('astray')).toMatchObject({
      type: 'failed',
      failure: { class: 'permanent', message: expect.stringContaining('"elsewhere"') },
    })
  })

  it('compensates with the output, whatever the condition says now', async () => {
    await using host = await TestExecution.start(`
      { id: 'pay', kind: 'code', handler: () => 1, options: { when: () => false,
        compensate: async ({ output, log }) => { log.info('took back ' + output.amount) } } },
      { id: 'book', kind: 'code', handler: () => 1, options: {
        compensate: { retry: { attempts: 9 }, run: ({ output, log }) => log.info('freed ' + output.seat) } } },
      { id: 'look', kind: 'code', handler: () => 1, options: {} },
    `)
    const undone = await host.run('pay', { phase: 'compensate', output: { amount: 5 } })
    expect(undone).toEqual({ type: 'completed', output: null, next: null })
    expect(await host.run('book', { phase: 'compensate', output: { seat: '7c' } })).toEqual(undone)
    expect(host.signals.all).toMatchObject([{ type: 'log', message: 'took back 5' }, { type: 'log', message: 'freed 7c' }])
    expect(await host.run('look', { phase: 'compensate' })).toMatchObject({ type: 'failed', failure: { class: 'permanent' } })
  })

  it('asks the receiver once a stopped attempt is gone: until then it may still happen', async () => {
    await using signs = await beacon()
    const handler = `async () => { ${light(signs.port)}; await never }`
    const check = `async () => { ${light(signs.port)}; await never }`
    const manifests = [stepManifest('pay', { effect: { repeat: 'unsafe' }, checks: true })]
    await using host = await TestExecution.start(`{ id: 'pay', kind: 'code', handler: ${handler}, options: { check: ${check} } }`, { manifests })
    const { ref } = host.start('pay')
    await signs.lit(1)
    host.execution.stop(ref)
    host.start('pay', { phase: 'check', ref: { ...ref, attempt: 2 } })
    await signs.lit(2)
    expect(signs.here).toBe(1)
  })

  it('asks the receiver whether it happened, under the key of the step', async () => {
    await using host = await TestExecution.start(`
      { id: 'pay', kind: 'code', handler: () => 1, options: { when: () => false, output: z.object({ receipt: z.number() }),
        check: ({ idempotencyKey }) => (idempotencyKey.endsWith('/7') ? { happened: true, output: { receipt: 7 } } : { happened: false }) } },
      { id: 'unclear', kind: 'code', handler: () => 1, options: { check: () => ({ happened: 'unknown', note: 'closed' }) } },
      { id: 'wrong', kind: 'code', handler: () => 1, options: { output: z.number(), check: () => ({ happened: true, output: 'paid' }) } },
      { id: 'vague', kind: 'code', handler: () => 1, options: { check: () => 'yes' } },
      { id: 'mute', kind: 'code', handler: () => 1, options: {} },
    `)
    const asked = (step: string, more = {}) => host.run(step, { phase: 'check', ...more })
    expect(await asked('pay', { idempotencyKey: 'r/pay/1/7' })).toEqual({ type: 'completed', output: { receipt: 7 }, next: null })
    expect(await asked('pay', { idempotencyKey: 'r/pay/1/8' })).toEqual({ type: 'checked', happened: false, note: null })
    expect(await asked('unclear')).toEqual({ type: 'checked', happened: null, note: 'closed' })
    expect(await asked('wrong')).toMatchObject({ type: 'failed', failure: { class: 'validation' } })
    expect(await asked('vague')).toMatchObject({ type: 'failed', failure: { message: expect.stringContaining("happened: 'unknown'") } })
    expect(await asked('mute')).toMatchObject({ type: 'failed', failure: { message: 'step mute has no check' } })
  })

  it('says what is wrong with a revision', async () => {
    await using throwing = await TestExecution.start('', { more: 'title: (() => { throw new Error("no luck") })()' })
    expect(await throwing.run('any')).toMatchObject({ type: 'failed', failure: { message: 'no luck' } })
    expect(await throwing.run('any')).toMatchObject({ type: 'failed', failure: { message: 'no luck' } })

    await using empty = await TestExecution.start('')
    expect(await empty.run('any')).toMatchObject({
      type: 'failed',
      failure: { class: 'permanent', message: expect.stringContaining('no step any') },
    })

    await using unknown = await TestExecution.start('', { revision: () => undefined })
    expect(await unknown.run('any')).toMatchObject({ type: 'failed', failure: { class: 'corruption' } })
    await using unreadable = await TestExecution.start('', {
      revision: () => {
        throw new Error('a bit has flipped')
      },
    })
    expect(await unreadable.run('any')).toMatchObject({
      type: 'failed',
      failure: { class: 'corruption', message: expect.stringContaining('a bit has flipped') },
    })
  })

  it('finds what a bundle leaves out in the workspace', async () => {
    const say = `{ id: 'say', kind: 'code', options: {}, handler: async () => [definition.title, (await import('left-out')).word] }`
    await using host = await TestExecution.start(say, {
      more: 'title: require("left-out").word',
      files: {
        'node_modules/left-out/index.js': 'export const word = "found"',
        'node_modules/left-out/package.json': '{ "type": "module", "main": "index.js" }',
      },
    })
    expect(await host.run('say')).toMatchObject({ output: ['found', 'found'] })
  })

  it('evaluates a bundle once in each process', async () => {
    await using host = await TestExecution.start(
      `{ id: 'count', kind: 'code', options: {}, handler: () => { definition.version += 1; return definition.version } }`,
      { limits: { processes: 1 } },
    )
    const results = [await host.run('count'), await host.run('count'), await host.run('count')]
    expect(results).toMatchObject([{ output: 2 }, { output: 3 }, { output: 4 }])
  })
})
