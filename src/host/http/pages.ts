/**
 * The console's own files, for any browser on this machine. They hold no data, so they need no token: a page gets
 * what it shows over the WebSocket, which does.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import sirv from 'sirv'
import { programFolder } from '../program.ts'

/** Serves a request for a page or a part of one; false where it asks for neither. */
export type ServePages = (request: IncomingMessage, response: ServerResponse) => boolean

/**
 * Code comes from this host alone and is never made from text. Styles of elements may be set, since a mail's own
 * are shown, in a frame that runs nothing.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const folder = join(programFolder, 'out', 'renderer')

/** What the build made of `src/renderer`. Every other address is a screen of the one page. */
export function pages(): ServePages {
  if (!existsSync(join(folder, 'index.html'))) return () => false
  const serve = sirv(folder, { etag: true, single: true, setHeaders: keepAssets })

  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false
    // Set before anything is looked up: an answer of 304 renews the headers of what the browser kept.
    response.setHeader('content-security-policy', policy)
    response.setHeader('cross-origin-opener-policy', 'same-origin')
    serve(request, response, () => void response.writeHead(404).end())
    return true
  }
}

/** Names under `assets` hold a hash of what is in them: they never change. */
function keepAssets(response: ServerResponse, path: string): void {
  response.setHeader('cache-control', path.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache')
}
