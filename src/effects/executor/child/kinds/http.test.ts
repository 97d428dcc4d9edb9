/** The kind `http`, in this process, against a receiver on loopback that does what receivers do. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { TaskResult } from '../../../../engine/ports.ts'
import { HttpShown } from '../../../../model/http.ts'
import { CorrelationId, StepId } from '../../../../model/ids.ts'
import { hiddenText } from '../../../../model/sensitive/hidden.ts'
import type { HttpOptions } from '../../../../sdk/definition.ts'
import { answerSchema } from '../../../../sdk/http.ts'
import { type Behaviour, inTurn, json, receiver } from '../../../http/misbehaving-receiver.fixture.ts'
import type { ExecutorMessage } from '../../protocol.ts'
import { Attempt } from '../attempt.ts'
import { runStep } from '../run-step.ts'

interface Asking {
  readonly url: string
  readonly [field: string]: unknown
}

interface Running {
  readonly attempt: Attempt
  readonly result: Promise<TaskResult>
  /** Of effects that were about to begin. */
  readonly effects: readonly ExecutorMessage[]
  readonly logs: readonly ExecutorMessage[]
}

/** Runs a step that asks this; the host lets it reach its receiver, and an effect begin unless it is told not to. */
function start(options: HttpOptions, asking: Asking, mayBegin = true): Running {
  const effects: ExecutorMessage[] = []
  const logs: ExecutorMessage[] = []
  const view = { input: null, context: null, outputs: {}, iterations: {} }
  const ids = { step: StepId.parse('ask'), iteration: 1, attempt: 1, idempotencyKey: 'run/ask/1/0', correlation: CorrelationId.parse('test') }
  const work = { ...ids, phase: 'run', view, lastHeartbeat: null, output: null } as const
  const attempt: Attempt = new Attempt({ ticket: 0, workspace: '', smtp: null }, work, (message) => {
    if (message.type === 'log') logs.push(message)
    if (message.type === 'reach') attempt.reachAnswered(true)
    if (message.type !== 'effect') return
    effects.push(message)
    attempt.effectAnswered(mayBegin)
  })
  const step = { id: 'ask', kind: 'http', options: { ...options, output: answerSchema(options.answer) }, request: () => asking } as const
  return { attempt, result: runStep(() => step, attempt), effects, logs }
}

const reads: HttpOptions = {}
const writes: HttpOptions = { method: 'POST' }

/** What one step comes to against a receiver that behaves so. */
async function answeredBy(behave: Behaviour, options: HttpOptions = reads, more: object = {}) {
  await using server = await receiver(behave)
  const { result, effects, logs } = start(options, { url: `${server.url}/orders?page=2`, ...more })
  return { result: await result, asked: server.asked, effects, logs }
}

