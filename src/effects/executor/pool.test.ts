import { describe, expect, it } from 'vitest'
import type { TaskResult } from '../../engine/ports.ts'
import { misbehavingServer } from '../smtp/misbehaving-server.fixture.ts'
import { stepManifest, TestExecution } from './execution.fixture.ts'

const pid = (id: string, then = ''): string =>
  `{ id: '${id}', kind: 'code', options: {}, handler: async ({ log }) => { log.info('${id} is here'); ${then}; return process.pid } }`

const outputOf = (result: TaskResult): unknown => (result.type === 'completed' ? result.output : result)

describe('the pool', () => {
  it('lets steps share a process, but for those that touch the outside world or ask to be alone', async () => {
    const manifests = [
      stepManifest('plain'),
      stepManifest('effect', { effect: { repeat: 'unsafe' } }),
      stepManifest('asks', { isolated: true }),
      stepManifest('suspect'),
    ]
    const steps = ['plain', 'effect', 'asks', 'suspect'].map((id) => pid(id, 'await delay(100)')).join()
    await using host = await TestExecution.start(steps, { manifests, limits: { processes: 1 } })
    const pids = await Promise.all([
      host.run('plain'),
      host.run('plain'),
      host.run('effect'),
      host.run('asks'),
      host.run('suspect', { isolated: true }),
    ])
    const [first, second, ...alone] = pids.map(outputOf)
    expect(second).toBe(first)
    expect(new Set([first, ...alone]).size).toBe(4)
  })

  it('holds fifty tasks in one process at the same time', async () => {
    await using host = await TestExecution.start(
      `{ id: 'meet', kind: 'code', options: {}, handler: async () => {
        definition.version += 1
        while (definition.version < 51) await delay(1)
        return process.pid
      } }`,
      { limits: { processes: 1, tasksPerProcess: 50 } },
    )
    const results = await Promise.all(Array.from({ length: 50 }, () => host.run('meet')))
    expect(new Set(results.map(outputOf)).size).toBe(1)
  })

  it('gives a process that is alone to the next, unless something of the last one goes on', async () => {
    await using host = await TestExecution.start(
      [pid('clean', 'await delay(5)'), pid('messy', 'setTimeout(() => {}, 600_000)'), pid('after')].join(),
      { limits: { reserve: 1, isolated: 2 } },
    )
    const run = async (step: string) => outputOf(await host.run(step, { isolated: true }))
    const first = await run('clean')
    const pids = [first, await run('clean'), await run('messy'), await run('after')]
    expect(pids[1]).toBe(pids[0])
    expect(pids[3]).not.toBe(pids[2])
  })

  it('is clean after a mail', async () => {
    await using server = await misbehavingServer()
    const manifests = [stepManifest('send', { kind: 'email' })]
    const send = `{ id: 'send', kind: 'email', options: {}, message: ({ context }) => ({ to: 'a@b.org', subject: String(process.pid), text: '' }) }`
    await using host = await TestExecution.start(send, { manifests, smtp: () => server.settings, limits: { reserve: 1, isolated: 1 } })
    await host.run('send')
    await host.run('send')
    const [first, second] = server.received.map(({ text }) => /^Subject: \d+/m.exec(text)?.[0])
    expect(first).toBeDefined()
    expect(second).toBe(first)
  })

  it('stands ready before anybody comes', async () => {
    await using host = await TestExecution.start(pid('any'), { limits: { reserve: 2 } })
    expect(host.execution.stats()).toEqual({ processes: { shared: 1, isolated: 2 }, running: 0, queued: 0 })
  })

  it('keeps its bound of processes that are alone, and the order of those that wait', async () => {
    await using host = await TestExecution.start(
      `{ id: 'turn', kind: 'code', options: {}, handler: async ({ input, log }) => { log.info('turn ' + input); await delay(5) } }`,
      { limits: { isolated: 1 } },
    )
    const turn = (input: number) =>
      host.run('turn', { isolated: true, view: { input, context: null, outputs: {}, iterations: {} } })
    const turns = [0, 1, 2, 3, 4].map(turn)
    await Promise.resolve()
    expect(host.execution.stats()).toMatchObject({ running: 1, queued: 4 })
    await Promise.all(turns)
    const order = host.signals.all.map((signal) => (signal.type === 'log' ? signal.message : ''))
    expect(order).toEqual([0, 1, 2, 3, 4].map((input) => `turn ${input}`))
    expect(host.execution.stats()).toMatchObject({ running: 0, queued: 0 })
  })

  it('replaces a process that died', async () => {
    await using host = await TestExecution.start([pid('dies', 'process.exit(1)'), pid('lives')].join(), { limits: { processes: 1 } })
    expect(await host.run('dies')).toMatchObject({ type: 'cut_off', own: true })
    expect(await host.run('lives')).toMatchObject({ type: 'completed' })
  })

  it('says nothing any more once it is closed', async () => {
    const host = await TestExecution.start(pid('long', 'await never'))
    let heard = false
    void host.start('long').result.then(() => (heard = true))
    await host.logged('long is here')
    await host[Symbol.asyncDispose]()
    expect(host.execution.stats()).toMatchObject({ processes: { shared: 0, isolated: 0 } })
    expect(heard).toBe(false)
  })
})
