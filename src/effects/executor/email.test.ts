import { describe, expect, it } from 'vitest'
import { misbehavingServer } from '../smtp/misbehaving-server.fixture.ts'
import type { SmtpSettings } from '../smtp/settings.ts'
import { stepManifest, TestExecution } from './execution.fixture.ts'

const send = `{ id: 'send', kind: 'email', options: { compensate: ({ output, log }) => { log.info('recalled ' + output.messageId) } },
  message: ({ input }) => ({ to: input.to, subject: 'Hello', text: 'Hi' }) }`
const manifests = [stepManifest('send', { kind: 'email', compensates: true })]
const viewOf = (to: unknown) => ({ input: { to: String(to) }, context: null, outputs: {}, iterations: {} })
const task = (to: string) => ({ view: viewOf(to), idempotencyKey: 'run/send/1/0' })
const start = (smtp: () => SmtpSettings | null) => TestExecution.start(send, { manifests, smtp })

describe('an e-mail step', () => {
  it('sends its message once the host has recorded that it is about to', async () => {
    await using server = await misbehavingServer()
    await using host = await start(() => server.settings)
    const { ref, result } = host.start('send', task('ada@example.org'))
    expect(await result).toEqual({
      type: 'completed',
      next: null,
      output: {
        messageId: '<run/send/1/0@cairn.local>',
        accepted: ['ada@example.org'],
        rejected: [],
        response: expect.stringMatching(/^250/),
      },
    })
    expect(host.effects).toEqual([ref])
    expect(server.received).toMatchObject([
      { to: ['ada@example.org'], text: expect.stringContaining('X-Cairn-Idempotency-Key: run/send/1/0') },
    ])
    expect(server.received[0]?.text).toContain('X-Cairn-Correlation-ID: test')
  })

  it('sends nothing where the host does not let it', async () => {
    await using server = await misbehavingServer()
    await using host = await start(() => server.settings)
    host.mayBegin = false
    expect(await host.run('send', task('ada@example.org'))).toMatchObject({ type: 'failed', failure: { class: 'transient' } })
    expect(server.received).toEqual([])
  })

  it('asks by the host and port of the server before it connects', async () => {
    await using server = await misbehavingServer()
    await using host = await start(() => server.settings)
    host.mayReach = false
    const { host: name, port } = server.settings
    expect(await host.run('send', task('ada@example.org'))).toEqual({ type: 'held', dependency: `${name}:${port}` })
    expect([server.received, host.effects]).toEqual([[], []])
  })

  it('is cut off, in doubt, where the server does not say what became of the message', async () => {
    await using server = await misbehavingServer({ at: 'data', fault: 'drop' })
    await using host = await start(() => server.settings)
    expect(await host.run('send', task('ada@example.org'))).toMatchObject({
      type: 'cut_off',
      own: true,
      failure: { name: 'DeliveryInDoubt' },
    })
    expect(host.effects).toHaveLength(1)
  })

  it('fails for good, by name, where an address is wrong or refused, or no server is set', async () => {
    await using server = await misbehavingServer({ at: 'recipient', fault: 550 })
    let settings: SmtpSettings | null = server.settings
    await using host = await start(() => settings)
    const failed = (failure: object) => ({ type: 'failed', failure: { class: 'permanent', ...failure } })
    expect(await host.run('send', task(''))).toMatchObject(failed({ path: 'to' }))
    expect(await host.run('send', task('nobody'))).toMatchObject(failed({ path: 'to', message: expect.stringContaining('nobody') }))
    expect(await host.run('send', task('ada@example.org'))).toMatchObject(
      failed({ path: 'to', message: expect.stringContaining('ada@example.org'), code: '550' }),
    )
    settings = null
    expect(await host.run('send', task('ada@example.org'))).toMatchObject(failed({ path: 'smtp' }))
    expect(host.effects).toEqual([])
  })

  it('may be tried again where nobody answers', async () => {
    const server = await misbehavingServer()
    await server[Symbol.asyncDispose]()
    await using host = await start(() => server.settings)
    expect(await host.run('send', task('ada@example.org'))).toMatchObject({
      type: 'failed',
      failure: { class: 'transient', code: 'ECONNREFUSED' },
    })
  })

  it('is let go of when it is stopped, and its process serves the next', async () => {
    await using slow = await misbehavingServer({ at: 'recipient', fault: 'hang' })
    await using good = await misbehavingServer()
    let settings = slow.settings
    await using host = await start(() => settings)
    const { ref } = host.start('send', task('ada@example.org'))
    await slow.reached('recipient')
    host.execution.stop(ref)
    settings = good.settings
    expect(await host.run('send', task('bob@example.org'))).toMatchObject({ type: 'completed' })
    expect(host.effects).toHaveLength(1)
    expect(slow.received).toEqual([])
  })

  it('is compensated by its author\'s function', async () => {
    await using host = await start(() => null)
    const undone = await host.run('send', { phase: 'compensate', output: { messageId: '<1@x>' } })
    expect(undone).toMatchObject({ type: 'completed' })
    expect(host.signals.all).toMatchObject([{ message: 'recalled <1@x>' }])
  })

  it('tells its password to no other step', async () => {
    await using server = await misbehavingServer()
    const settings = { ...server.settings, auth: { user: 'cairn', pass: 'open sesame' } }
    const sent: string[] = []
    const look = `{ id: 'look', kind: 'code', options: {}, handler: () => 1 }`
    await using host = await TestExecution.start(`${look}, ${send}`, { manifests, smtp: () => settings, overhear: (text) => sent.push(text) })
    await host.run('look')
    expect(sent.join()).not.toContain('sesame')
    expect(sent.length).toBeGreaterThan(0)
    await host.run('send', task('ada@example.org'))
    expect(sent.join()).toContain('sesame')
  })
})
