import type { Service } from '../service/service.ts'
import type { Closing } from './closing.ts'
import { createGuard } from './http/guard.ts'
import { listenOnLoopback, listenOnSocket } from './http/listen.ts'
import { pages } from './http/pages.ts'
import { createHttpServer } from './http/server.ts'
import type { Role } from './role.ts'
import { makeSocketPlace } from './socket-place.ts'
import { removeHostFile, writeHostFile } from './workspace/host-file.ts'
import type { Layout } from './workspace/layout.ts'
import { readToken } from './workspace/token.ts'

export interface TransportParts {
  readonly layout: Layout
  readonly service: Service
  readonly version: string
  readonly role: Role
  readonly startedAt: number
  /** The port on 127.0.0.1, or null for none. */
  readonly port: number | null
  readonly troubled: (what: string, error: unknown) => void
}

/** Lets callers in, over the workspace's socket and over the loopback port, and says where in `.cairn/host.json`. */
export async function openTransports(
  { layout, service, version, role, startedAt, port, troubled }: TransportParts,
  closing: Closing,
): Promise<{ readonly url: string | null; readonly socket: string }> {
  const local = createHttpServer({ service, version, troubled, guard: null })
  const place = makeSocketPlace(layout)
  closing.add(() => place.remove())
  closing.add(() => local.close())
  await listenOnSocket(local.server, place.path)

  const token = readToken(layout.token)
  const url = port === null ? null : await openPort(port)
  closing.add(() => removeHostFile(layout.hostFile))
  const { pid } = process
  writeHostFile(layout.hostFile, { pid, version, role, startedAt, url, socket: place.path, tokenFile: layout.token })
  return { url, socket: place.path }

  async function openPort(wanted: number): Promise<string> {
    const web = createHttpServer({ service, version, troubled, guard: createGuard(token), pages: pages() })
    closing.add(() => web.close())
    return listenOnLoopback(web.server, wanted)
  }
}
