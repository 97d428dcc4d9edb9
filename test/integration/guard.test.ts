import { once } from 'node:events'
import { request } from 'node:http'
import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { servePaper } from './serving.ts'

interface Sent {
  readonly path?: string
  readonly headers: Readonly<Record<string, string>>
  readonly method?: string
  readonly body?: string | undefined
}

/** A request as it is, Host header included: fetch would not let one be forged. */
async function send(port: number, { path = '/api/v1/health', headers, method = 'GET', body }: Sent) {
  const sent = request({ host: '127.0.0.1', port, path, method, headers, setHost: false })
  sent.end(body)
  const [response] = await once(sent, 'response')
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  return { status: Number(response.statusCode), headers: response.headers, body: Buffer.concat(chunks).toString('utf8') }
}

/** The status that an upgrade is refused with, or 101. */
async function upgrade(port: number, headers: Record<string, string>, protocols: string[] = []): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, protocols, { headers })
  socket.on('error', () => {})
  return new Promise((resolve) => {
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0)
      socket.terminate()
    })
    socket.on('open', () => {
      resolve(101)
      socket.terminate()
    })
  })
}

describe('the loopback port', () => {
  test('lets in who shows the token and names this host', async () => {
    const { port, token } = await servePaper()
    const authorization = `Bearer ${token}`
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`]) {
      expect(await send(port, { headers: { host, authorization } })).toMatchObject({ status: 200 })
    }
    const origin = `http://localhost:${port}`
    expect(await send(port, { headers: { host: `localhost:${port}`, origin, authorization } })).toMatchObject({
      status: 200,
    })
    expect(await upgrade(port, { authorization })).toBe(101)
    expect(await upgrade(port, { origin }, ['cairn.v1', `cairn.token.${token}`])).toBe(101)
  })

  test('refuses who shows no token, or another', async () => {
    const { port, token } = await servePaper()
    const host = `127.0.0.1:${port}`
    const wrong = [
      undefined,
      '',
      token,
      `Bearer ${token}x`,
      `Bearer ${token.slice(1)}`,
      'Bearer',
      `Basic ${token}`,
      `Bearer ${token} ${token}x`.slice(0, 8),
    ]
    for (const authorization of wrong) {
      const answer = await send(port, { headers: { host, ...(authorization === undefined ? {} : { authorization }) } })
      expect(answer.status, String(authorization)).toBe(401)
      expect(JSON.parse(answer.body)).toMatchObject({ code: 'UNAUTHORIZED' })
    }
    expect(await send(port, { path: `/api/v1/health?token=${token}`, headers: { host } })).toMatchObject({ status: 401 })
    expect(await upgrade(port, {})).toBe(401)
    expect(await upgrade(port, {}, ['cairn.v1'])).toBe(401)
    expect(await upgrade(port, {}, ['cairn.v1', 'cairn.token.guess'])).toBe(401)
  })

  test('refuses another name for this host, as a rebound DNS name is, whatever token is shown', async () => {
    const { port, token } = await servePaper()
    const authorization = `Bearer ${token}`
    const foreign = [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      `127.0.0.1:${port + 1}`,
      `localhost.evil.example:${port}`,
      `0.0.0.0:${port}`,
      '',
    ]
    for (const host of foreign) {
      const answer = await send(port, { headers: { host, authorization } })
      expect([400, 403], host).toContain(answer.status)
    }
    expect(await send(port, { path: '/api/v1/openapi.json', headers: { host: `evil.example:${port}` } })).toMatchObject({
      status: 403,
    })
    expect(await upgrade(port, { host: `evil.example:${port}`, authorization })).toBe(403)
  })

  test('refuses pages of other origins, whatever token they show', async () => {
    const { port, token } = await servePaper()
    const host = `127.0.0.1:${port}`
    const authorization = `Bearer ${token}`
    for (const origin of [
      'http://evil.example',
      'null',
      `https://127.0.0.1:${port}`,
      'http://127.0.0.1',
      `http://127.0.0.1:${port}.evil.example`,
      'file://',
    ]) {
      expect(await send(port, { headers: { host, origin, authorization } }), origin).toMatchObject({ status: 403 })
      expect(await upgrade(port, { origin, authorization }), origin).toBe(403)
    }
  })

  test('answers nothing that a browser would keep, frame or guess at, and no page may read across origins', async () => {
    const { port, token } = await servePaper()
    const { headers } = await send(port, { headers: { host: `127.0.0.1:${port}`, authorization: `Bearer ${token}` } })
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['access-control-allow-origin']).toBeUndefined()
  })

  test('takes no request larger than the limit', async () => {
    const { port, token } = await servePaper()
    const headers = {
      host: `127.0.0.1:${port}`,
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': String(40 * 1024 * 1024),
    }
    const sent = request({ host: '127.0.0.1', port, path: '/api/v1/runs', method: 'POST', headers, setHost: false })
    sent.on('error', () => {})
    sent.write('{"workflow":"outreach","input":"')
    const [response] = await once(sent, 'response')
    expect(response.statusCode).toBe(413)
    sent.destroy()
  })

  test('a message that is none of the protocol ends the connection and nothing else', async () => {
    const { port, token, paper } = await servePaper()
    for (const message of ['', '{', '[]', 'null', '{"i":1}', '{"p":{"u":"/runs/list"}}', Buffer.from([255, 1, 2])]) {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, 'cairn.v1', {
        headers: { authorization: `Bearer ${token}` },
      })
      await once(socket, 'open')
      socket.send(message)
      socket.send('{')
      const [code] = await once(socket, 'close')
      expect(code, String(message)).toBe(1002)
    }
    expect(await send(port, { headers: { host: `127.0.0.1:${port}`, authorization: `Bearer ${token}` } })).toMatchObject({
      status: 200,
    })
    expect(paper.troubles).toEqual([])
  })
})

