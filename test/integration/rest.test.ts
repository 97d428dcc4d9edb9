import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { contract } from '../../src/contract/index.ts'
import { RunRecord } from '../../src/model/run.ts'
import { servePaper } from './serving.ts'

const Document = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
const Decisions = z.object({ decisions: z.tuple([z.object({ decision: z.object({ id: z.string() }) })]) })

async function serveRest() {
  const served = await servePaper()
  const headers = { authorization: `Bearer ${served.token}`, 'content-type': 'application/json' }
  const get = (path: string) => fetch(`${served.url}/api/v1${path}`, { headers })
  const post = (path: string, body: unknown) =>
    fetch(`${served.url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  const started = await post('/runs', { workflow: 'outreach', input: { recipient: '5' } })
  const run = RunRecord.parse(await started.json())
  return { ...served, get, post, started, run }
}

interface Route {
  readonly method: string
  readonly path: string
}

/** Every route that the contract names. */
function routes(): Route[] {
  return Object.values(contract).flatMap((noun) =>
    Object.values(noun).map((procedure) => {
      const { method = '', path = '' } = procedure['~orpc'].route
      return { method, path }
    }),
  )
}

describe('REST', () => {
  test('the OpenAPI document needs no token, is valid, and holds every route of the contract', async () => {
    const { url } = await servePaper()
    const document = Document.parse(await (await fetch(`${url}/api/v1/openapi.json`)).json())
    expect(await new Validator().validate(document)).toMatchObject({ valid: true })
    const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(documented.toSorted()).toEqual(
      routes()
        .map(({ method, path }) => `${method} ${path}`)
        .toSorted(),
    )
  })

  test('every route answers', async () => {
    const { get, post, started, run } = await serveRest()
    expect(started.status).toBe(201)
    const { decisions } = Decisions.parse(await (await get(`/decisions?run=${run.id}`)).json())
    const names: Record<string, string> = {
      run: run.id,
      decision: decisions[0].decision.id,
      address: run.input,
      workflow: 'outreach',
      revision: run.revision,
      id: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
      checkpoint: '0',
      savepoint: 'made',
    }
    const bodies: Record<string, unknown> = {
      '/runs': { workflow: 'outreach', input: {} },
      '/runs/{run}/decisions/{decision}': { action: 'approve' },
      '/workflows/{workflow}/check': { input: {} },
      '/runs/each': { action: 'pause', on: { runs: [{ run: run.id }] } },
      '/runs/{run}/restore': { checkpoint: 0 },
      '/runs/{run}/replay': { checkpoint: 0 },
      '/runs/{run}/replay/preview': { checkpoint: 0 },
      '/runs/{run}/branches/name': { branch: 0, name: 'a try' },
      '/runs/{run}/keep': { keep: true },
      '/runs/{run}/rollback': { savepoint: 'made' },
      '/dead-letters/drain': { on: { all: true } },
      '/dead-letters/discard': { on: { all: true }, reason: 'nobody waits for it' },
      '/breakers/reset': { workflow: 'outreach', dependency: 'workflow:outreach' },
      '/throttles/reset': { workflow: 'outreach', dependency: 'workflow:outreach' },
    }
    const queries: Record<string, string> = { '/errors/records': '?fingerprint=none' }
    // A run on paper has one moment, and is sent nowhere.
    const beyondPaper = /\/(?:preview|restore|recover|recovery|rollback|replay|name|keep|reset)$|^POST .*\/checkpoints$|^GET \/retention$/
    for (const { method, path } of routes()) {
      const there = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => names[name] ?? '')
      const answer = method === 'GET' ? await get(`${there}${queries[path] ?? ''}`) : await post(there, bodies[path] ?? {})
      const type = answer.headers.get('content-type') ?? ''
      const isBeyond = beyondPaper.test(`${method} ${path}`)
      expect(isBeyond ? [503] : [200, 201, path === '/mail/{id}' ? 404 : 200], `${method} ${there}`).toContain(answer.status)
      const streams = /\/(?:watch|follow|each|drain|discard)$|^POST \/(?:backups|retention|integrity\/verify)$/
      expect(type, there).toContain(streams.test(`${method} ${path}`) ? 'text/event-stream' : 'application/json')
      await answer.body?.cancel()
    }
  })

  test('reads numbers and lists of a query, and leaves what stands in a body as it is', async () => {
    const { get, post, run, paper } = await serveRest()
    expect(await (await get('/runs?limit=1&status=waiting&workflow=outreach')).json()).toMatchObject({
      runs: [{ id: run.id }],
    })
    expect(await (await get('/runs?status=completed&status=failed')).json()).toMatchObject({ runs: [] })
    const newest = paper.journal.at(-1)?.position ?? 0
    expect(await (await get(`/journal?before=${newest + 1}&limit=1`)).json()).toMatchObject({ entries: [{ position: newest }] })
    expect(await (await get(`/runs/${run.id}/state?checkpoint=0`)).json()).toMatchObject({ checkpoint: { number: 0 } })
    const inputs: unknown[] = []
    const { control } = paper.parts
    const start = control.start.bind(control)
    control.start = (request) => {
      inputs.push(request.input)
      return start(request)
    }
    for (const input of ['5', 'true', { at: '2026-01-01', n: '1' }, [1, '1']])
      await post('/runs', { workflow: 'outreach', input })
    expect(inputs).toEqual(['5', 'true', { at: '2026-01-01', n: '1' }, [1, '1']])
  })

  test('answers each kind of error with its code, its status and what it knows', async () => {
    const { get, post, run } = await serveRest()
    const unknown = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
    const answers = [
      [await get(`/runs/${unknown}`), 404, { code: 'NOT_FOUND', data: { noun: 'run', key: unknown } }],
      [await get(`/runs/${run.id}/state?checkpoint=9`), 404, { code: 'NOT_FOUND', data: { noun: 'checkpoint', key: '9' } }],
      [await get('/runs/nonsense'), 400, { code: 'BAD_REQUEST' }],
      [await get('/runs?colour=red'), 400, { code: 'BAD_REQUEST' }],
      [await get('/nowhere'), 404, { code: 'NOT_FOUND' }],
      [
        await post('/runs', { workflow: 'outreach', input: null }),
        422,
        { code: 'REFUSED', data: { failures: [{ path: 'input' }] } },
      ],
      [await get('/journal?after=1&before=2'), 400, { code: 'BAD_REQUEST' }],
      [await get('/journal/watch?after=1000'), 422, { code: 'REFUSED', data: { failures: [{ path: 'after' }] } }],
    ] as const
    for (const [answer, status, body] of answers) {
      expect(answer.status, answer.url).toBe(status)
      expect(await answer.json()).toMatchObject(body)
    }
    await post(`/runs/${run.id}/pause`, { seen: run.version })
    const late = await post(`/runs/${run.id}/cancel`, { seen: run.version })
    expect(late.status).toBe(409)
    expect(await late.json()).toMatchObject({ defined: true, code: 'CONFLICT', data: { status: 'paused', version: 1 } })
  })

  test('an event source comes back behind the last event that it got', async () => {
    const { url, token, run, paper } = await serveRest()
    for (let tick = 0; tick < 5; tick += 1) paper.tick(run.id)
    const answer = await fetch(`${url}/api/v1/runs/${run.id}/watch?after=0`, {
      headers: { authorization: `Bearer ${token}`, 'last-event-id': '4' },
    })
    let text = ''
    const decoder = new TextDecoder()
    for await (const chunk of answer.body ?? []) {
      text += decoder.decode(chunk, { stream: true })
      if (text.includes('id: 6')) break
    }
    expect([...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => id)).toEqual(['5', '6'])
  })

  test('a fault of the host says nothing of itself to the caller, and is logged', async () => {
    const { get, paper } = await serveRest()
    paper.parts.queries.runs = () => Promise.reject(new Error('the secret of the house'))
    const answer = await get('/runs')
    expect(answer.status).toBe(500)
    expect(await answer.text()).not.toContain('secret')
    expect(paper.troubles).toMatchObject([{ what: 'runs.list failed' }])
  })
})
