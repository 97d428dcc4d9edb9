import type { Server } from 'node:net'

/** The TCP port that a listening server has. */
export function boundPort(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('the server listens on no TCP port')
  return address.port
}