describe('pages that need no token', () => {
  test('lead to no procedure, however its path is spelled', async () => {
    const { port } = await servePaper({ pages: true })
    const host = `127.0.0.1:${port}`
    const spellings = [
      '/api/v1/health',
      '//api/v1/health',
      '/./api/v1/health',
      '/x/../api/v1/health',
      '/API/V1/health',
      '/%61pi/v1/health',
      '/api%2Fv1%2Fhealth',
      '/api/v1/../v1/health',
      '/api/v1;/health',
      '/api/v1%00/health',
      '/%2e/api/v1/health',
      `http://${host}/api/v1/health`,
      `http://${host}//api/v1/health`,
      '/?/../api/v1/health',
      '*',
      '/rpc',
      '/api/v1/openapi.json/../health',
      '/api/v1/openapi.json%3f/health',
    ]
    for (const path of spellings) {
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'QUERY']) {
        const body = method === 'POST' ? '{}' : undefined
        const answer = await send(port, { path, method, body, headers: { host, 'content-type': 'application/json' } })
        expect([path, method, /"version"|"workspace"|"status":"ok"/.test(answer.body)]).toEqual([path, method, false])
        const isPage = answer.body === '' ? method === 'HEAD' : answer.body === 'the page'
        expect([path, method, isPage || [400, 401, 403, 404].includes(answer.status)]).toEqual([path, method, true])
        expect(answer.headers['content-security-policy'], `${method} ${path}`).toContain("frame-ancestors 'none'")
      }
    }
  })

  test('are for this host alone, too', async () => {
    const { port } = await servePaper({ pages: true })
    expect(await send(port, { path: '/', headers: { host: `evil.example:${port}` } })).toMatchObject({ status: 403 })
    expect(await send(port, { path: '/', headers: { host: `127.0.0.1:${port}`, origin: 'http://evil.example' } })).toMatchObject({
      status: 403,
    })
  })
})
