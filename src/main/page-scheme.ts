/** The console's own scheme: its files and nothing else, with the policy that a page of it is held to. */
import { pathToFileURL } from 'node:url'
import { net, protocol } from 'electron'
import { pagePolicy } from '../contract/page-policy.ts'
import { scheme } from './address.ts'
import { pageFile } from './page-file.ts'
import { pageFolder } from './places.ts'

const headers = {
  'content-security-policy': pagePolicy,
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const

/** Before the app is ready. */
export function setupScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }])
}

/** Once it is. */
export function setupPage(): void {
  protocol.handle(scheme, async ({ method, url }) => {
    const found = await pageFile(pageFolder, method, url)
    if (!('file' in found)) {
      return new Response(`${found.words}\n`, { status: found.status, headers: { ...headers, 'content-type': 'text/plain' } })
    }
    const answer = await net.fetch(pathToFileURL(found.file).href, { bypassCustomProtocolHandlers: true })
    const type = answer.headers.get('content-type') ?? 'application/octet-stream'
    return new Response(answer.body, { headers: { ...headers, 'content-type': type } })
  })
}