describe('an http step', () => {
  it('reads: touches nothing, and puts out status, headers and body', async () => {
    const { result, asked, effects } = await answeredBy(json({ orders: [1] }, 200, { 'x-total': '1', 'set-cookie': 'session=abc' }))
    expect(result).toEqual({
      type: 'completed',
      next: null,
      output: { status: 200, headers: expect.objectContaining({ 'x-total': '1' }), body: { orders: [1] } },
    })
    expect(JSON.stringify(result)).not.toContain('session')
    expect(asked).toMatchObject([{ method: 'GET', path: '/orders?page=2', body: '' }])
    expect(asked[0]?.headers).toMatchObject({ 'x-cairn-correlation-id': 'test' })
    expect(asked[0]?.headers).not.toHaveProperty('idempotency-key')
    expect(effects).toEqual([])
  })

  it('writes, once the host has recorded that it is about to, and tells its key', async () => {
    const { result, asked, effects } = await answeredBy(json({ id: 7 }, 201), writes, { json: { amount: 5, note: 'für Ána' } })
    expect(result).toMatchObject({ type: 'completed', output: { status: 201, body: { id: 7 } } })
    expect(asked).toMatchObject([{ method: 'POST', body: '{"amount":5,"note":"für Ána"}' }])
    expect(asked[0]?.headers).toMatchObject({ 'content-type': 'application/json', 'idempotency-key': 'run/ask/1/0' })
    expect(effects).toHaveLength(1)
  })

  it('sends nothing where the host does not let it', async () => {
    await using server = await receiver(json({}))
    const { result } = start(writes, { url: server.url }, false)
    expect(await result).toMatchObject({ type: 'failed', failure: { class: 'transient', name: 'NotSent' } })
    await server.left()
    expect(server.asked).toEqual([])
  })

  it('tells its key in the header that it names, or in none', async () => {
    const named = await answeredBy(json({}), { ...writes, idempotencyHeader: 'X-Request-Id' })
    expect(named.asked[0]?.headers).toMatchObject({ 'x-request-id': 'run/ask/1/0' })
    const none = await answeredBy(json({}), { ...writes, idempotencyHeader: null })
    expect(JSON.stringify(none.asked)).not.toContain('run/ask')
  })

  it('takes a schema of the body, text, and what the answer says it is', async () => {
    const answer = z.object({ id: z.coerce.number() })
    expect((await answeredBy(json({ id: '7' }), { answer })).result).toMatchObject({ output: { body: { id: 7 } } })
    const wrong = await answeredBy(json({ no: 1 }), { answer })
    expect(wrong.result).toMatchObject({ failure: { class: 'validation', path: 'output.body.id' } })
    expect((await answeredBy(json({ id: 1 }), { answer: 'text' })).result).toMatchObject({ output: { body: '{"id":1}' } })
    const plain: Behaviour = (_asked, answer) => answer.writeHead(200, { 'content-type': 'text/plain; charset=latin1' }).end(Buffer.from([0xfc]))
    expect((await answeredBy(plain)).result).toMatchObject({ output: { body: 'ü' } })
    expect((await answeredBy(plain, { answer: 'json' })).result).toMatchObject({ failure: { class: 'validation', name: 'AnswerNotJson' } })
    expect((await answeredBy((_asked, answer) => answer.writeHead(204).end())).result).toMatchObject({ output: { status: 204, body: null } })
  })

  it('reads what was compressed', async () => {
    const zipped: Behaviour = (_asked, answer) => answer.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' }).end(gzipSync('{"a":1}'))
    expect((await answeredBy(zipped)).result).toMatchObject({ output: { body: { a: 1 } } })
  })

  it('asks what cannot be asked of nobody, and says which field it is', async () => {
    const asked: Running[] = []
    const ask = (options: HttpOptions, asking: Asking): Promise<TaskResult> => {
      const running = start(options, asking)
      asked.push(running)
      return running.result
    }
    const refused = (path: string) => ({ type: 'failed', failure: { class: 'permanent', name: 'RequestRefused', path } })
    expect(await ask(reads, { url: 'nowhere' })).toMatchObject(refused('url'))
    expect(await ask(reads, { url: 'file:///etc/passwd' })).toMatchObject(refused('url'))
    const secret = await ask(reads, { url: 'http://user:canary-4711@127.0.0.1' })
    expect(secret).toMatchObject(refused('url'))
    expect(JSON.stringify(secret)).not.toContain('canary')
    expect(await ask(reads, { url: 'http://127.0.0.1', json: {} })).toMatchObject(refused('json'))
    expect(await ask(writes, { url: 'http://127.0.0.1', json: {}, text: '' })).toMatchObject(refused('text'))
    expect(await ask(writes, { url: 'http://127.0.0.1', headers: { a: 'x\r\ny' } })).toMatchObject(refused('headers.a'))
    expect(await ask(writes, { url: 'http://127.0.0.1', headers: { 'content-length': '1' } })).toMatchObject(refused('headers.content-length'))
    expect(await ask(writes, { url: 'http://127.0.0.1', headers: { 'idempotency-key': '1' } })).toMatchObject(refused('headers.idempotency-key'))
    expect(await ask(writes, { url: 'http://127.0.0.1', jsno: {} })).toMatchObject(refused('jsno'))
    expect(asked.flatMap(({ effects, logs }) => [...effects, ...logs])).toEqual([])
  })
})

describe('an answer of which the schema marks something', () => {
  const answer = z.object({ token: z.string().meta({ sensitive: true }), isIll: z.boolean().meta({ sensitive: true }), of: z.string() })
  const bodyOf = (logs: readonly ExecutorMessage[]) => {
    const shown = logs.flatMap((line) => (line.type === 'log' && line.exchange === 'answer' ? [HttpShown.parse(line.data)] : []))
    return shown.map(({ body }) => body.text)
  }

  it('is told without that, as it stands there', async () => {
    const { result, logs } = await answeredBy(json({ token: 'canary-4711', isIll: true, of: 'Ana' }), { answer })
    expect(result).toMatchObject({ type: 'completed', output: { body: { token: 'canary-4711', isIll: true, of: 'Ana' } } })
    expect(bodyOf(logs)).toEqual([JSON.stringify({ token: hiddenText, isIll: hiddenText, of: 'Ana' })])
  })

  it('is not told where it is another: nobody knows what is what', async () => {
    const other: Behaviour = (_asked, reply) => reply.writeHead(200, { 'content-type': 'text/html' }).end('<p>canary-4711</p>')
    for (const behave of [json({ token: 'canary-4711' }), json({ of: 'canary-4711' }, 409), json(['canary-4711']), other]) {
      const { result, logs } = await answeredBy(behave, { answer })
      expect(result).not.toMatchObject({ type: 'completed' })
      expect(bodyOf(logs)).toEqual([expect.stringContaining('left out')])
      expect(JSON.stringify([result, logs])).not.toContain('canary')
    }
  })
})

