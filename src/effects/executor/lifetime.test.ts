import { describe, expect, it } from 'vitest'
import { beacon, light } from './beacon.fixture.ts'
import { TestExecution } from './execution.fixture.ts'

/** An endless loop that is under way once this was logged. */
const spin = `handler: async ({ log }) => { log.info('spinning'); await delay(20); for (;;); }`
const patient = `{ id: 'patient', kind: 'code', options: {}, handler: async ({ log }) => { log.info('patient'); await never } }`
/** Never settles, and does not hear that it is stopped. */
const stubborn = `{ id: 'stubborn', kind: 'code', options: {}, handler: async ({ log }) => { log.info('stubborn'); await never } }`
const one = { processes: 1, grace: 50 }
const cutOff = (own: boolean, failure: object = {}) => ({ type: 'cut_off', own, failure })

describe('stopping', () => {
  it('aborts the signal, hears nothing more, and spares the process of a handler that obeys', async () => {
    await using host = await TestExecution.start(`
      { id: 'obedient', kind: 'code', options: {}, handler: async ({ signal, log }) => { log.info('here'); await delay(60_000, null, { signal }) } },
      { id: 'pid', kind: 'code', options: {}, handler: () => process.pid }`, { limits: one })
    const before = await host.run('pid')
    const { ref } = host.start('obedient')
    await host.logged('here')
    host.execution.stop(ref)
    expect(await host.run('pid')).toEqual(before)
    expect(host.execution.stats()).toMatchObject({ running: 0, queued: 0 })
  })

  it('kills the process of one that does not, and the others there are told that it was not theirs', async () => {
    await using host = await TestExecution.start(`${stubborn}, ${patient}`, { limits: one })
    const { ref } = host.start('stubborn')
    const { result } = host.start('patient')
    await Promise.all([host.logged('stubborn'), host.logged('patient')])
    host.execution.stop(ref)
    expect(await result).toMatchObject(cutOff(false, { class: 'crash' }))
  })

  it('ends an endless loop that sits alone', async () => {
    await using signs = await beacon()
    await using host = await TestExecution.start(
      `{ id: 'loop', kind: 'code', options: {}, handler: async () => { ${light(signs.port)}; for (;;); } }`,
      { limits: { ...one, unresponsive: 600_000 } },
    )
    const { ref } = host.start('loop', { isolated: true })
    await signs.lit(1)
    host.execution.stop(ref)
    await signs.out()
  })

  it('takes a queued task back, and its place goes to the next', async () => {
    await using host = await TestExecution.start(`
      { id: 'hold', kind: 'code', options: {}, handler: ({ log, signal }) => { log.info('held'); return delay(60_000, null, { signal }) } },
      { id: 'no', kind: 'code', options: {}, handler: ({ log }) => { log.info('ran') } },
      { id: 'yes', kind: 'code', options: {}, handler: () => 'done' }`, { limits: { isolated: 1 } })
    const held = host.start('hold', { isolated: true })
    await host.logged('held')
    const { ref } = host.start('no', { isolated: true })
    const { result } = host.start('yes', { isolated: true })
    // A task is put into the queue once the engine's turn is over.
    await Promise.resolve()
    expect(host.execution.stats()).toMatchObject({ running: 1, queued: 2 })
    expect(host.begun).toEqual([held.ref])
    host.execution.stop(ref)
    expect(host.execution.stats()).toMatchObject({ queued: 1 })
    host.execution.stop(held.ref)
    expect(await result).toMatchObject({ output: 'done' })
    expect(host.begun).toHaveLength(2)
    expect(host.signals.all).not.toContainEqual(expect.objectContaining({ message: 'ran' }))
  })

  it.each([
    ['was started in the same turn', () => undefined],
    ['waits for its process to be ready', () => Promise.resolve()],
  ])('takes back a task that %s', async (_, turn) => {
    await using host = await TestExecution.start(`
      { id: 'no', kind: 'code', options: {}, handler: ({ log }) => { log.info('ran') } },
      { id: 'yes', kind: 'code', options: {}, handler: () => 'done' }`, { limits: one })
    const { ref } = host.start('no')
    await turn()
    host.execution.stop(ref)
    expect(await host.run('yes')).toMatchObject({ output: 'done' })
    expect(host.signals.all).toEqual([])
  })
})

