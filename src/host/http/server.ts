/**
 * One HTTP server over one service: REST, the OpenAPI document and the WebSocket. The loopback port and the socket
 * in the workspace each have one; only the former has a guard, since file permissions guard the latter.
 */
import { createServer, STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { Service } from '../../service/service.ts'
import { refuse, sendJson, setHeaders } from './answer.ts'
import { protocol, type Guard, type Refusal } from './guard.ts'
import { largestRequest } from './limits.ts'
import { openApiDocument } from './openapi.ts'
import type { ServePages } from './pages.ts'
import { restPrefix, serveRest } from './rest.ts'
import { serveRpc } from './rpc.ts'

export interface HttpParts {
  readonly service: Service
  readonly version: string
  /** Null only where nobody but the user can reach the server. */
  readonly guard: Guard | null
  /** The console, where this server is for browsers. */
  readonly pages?: ServePages
  readonly troubled: (what: string, error: unknown) => void
}

export interface HttpServer {
  readonly server: Server
  /** Ends every connection and stops listening. */
  close(): Promise<void>
}

const rpcPath = '/rpc'
const openApiPath = `${restPrefix}/openapi.json`

const fault = { status: 500, code: 'INTERNAL_SERVER_ERROR', message: 'the log of the host says what went wrong' }
const noSuchSocket = { status: 404, code: 'NOT_FOUND', message: `WebSockets are at ${rpcPath}` }

export function createHttpServer({ service, version, guard, pages, troubled }: HttpParts): HttpServer {
  const rest = serveRest(service)
  const rpc = serveRpc(service)
  // Made once: who shows no token may ask for it as often as they like.
  let description: Promise<string> | undefined
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: largestRequest,
    handleProtocols: (offered) => (offered.has(protocol) ? protocol : false),
  })
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      troubled(`${request.method} ${pathOf(request)} failed`, error)
      if (response.headersSent) response.destroy()
      else refuse(response, fault)
    })
  })
  server.on('upgrade', upgrade)

  return {
    server,
    async close() {
      const closed = new Promise<void>((resolve) => {
        if (server.listening) server.close(() => resolve())
        else resolve()
      })
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
      await closed
    },
  }

  function refusalOf({ headers, socket }: IncomingMessage): Refusal | undefined {
    return guard?.visitor(headers, socket.localPort) ?? guard?.bearer(headers)
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    setHeaders(response)
    const path = pathOf(request)
    const describes = path === openApiPath && request.method === 'GET'
    const foreign = guard?.visitor(request.headers, request.socket.localPort)
    if (foreign !== undefined) return refuse(response, foreign)
    if (!path.startsWith(restPrefix) && pages?.(request, response) === true) return
    const refusal = describes ? undefined : guard?.bearer(request.headers)
    if (refusal !== undefined) refuse(response, refusal)
    else if (describes) sendJson(response, 200, await (description ??= openApiDocument(version)))
    else if (!(await rest(request, response))) {
      refuse(response, {
        status: 404,
        code: 'NOT_FOUND',
        message: `no ${request.method} ${path}: ${openApiPath} lists what there is`,
      })
    }
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refusal = refusalOf(request)
    if (refusal !== undefined) refuseUpgrade(socket, refusal)
    else if (pathOf(request) !== rpcPath) refuseUpgrade(socket, noSuchSocket)
    else sockets.handleUpgrade(request, socket, head, rpc)
  }
}

function refuseUpgrade(socket: Duplex, { status, code, message }: Omit<Refusal, 'status'> & { status: number }): void {
  socket.on('error', () => socket.destroy())
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Type: application/json\r\n\r\n` +
      JSON.stringify({ defined: false, code, status, message }),
  )
}

/** The path of a request, without its query: a query may hold what no log should. */
function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/'
}