describe('a status', () => {
  const plainly = (status: number): Behaviour => (_asked, answer) => answer.writeHead(status, { 'content-type': 'text/plain' }).end('because of the weather')

  it.each([
    [408, 'transient'], [425, 'transient'], [429, 'resource'], [500, 'transient'], [502, 'transient'], [503, 'transient'], [507, 'resource'],
    [304, 'permanent'], [400, 'permanent'], [401, 'permanent'], [404, 'permanent'], [409, 'permanent'],
  ] as const)('%i is %s', async (status, as) => {
    const { result } = await answeredBy(plainly(status))
    expect(result).toMatchObject({ type: 'failed', failure: { class: as, name: 'HttpStatus', code: String(status) } })
  })

  it('means what the author says, by itself before by its hundred', async () => {
    const options: HttpOptions = { statuses: { 404: 'completes', '4xx': 'transient', '5xx': 'permanent' } }
    expect((await answeredBy(plainly(404), options)).result).toMatchObject({ type: 'completed', output: { status: 404, body: 'because of the weather' } })
    expect((await answeredBy(plainly(400), options)).result).toMatchObject({ failure: { class: 'transient' } })
    expect((await answeredBy(plainly(500), options)).result).toMatchObject({ failure: { class: 'permanent' } })
  })

  it('tells what the receiver said', async () => {
    const { result } = await answeredBy(plainly(400))
    expect(result).toMatchObject({ failure: { message: expect.stringMatching(/^GET http:\/\/127\.0\.0\.1:\d+\/orders was answered 400 Bad Request: because of the weather$/) } })
  })

  it('of the 5xx leaves in doubt what a request did that is not safe to repeat, unless it was turned away', async () => {
    expect((await answeredBy(plainly(500), writes)).result).toMatchObject({ type: 'cut_off', own: true, failure: { code: '500' } })
    expect((await answeredBy(plainly(409), writes)).result).toMatchObject({ type: 'failed', failure: { code: '409' } })
    expect((await answeredBy(plainly(500), { ...writes, effect: { repeat: 'safe' } })).result).toMatchObject({ type: 'failed' })
    expect((await answeredBy(plainly(500), { ...writes, statuses: { 500: 'transient' } })).result).toMatchObject({ type: 'failed' })
    const away: Behaviour = (_asked, answer) => answer.writeHead(503, { 'retry-after': '5' }).end()
    expect((await answeredBy(away, writes)).result).toMatchObject({ type: 'failed', failure: { retryAfter: 5_000 } })
  })

  it('that asks to be left alone says for how long, in seconds or as a date', async () => {
    const seconds: Behaviour = (_asked, answer) => answer.writeHead(429, { 'retry-after': '30' }).end()
    expect((await answeredBy(seconds)).result).toMatchObject({ failure: { class: 'resource', retryAfter: 30_000, message: expect.stringContaining('left alone for 30s') } })
    // The receiver's clock is years behind ours: what it asks is a difference.
    const date: Behaviour = (_asked, answer) => answer.writeHead(503, { date: 'Sun, 06 Nov 1994 08:49:37 GMT', 'retry-after': 'Sun, 06 Nov 1994 08:51:37 GMT' }).end()
    expect((await answeredBy(date)).result).toMatchObject({ failure: { class: 'transient', retryAfter: 120_000 } })
  })

  /** Of a receiver whose clock says the first second of 2010. */
  const then = { date: 'Fri, 01 Jan 2010 00:00:00 GMT' }
  const unix = 1_262_304_000
  it.each([
    ['429 with what GitHub says', 429, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${unix + 60}` }, 'resource', 60_000],
    ['429 with seconds', 429, { 'ratelimit-reset': '7' }, 'resource', 7_000],
    ['429 with milliseconds', 429, { 'x-rate-limit-reset': `${(unix + 2) * 1_000}` }, 'resource', 2_000],
    ['429 with what is over', 429, { 'x-ratelimit-reset': `${unix - 60}` }, 'resource', 0],
    ['Retry-After before all else', 429, { 'retry-after': '1', 'x-ratelimit-reset': `${unix + 60}` }, 'resource', 1_000],
    ['403 with nothing left', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${unix + 60}` }, 'resource', 60_000],
    ['403 with a quota of several', 403, { ratelimit: '"day";r=90;t=600, "hour";r=0;t=57' }, 'resource', 57_000],
    ['403 that asks to come back', 403, { 'retry-after': '30' }, 'resource', 30_000],
    ['403 with something left', 403, { 'x-ratelimit-remaining': '12', 'x-ratelimit-reset': `${unix + 60}` }, 'permanent', undefined],
    ['403 with nonsense', 403, { 'x-ratelimit-remaining': 'none' }, 'permanent', undefined],
    ['404, whatever is left', 404, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${unix + 60}` }, 'permanent', undefined],
  ] as const)('says that a quota is used up, and until when: %s', async (_what, status, headers, as, retryAfter) => {
    const { result } = await answeredBy((_asked, answer) => answer.writeHead(status, { ...then, ...headers }).end())
    const failure = result.type === 'failed' ? result.failure : undefined
    expect([failure?.class, failure?.retryAfter]).toEqual([as, retryAfter])
  })
})

describe('a receiver', () => {
  it('that cannot be reached did nothing: no effect begins', async () => {
    const server = await receiver(json({}))
    await server[Symbol.asyncDispose]()
    const away = { type: 'failed', failure: { class: 'transient', name: 'NotSent', code: 'ECONNREFUSED' } }
    const refused = start(writes, { url: server.url })
    expect(await refused.result).toMatchObject(away)
    const unknown = start(writes, { url: 'http://no-such-name.invalid' })
    expect(await unknown.result).toMatchObject({ type: 'failed', failure: { class: 'transient', code: expect.stringMatching(/^(?:ENOTFOUND|EAI_AGAIN)$/) } })
    expect([...refused.effects, ...unknown.effects]).toEqual([])
  })

  it('that speaks no TLS will not tomorrow either', async () => {
    await using server = await receiver(json({}))
    const { result, effects } = start(writes, { url: server.url.replace('http:', 'https:') })
    expect(await result).toMatchObject({ type: 'failed', failure: { class: 'permanent', name: 'NotSent' } })
    expect(effects).toEqual([])
  })

  const cut: Readonly<Record<string, Behaviour>> = {
    'before its answer': (_asked, _answer, socket) => socket.destroy(),
    'within its headers': (_asked, _answer, socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Le'),
    'within its body': (_asked, answer, socket) => {
      answer.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' }).write('{"a":', () => socket.destroy())
    },
    'within a piece of its body': (_asked, answer, socket) => {
      answer.writeHead(200, { 'content-type': 'application/json' }).write('{"a":', () => socket.destroy())
    },
    'with what is no HTTP': (_asked, _answer, socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n'),
  }
  it.each(Object.entries(cut))('that cuts off %s may be asked again where that is safe, and leaves a write in doubt', async (_when, behave) => {
    expect((await answeredBy(behave)).result).toMatchObject({ type: 'failed', failure: { class: 'transient', name: 'NoAnswer' } })
    const { result, effects } = await answeredBy(behave, writes)
    expect(result).toMatchObject({ type: 'cut_off', own: true, failure: { name: 'NoAnswer' } })
    expect(effects).toHaveLength(1)
  })

  it('that never ends is listened to no further than the step takes, also where it is compressed', async () => {
    const endless: Behaviour = (_asked, answer) => {
      answer.writeHead(200, { 'content-type': 'text/plain' })
      const pour = (): void => void (answer.write('x'.repeat(64_000)) ? setImmediate(pour) : answer.once('drain', pour))
      pour()
    }
    await using server = await receiver(endless)
    const tooLarge = { class: 'permanent', name: 'AnswerTooLarge', message: expect.stringContaining('100,000 bytes'), wayOut: expect.stringContaining('maxBytes') }
    expect(await start({ ...reads, maxBytes: 100_000 }, { url: server.url }).result).toMatchObject({ type: 'failed', failure: tooLarge })
    await server.left()
    // It was asked, and may have done it.
    expect(await start({ ...writes, maxBytes: 100_000 }, { url: server.url }).result).toMatchObject({ type: 'cut_off', failure: tooLarge })
    const bomb: Behaviour = (_asked, answer) => answer.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(10_000_000)))
    expect((await answeredBy(bomb)).result).toMatchObject({ failure: { name: 'AnswerTooLarge' } })
  })

  it('that hangs is left when the attempt is stopped', async () => {
    await using server = await receiver(() => undefined)
    const asked = server.next()
    const { attempt } = start(writes, { url: server.url })
    await asked
    attempt.stop()
    await server.left()
  })

  it('that hangs before TLS stands is left, too, and nothing began', async () => {
    const sockets = Promise.withResolvers<void>()
    const gone = Promise.withResolvers<void>()
    const silent = createServer((socket) => {
      sockets.resolve()
      socket.on('error', () => undefined).resume().once('close', () => gone.resolve())
    }).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const address = silent.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const { attempt, effects } = start(writes, { url: `https://127.0.0.1:${address.port}` })
    await sockets.promise
    attempt.stop()
    await gone.promise
    expect(effects).toEqual([])
    silent.close()
  })
})