describe('a process that dies', () => {
  it.each([
    ['throws out of everything', `setTimeout(() => { throw new Error('oops') }, 1)`, { message: 'uncaught exception: oops', stack: expect.stringContaining('workflows/test.ts') }],
    ['rejects out of everything', `setTimeout(() => { Promise.reject(new TypeError('oops')) }, 1)`, { message: 'unhandled rejection: oops' }],
    ['exits', `setTimeout(() => process.exit(0), 1)`, { name: 'ProcessExit', message: expect.stringContaining('exit code 0') }],
  ])('takes with it only the attempt that %s', async (_, code, failure) => {
    await using host = await TestExecution.start(`${patient},
      { id: 'bomb', kind: 'code', options: {}, handler: () => { ${code}; return never } }`, { limits: one })
    const innocent = host.start('patient')
    await host.logged('patient')
    expect(await host.run('bomb')).toMatchObject(cutOff(true, { class: 'crash', ...failure }))
    expect(await innocent.result).toMatchObject(cutOff(false, { class: 'crash' }))
  })

  it('makes all in it suspects where nobody knows who did it', async () => {
    await using host = await TestExecution.start(`${patient},
      { id: 'killer', kind: 'code', options: {}, handler: () => { console.error('not caught by anybody'); process.kill(process.pid, 'SIGKILL') } },
      { id: 'aborter', kind: 'code', options: {}, handler: () => process.abort() }`, { limits: one })
    for (const [step, signal] of [['killer', 'SIGKILL'], ['aborter', 'SIGABRT']] as const) {
      const other = host.start('patient')
      await host.logged('patient')
      expect(await host.run(step)).toMatchObject(cutOff(true, { class: 'crash', message: expect.stringContaining(signal) }))
      expect(await other.result).toMatchObject(cutOff(true, { class: 'crash', message: expect.stringContaining(signal) }))
    }
  })

  it('takes with it what it has started', async () => {
    await using signs = await beacon()
    const program = JSON.stringify(`(async () => { ${light(signs.port)}; setInterval(() => {}, 1000) })()`)
    await using host = await TestExecution.start(`{ id: 'parent', kind: 'code', options: {}, handler: async ({ log }) => {
      require('node:child_process').spawn(process.execPath, ['-e', ${program}], { stdio: 'inherit' })
      await never
    } }`, { limits: one })
    const { ref } = host.start('parent')
    await signs.lit(1)
    host.execution.stop(ref)
    await signs.out()
  })

  it('before it was ready has run nothing', async () => {
    await using host = await TestExecution.start(patient, {
      startProcess: (events) => {
        queueMicrotask(() => {
          events.output('cannot find module')
          events.exited({ code: 1, signal: null })
        })
        return { pid: undefined, send: () => undefined, kill: () => undefined }
      },
      limits: { reserve: 2 },
    })
    for (const isolated of [false, true]) {
      expect(await host.run('patient', { isolated })).toMatchObject({
        type: 'failed',
        failure: { class: 'crash', name: 'ExecutorNotStarted', message: expect.stringContaining('cannot find module') },
      })
    }
  })

  it('is one that says what no executor says', async () => {
    await using host = await TestExecution.start(
      ['garbage', '[{"type":"ended"}]', '{}'].map((said, index) => `{ id: 'forger${index}', kind: 'code', options: {},
        handler: async () => { require('node:fs').writeSync(3, ${JSON.stringify(`${said}\n`)}); await never } }`).join(),
      { limits: one },
    )
    for (const step of ['forger0', 'forger1', 'forger2']) {
      expect(await host.run(step)).toMatchObject(cutOff(true, { name: 'ExecutorGarbled' }))
    }
  })

  it('is one that says that bytes of the store are damaged, which nobody but the store finds', async () => {
    const failure = { class: 'corruption', name: 'CorruptionFound', message: 'forged' }
    const said = [
      { type: 'ended', ticket: 0, result: { type: 'failed', failure }, secrets: [], clean: true },
      { type: 'ended', ticket: 1, result: { type: 'cut_off', failure, own: true }, secrets: [], clean: true },
      { type: 'crashed', ticket: 2, failure },
      { type: 'answered', ticket: 3, answer: { type: 'refused', failures: [failure] } },
    ]
    const exit = `queueMicrotask(() => process.reallyExit(1)); await never`
    await using host = await TestExecution.start(
      said.map((message, index) => `{ id: 'forger${index}', kind: 'code', options: {},
        handler: async () => { require('node:fs').writeSync(3, ${JSON.stringify(`${JSON.stringify([message])}\n`)}); ${index === 2 ? exit : 'await never'} } }`).join(),
      { limits: one },
    )
    for (const index of said.keys()) {
      expect(await host.run(`forger${index}`)).toMatchObject(cutOff(true, { class: 'crash', name: 'ExecutorGarbled' }))
    }
  })
})

