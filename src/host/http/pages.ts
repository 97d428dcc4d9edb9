/**
 * The console's own files, for any browser on this machine. They hold no data, so they need no token: a page gets
 * what it shows over the WebSocket, which does.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import send from 'send'
import { pagePolicy } from '../../contract/page-policy.ts'
import { programFolder } from '../program.ts'

/** Serves a request for a page or a part of one; false where it asks for neither. */
export type ServePages = (request: IncomingMessage, response: ServerResponse) => boolean

const assets = '/assets/'

/** What the build made of `src/renderer`. Every address that is no file of it is a screen of the one page. */
export function pages(root = join(programFolder, 'out', 'renderer')): ServePages {
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false
    // Set before anything is looked up: an answer of 304 renews the headers of what the browser kept.
    response.setHeader('content-security-policy', pagePolicy)
    response.setHeader('cross-origin-opener-policy', 'same-origin')
    const [pathname = '/'] = (request.url ?? '/').split('?', 1)
    give(pathname, () => {
      // A part that is not there is none of this build: the page that asks for it has to be loaded anew.
      if (pathname.startsWith(assets)) missing('this build of the console has no such file')
      else give('/index.html', () => missing('the console has not been built: npm run build makes it'))
    })
    return true

    function give(path: string, otherwise: () => void): void {
      // Names under `assets` hold a hash of what is in them: they never change.
      const kept = path.startsWith(assets)
      response.setHeader('cache-control', kept ? 'max-age=31536000, immutable' : 'no-cache')
      send(request, path, { root, dotfiles: 'ignore', cacheControl: false }).on('error', otherwise).pipe(response)
    }

    function missing(words: string): void {
      response.setHeader('cache-control', 'no-store')
      response.writeHead(404, { 'content-type': 'text/plain' }).end(`${words}\n`)
    }
  }
}