describe('a redirect', () => {
  const to = (where: string, status = 302): Behaviour => (_asked, answer) => answer.writeHead(status, { location: where }).end()

  it('of what reads is followed, and what proves who asks goes to no other origin', async () => {
    await using other = await receiver(json({ there: true }))
    await using first = await receiver(inTurn(to('/moved'), (asked, answer, socket) => to(`${other.url}/there`)(asked, answer, socket)))
    const headers = { Authorization: 'Bearer canary-0815', 'X-Api-Key': 'canary-4711', 'X-Plain': 'yes' }
    expect(await start(reads, { url: first.url, headers }).result).toMatchObject({ output: { body: { there: true } } })
    expect(first.asked.map(({ path, headers: { authorization } }) => [path, authorization])).toEqual([
      ['/', 'Bearer canary-0815'],
      ['/moved', 'Bearer canary-0815'],
    ])
    expect(other.asked[0]?.headers).toMatchObject({ 'x-plain': 'yes' })
    expect(JSON.stringify(other.asked)).not.toContain('canary')
  })

  it('that leads round and round ends', async () => {
    const { result, asked } = await answeredBy(to('/again'))
    expect(result).toMatchObject({ failure: { class: 'permanent', code: '302', wayOut: expect.stringContaining('/again') } })
    expect(asked).toHaveLength(6)
    expect((await answeredBy(to('/again'), { redirects: 0 })).asked).toHaveLength(1)
    expect((await answeredBy(to('ftp://elsewhere/'))).asked).toHaveLength(1)
  })

  it('of what writes is not followed, and is told', async () => {
    const { result, asked } = await answeredBy(to('/elsewhere', 307), writes, { json: {} })
    expect(result).toMatchObject({ type: 'failed', failure: { class: 'permanent', code: '307', wayOut: expect.stringContaining('/elsewhere') } })
    expect(asked).toHaveLength(1)
  })
})