describe('what a process may take', () => {
  it('is bounded in memory outside of the heap', async () => {
    await using host = await TestExecution.start(`${patient}, { id: 'greedy', kind: 'code', options: {}, handler: async () => {
      const kept = []
      for (;;) { kept.push(Buffer.alloc(8 * 2 ** 20, 1)); await delay(1) }
    } }`, { limits: { ...one, memory: 200e6 } })
    const other = host.start('patient')
    await host.logged('patient')
    const resource = { class: 'resource', message: expect.stringContaining('200 MB') }
    expect(await host.run('greedy')).toMatchObject(cutOff(true, resource))
    expect(await other.result).toMatchObject(cutOff(true, resource))
  })

  it('is bounded in memory within the heap', async () => {
    await using host = await TestExecution.start(`{ id: 'greedy', kind: 'code', options: {}, handler: () => {
      const kept = []
      for (;;) kept.push({ n: kept.length, more: [1, 2, 3] })
    } }`, { limits: { memory: 100 * 2 ** 20, watch: 600_000 } })
    expect(await host.run('greedy', { isolated: true })).toMatchObject(cutOff(true, { class: 'resource' }))
  })

  it('is more where a task is let take more: a process is made for it, one at a time', async () => {
    const memory = 100 * 2 ** 20
    await using host = await TestExecution.start(`{ id: 'big', kind: 'code', options: {}, handler: () => {
      const kept = []
      for (let left = 160; left > 0; left -= 1) kept.push(new Array(2 ** 17).fill(left))
      return kept.length
    } }`, { limits: { memory, idle: 0, roomy: 1 } })
    expect(await host.run('big', { isolated: true })).toMatchObject(cutOff(true, { class: 'resource', exceeded: { of: 'memory', limit: memory } }))
    const two = [1, 2].map(() => host.run('big', { allowance: { memory: 512 * 2 ** 20 } }))
    for (const result of await Promise.all(two)) expect(result).toMatchObject({ output: 160 })
  })

  it('is bounded in processor time, where one task has it alone', async () => {
    await using host = await TestExecution.start(`{ id: 'spin', kind: 'code', options: {}, ${spin} }`, { limits: { cpuTime: 200 } })
    const result = await host.run('spin', { isolated: true })
    const exceeded = { of: 'processor', limit: 200 }
    expect(result).toMatchObject(cutOff(true, { class: 'resource', message: expect.stringContaining('processor time'), exceeded }))
    const more = await host.run('spin', { allowance: { processor: 400 } })
    expect(more).toMatchObject(cutOff(true, { exceeded: { of: 'processor', limit: 400 } }))
  })

  it('may not keep others waiting for ever: all there are suspects, and run alone from then on', async () => {
    await using host = await TestExecution.start(`${patient}, { id: 'spin', kind: 'code', options: {}, ${spin} }`, {
      limits: { ...one, unresponsive: 1_000 },
    })
    const other = host.start('patient')
    await host.logged('patient')
    expect(await host.run('spin')).toMatchObject(cutOff(true, { class: 'crash', name: 'ProcessSilent' }))
    expect(await other.result).toMatchObject(cutOff(true, { name: 'ProcessSilent' }))
  })

  it('lets a busy task alone go on until it is stopped', async () => {
    await using host = await TestExecution.start(`{ id: 'busy', kind: 'code', options: {}, handler: () => {
      const end = performance.now() + 400
      while (performance.now() < end);
      return 'finished'
    } }`, { limits: { unresponsive: 40 } })
    expect(await host.run('busy', { isolated: true })).toMatchObject({ output: 'finished' })
  })
})

describe('what a process may know', () => {
  it('is a few things of the host\'s environment and what the workspace says', async () => {
    process.env['CAIRN_TEST_SECRET'] = 'open sesame'
    try {
      await using host = await TestExecution.start(`{ id: 'look', kind: 'code', options: {}, handler: () => ({
        env: { ...process.env }, argv: process.argv, exec: process.execArgv, send: typeof process.send }) }`)
      const result = await host.run('look')
      expect(JSON.stringify(result)).not.toContain('sesame')
      expect(result).toMatchObject({ output: { env: { PATH: process.env['PATH'] }, send: 'undefined' } })
    } finally {
      delete process.env['CAIRN_TEST_SECRET']
    }
  })
})
