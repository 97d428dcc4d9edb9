import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { compose } from './compose.ts'
import { type Delivery, deliver } from './deliver.ts'
import { type Faults, misbehavingServer } from './misbehaving-server.fixture.ts'
import type { SmtpSettings } from './settings.ts'

const origin = { idempotencyKey: 'run/send/1/0', correlation: 'c' }
const to = ['ada@example.org', 'bob@example.org']
const letter = await compose({ to, subject: 'Hello', text: 'Hi\n.\n..\nthere' }, 'cairn@example.org', origin)

interface Attempt {
  readonly delivery: Delivery
  readonly begun: number
}

async function send(settings: SmtpSettings, { signal = new AbortController().signal, refuse = false } = {}): Promise<Attempt> {
  let begun = 0
  const begin = async (): Promise<void> => {
    begun += 1
    if (refuse) throw new Error('not now')
  }
  return { delivery: await deliver(letter, { settings, begin, signal }), begun }
}

const failureOf = ({ delivery }: Attempt) => (delivery.type === 'sent' ? undefined : delivery.failure)

describe('delivering over SMTP', () => {
  it('hands the message over, after saying once that it is about to', async () => {
    await using server = await misbehavingServer()
    const { delivery, begun } = await send(server.settings)
    expect(delivery).toMatchObject({ type: 'sent', accepted: to, rejected: [], response: expect.stringMatching(/^250/) })
    expect(begun).toBe(1)
    expect(server.received).toMatchObject([{ to, text: expect.stringContaining('Message-ID: <run/send/1/0@cairn.local>') }])
    expect(server.received[0]?.text).toContain('Hi\r\n.\r\n..\r\nthere')
  })

  it('delivers to the others when one recipient is refused, and names that one', async () => {
    await using server = await misbehavingServer({ at: 'recipient', fault: 550, only: 'bob@example.org' })
    const { delivery } = await send(server.settings)
    expect(delivery).toMatchObject({ type: 'sent', accepted: ['ada@example.org'], rejected: ['bob@example.org'] })
  })

  it.each<[Faults, string, object]>([
    [{ at: 'connect', fault: 421 }, 'transient', { code: '421' }],
    [{ at: 'connect', fault: 554 }, 'permanent', { code: '554' }],
    [{ at: 'connect', fault: 'drop' }, 'transient', {}],
    [{ at: 'connect', fault: 'hang' }, 'transient', { code: 'ETIMEDOUT' }],
    [{ at: 'mail', fault: 451 }, 'transient', { code: '451', path: 'from' }],
    [{ at: 'mail', fault: 550 }, 'permanent', { code: '550', path: 'from' }],
    [{ at: 'mail', fault: 'hang' }, 'transient', { code: 'ETIMEDOUT' }],
    [{ at: 'recipient', fault: 421 }, 'transient', { code: '421' }],
    [{ at: 'recipient', fault: 450 }, 'transient', { code: '450', path: 'to' }],
    [{ at: 'recipient', fault: 550 }, 'permanent', { code: '550', path: 'to', message: expect.stringContaining('bob@example.org') }],
    [{ at: 'recipient', fault: 'drop' }, 'transient', {}],
  ])('has certainly not delivered after %j: %s', async (faults, failureClass, more) => {
    await using server = await misbehavingServer(faults)
    const impatience = faults.fault === 'hang' ? { connectTimeout: 400, idleTimeout: 400 } : {}
    const attempt = await send({ ...server.settings, ...impatience })
    expect(attempt).toMatchObject({ begun: 0, delivery: { type: 'failed', failure: { class: failureClass, ...more } } })
    expect(server.received).toEqual([])
  })

  it('waits for a server that has as many connections as it takes', async () => {
    await using server = await misbehavingServer(null, { maxClients: 1 })
    const other = connect(server.settings.port, server.settings.host)
    await once(other, 'data')
    const full = await send(server.settings)
    expect(full).toMatchObject({ begun: 0, delivery: { type: 'failed', failure: { class: 'resource', code: '421', message: expect.stringContaining('Too many') } } })
    other.destroy()
  })

  it.each<[number, string]>([
    [421, 'transient'],
    [452, 'resource'],
    [554, 'permanent'],
  ])('believes the server\'s %d to the whole message: %s', async (fault, failureClass) => {
    await using server = await misbehavingServer({ at: 'data', fault })
    const attempt = await send(server.settings)
    expect(attempt).toMatchObject({ begun: 1, delivery: { type: 'failed', failure: { class: failureClass, code: String(fault) } } })
  })

  it.each(['drop', 'hang'] as const)('is in doubt when the server takes the message and answers nothing: %s', async (fault) => {
    await using server = await misbehavingServer({ at: 'data', fault })
    const attempt = await send({ ...server.settings, idleTimeout: 1_000 })
    expect(attempt).toMatchObject({ begun: 1, delivery: { type: 'in_doubt', failure: { name: 'DeliveryInDoubt' } } })
    expect(failureOf(attempt)?.message).toContain('may have been delivered or not')
    expect(server.received).toHaveLength(1)
  })

  it('sends nothing when it may not begin', async () => {
    await using server = await misbehavingServer()
    const attempt = await send(server.settings, { refuse: true })
    expect(attempt).toMatchObject({ begun: 1, delivery: { type: 'failed', failure: { class: 'transient' } } })
    expect(server.received).toEqual([])
  })

  it('lets go of the server at once when it is stopped', async () => {
    await using server = await misbehavingServer({ at: 'data', fault: 'hang' })
    const controller = new AbortController()
    const sending = send(server.settings, { signal: controller.signal })
    await server.reached('data')
    controller.abort()
    expect((await sending).delivery.type).toBe('in_doubt')

    const late = await send(server.settings, { signal: controller.signal })
    expect(late).toMatchObject({ begun: 0, delivery: { type: 'failed' } })
  })

  it('finds nobody listening', async () => {
    const server = await misbehavingServer()
    await server[Symbol.asyncDispose]()
    const attempt = await send(server.settings)
    expect(failureOf(attempt)).toMatchObject({ class: 'transient', code: 'ECONNREFUSED' })
  })

  it('logs in, and says which setting is wrong', async () => {
    const pass = 'open sesame'
    await using server = await misbehavingServer(null, {
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (auth, _session, callback) =>
        auth.password === pass ? callback(null, { user: 'cairn' }) : callback(new Error('no')),
    })
    const settings = { ...server.settings, auth: { user: 'cairn', pass } }
    expect((await send(settings)).delivery.type).toBe('sent')

    const wrong = await send({ ...settings, auth: { user: 'cairn', pass: 'wrong' } })
    expect(failureOf(wrong)).toMatchObject({ class: 'permanent', path: 'auth', code: '535' })
    expect(JSON.stringify(wrong)).not.toContain('sesame')
  })

  it('does not talk to a server whose certificate it cannot trust', async () => {
    await using secure = await misbehavingServer(null, { secure: true })
    await using upgrading = await misbehavingServer(null, { hideSTARTTLS: false })
    for (const settings of [{ ...secure.settings, secure: true }, upgrading.settings]) {
      const failure = failureOf(await send(settings))
      expect(failure).toMatchObject({ class: 'permanent', wayOut: expect.stringContaining('NODE_EXTRA_CA_CERTS') })
    }
    expect([...secure.received, ...upgrading.received]).toEqual([])
  })
})
