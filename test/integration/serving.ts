/** The real transports over a service on paper, on a free loopback port and on a socket in a folder of its own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createGuard } from '../../src/host/http/guard.ts'
import { listenOnLoopback, listenOnSocket } from '../../src/host/http/listen.ts'
import { pages } from '../../src/host/http/pages.ts'
import { createHttpServer } from '../../src/host/http/server.ts'
import { createService } from '../../src/service/service.ts'
import { createPaper } from './paper.ts'

/** With `pages`, every address is answered with `the page`, as the console's are. */
export async function servePaper({ pages: withPages = false } = {}) {
  const paper = createPaper()
  const token = 'a-token-of-the-test'
  const parts = { service: createService(paper.parts), version: '0', troubled: paper.parts.troubled }
  const folder = mkdtempSync(join(tmpdir(), 'cairn-test-'))
  writeFileSync(join(folder, 'index.html'), 'the page')
  const web = createHttpServer({ ...parts, guard: createGuard(token), ...(withPages ? { pages: pages(folder) } : {}) })
  const local = createHttpServer({ ...parts, guard: null })
  const connections = new Set<Socket>()
  for (const { server } of [web, local]) server.on('connection', (connection) => connections.add(connection))
  const socket = join(folder, 'host.sock')
  const url = await listenOnLoopback(web.server, 0)
  await listenOnSocket(local.server, socket)
  onTestFinished(async () => {
    paper.parts.feed.close()
    await Promise.all([web.close(), local.close()])
    rmSync(folder, { recursive: true, force: true })
  })
  /** Cuts every connection, without a word. */
  const cut = (): void => connections.forEach((connection) => connection.destroy())
  return { paper, token, url, port: Number(new URL(url).port), socket, cut }
}