describe('what proves who asks', () => {
  const canary = 'canary-7c1e9f20aa'
  /** A receiver that repeats all it was sent. */
  const echo = (status: number): Behaviour => ({ headers, path, body }, answer) => {
    answer.writeHead(status, { 'content-type': 'application/json', 'x-echo': JSON.stringify(headers), 'set-cookie': `session=${canary}` })
    answer.end(JSON.stringify({ headers, path, body }))
  }
  const proofs = { Authorization: `Bearer ${canary}`, Cookie: `theme=dark; session=${canary}-2`, 'X-Api-Key': `${canary}-3` }

  it.each([200, 400, 500])('is in no log, no error and no output, whatever a receiver that answers %i repeats of it', async (status) => {
    for (const options of [reads, writes]) {
      await using server = await receiver(echo(status))
      const { result, logs } = start(options, { url: `${server.url}/?access_token=${canary}-4`, headers: proofs })
      const told = JSON.stringify([await result, logs])
      expect(JSON.stringify(server.asked)).toContain(`${canary}-4`)
      expect(told).not.toContain(canary)
      expect(logs).toHaveLength(2)
    }
  })

  it('is named where the exchange is told of, and the rest is told', async () => {
    const { logs } = await answeredBy(json({ ok: true }, 200, { 'set-cookie': `s=${canary}` }), writes, { headers: proofs, text: 'hello' })
    expect(logs).toMatchObject([
      {
        type: 'log',
        level: 'info',
        message: expect.stringMatching(/^POST http:.*\/orders\?page=2$/),
        data: {
          http: 'request',
          method: 'POST',
          headers: { authorization: '(not shown)', cookie: '(not shown)', 'x-api-key': '(not shown)', 'idempotency-key': 'run/ask/1/0' },
          body: { text: 'hello', bytes: 5 },
        },
      },
      {
        message: expect.stringMatching(/^answered 200 OK, 11 bytes after \d+ ms$/),
        data: { http: 'answer', status: 200, headers: { 'set-cookie': '(not shown)' }, body: { text: '{"ok":true}', bytes: 11 } },
      },
    ])
  })
})
