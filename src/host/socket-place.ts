import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Layout } from './workspace/layout.ts'

/** The shortest limit among the systems, in bytes: macOS takes 104 with the closing NUL. */
const longestPath = 103

export interface SocketPlace {
  readonly path: string
  /** Takes away what was made for the socket. */
  remove(): void
}

/**
 * Where the socket of a workspace is made: in its private folder, or, where that path is too long for a socket, in a
 * private folder of its own. `.cairn/host.json` names the place. Only the owner of the workspace may call this: it
 * takes away the socket that a killed host left behind.
 */
export function makeSocketPlace(layout: Layout): SocketPlace {
  if (process.platform === 'win32') {
    const name = createHash('sha256').update(layout.root).digest('hex').slice(0, 32)
    return { path: `\\\\.\\pipe\\cairn-${name}`, remove: () => {} }
  }
  const inside = join(layout.private, 'host.sock')
  if (Buffer.byteLength(inside) <= longestPath) {
    rmSync(inside, { force: true })
    return { path: inside, remove: () => rmSync(inside, { force: true }) }
  }
  const path = join(mkdtempSync(join(tmpdir(), 'cairn-')), 'host.sock')
  return { path, remove: () => rmSync(dirname(path), { recursive: true, force: true }) }
}
