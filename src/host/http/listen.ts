import { chmodSync } from 'node:fs'
import type { Server } from 'node:http'
import { StartRefused } from '../start-refused.ts'

/** Listens on 127.0.0.1; 0 takes a free port. @throws StartRefused where the port is taken. */
export async function listenOnLoopback(server: Server, port: number): Promise<string> {
  await listening(server, () => server.listen(port, '127.0.0.1')).catch((error: unknown) => {
    throw new StartRefused(
      'port',
      `port ${port} of 127.0.0.1 cannot be used: choose another with --port, or 0 for a free one`,
      {
        cause: error,
      },
    )
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a server on a port has an address')
  return `http://127.0.0.1:${address.port}`
}

/** Listens on a socket or named pipe that only the user can open, from its first moment on. */
export async function listenOnSocket(server: Server, path: string): Promise<void> {
  const mask = process.umask(0o177)
  const bound = listening(server, () => server.listen(path))
  process.umask(mask)
  await bound
  if (process.platform !== 'win32') chmodSync(path, 0o600)
}

function listening(server: Server, listen: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.once('listening', () => {
      server.off('error', reject)
      resolve()
    })
    listen()
  })
}
