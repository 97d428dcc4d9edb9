/** The console's files as a browser gets them, over a folder of the test's own. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { createServer, IncomingMessage, request } from 'node:http'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { listenOnLoopback } from '../../src/host/http/listen.ts'
import { pages } from '../../src/host/http/pages.ts'
import { scratchFolder } from './workspaces.ts'

let root: string
let url: string
beforeEach(async () => {
  root = join(scratchFolder(), 'renderer')
  mkdirSync(join(root, 'assets'), { recursive: true })
  writeFileSync(join(root, 'index.html'), '<title>the page</title>')
  writeFileSync(join(root, 'assets', 'index-abc.js'), 'code')
  writeFileSync(join(root, '.hidden'), 'secret')
  writeFileSync(join(root, '..', 'outside.txt'), 'secret')
  const serve = pages(root)
  const server = createServer((request, response) => {
    if (!serve(request, response)) response.writeHead(405).end()
  })
  onTestFinished(() => void server.close())
  url = await listenOnLoopback(server, 0)
})

test('the page is the answer to every address of a screen, and asks to be looked at again', async () => {
  for (const path of ['/', '/runs', '/runs/01ABC?step=draft', '/workflows/outreach/start']) {
    const answer = await fetch(url + path)
    expect([path, answer.status, await answer.text()]).toEqual([path, 200, '<title>the page</title>'])
    expect(answer.headers.get('cache-control')).toBe('no-cache')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'")
  }
})

test('a page that has not changed keeps its policy', async () => {
  const { headers } = await fetch(url)
  // Fetch would ask past every cache; a browser that reloads does not.
  const question = request(url, { headers: { 'if-none-match': headers.get('etag') ?? '' } }).end()
  const [again] = z.tuple([z.instanceof(IncomingMessage)]).parse(await once(question, 'response'))
  expect(again.statusCode).toBe(304)
  expect(again.headers['content-security-policy']).toContain("script-src 'self'")
})

test('a part is kept for good, and one of another build is not answered with the page', async () => {
  const part = await fetch(`${url}/assets/index-abc.js`)
  expect(await part.text()).toBe('code')
  expect(part.headers.get('cache-control')).toContain('immutable')
  const other = await fetch(`${url}/assets/index-old.js`)
  expect([other.status, other.headers.get('cache-control')]).toEqual([404, 'no-store'])
})

test('nothing outside the folder is given, nor what is hidden', async () => {
  for (const path of ['/../outside.txt', '/%2e%2e/outside.txt', '/..%2foutside.txt', '/assets/..%2f..%2foutside.txt', '/.hidden', '/%00', '/%']) {
    expect([path, await (await fetch(url + path)).text()]).not.toEqual([path, 'secret'])
  }
})

test('a build that is taken away under a host that runs is told of, and comes back', async () => {
  expect((await fetch(url)).status).toBe(200)
  rmSync(root, { recursive: true })
  const gone = await fetch(url)
  expect([gone.status, await gone.text()]).toEqual([404, expect.stringContaining('npm run build')])
  mkdirSync(root)
  writeFileSync(join(root, 'index.html'), 'another')
  expect(await (await fetch(url)).text()).toBe('another')
})

test('nothing is taken but requests to read', async () => {
  expect((await fetch(url, { method: 'POST' })).status).toBe(405)
})
