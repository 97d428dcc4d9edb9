/**
 * Who may speak to the loopback port. Any page in any browser of this machine can try, so each request must name this
 * host and no other (a rebound DNS name does not), come from no foreign page, and show the token.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

export interface Refusal {
  readonly status: 400 | 401 | 403
  readonly code: string
  readonly message: string
}

export interface Guard {
  /** Host and Origin, of a request that came to this port; undefined lets it in. */
  visitor(headers: IncomingHttpHeaders, port: number | undefined): Refusal | undefined
  /** The token, of the Authorization header or among the subprotocols of a WebSocket. */
  bearer(headers: IncomingHttpHeaders): Refusal | undefined
}

/** The subprotocol that both sides speak, and the prefix of the one that carries the token. */
export const protocol = 'cairn.v1'
const tokenProtocol = 'cairn.token.'

export function createGuard(token: string): Guard {
  const expected = digest(token)

  return {
    visitor({ host, origin }, port) {
      const names = ['127.0.0.1', 'localhost'].map((name) => (port === 80 ? name : `${name}:${port}`))
      if (!names.some((name) => name === host?.toLowerCase())) {
        return { status: 403, code: 'FOREIGN_HOST', message: `this is not ${host ?? 'the host asked for'}: use ${names[0]}` }
      }
      if (origin !== undefined && !names.some((name) => `http://${name}` === origin.toLowerCase())) {
        return { status: 403, code: 'FOREIGN_ORIGIN', message: `pages of ${origin} may not speak to this host` }
      }
      return undefined
    },

    bearer(headers) {
      const shown = shownToken(headers)
      if (shown !== undefined && timingSafeEqual(digest(shown), expected)) return undefined
      return {
        status: 401,
        code: 'UNAUTHORIZED',
        message:
          'show the token of this host: Authorization: Bearer TOKEN, from the file that the host named when it started',
      }
    },
  }
}

function shownToken(headers: IncomingHttpHeaders): string | undefined {
  const [scheme, credentials] = (headers.authorization ?? '').split(' ')
  if (scheme?.toLowerCase() === 'bearer') return credentials
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim())
  return offered.find((name) => name.startsWith(tokenProtocol))?.slice(tokenProtocol.length)
}

/** Of equal length whatever was shown, so that comparing tells nothing of it. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
