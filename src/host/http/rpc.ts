import { createServerPeerHandleRequestFn } from '@orpc/server/standard-peer'
import { StandardRPCHandler } from '@orpc/server/standard'
import { ServerPeer } from '@orpc/standard-server-peer'
import type { WebSocket } from 'ws'
import type { Service } from '../../service/service.ts'

/** The close code for a message that is none of the protocol. */
const protocolError = 1002

/**
 * Serves the contract over WebSockets. A message counts as sent once the connection has taken it, so a slow reader
 * holds up its own streams and nothing piles up here; a lost connection aborts whatever it had asked for.
 */
export function serveRpc(service: Service): (connection: WebSocket) => void {
  const handle = createServerPeerHandleRequestFn(new StandardRPCHandler(service), { context: {} })

  return (connection) => {
    const peer = new ServerPeer(
      (message) =>
        new Promise<void>((resolve) => {
          // An error here means that the connection is gone; its close event ends everything.
          connection.send(message, () => resolve())
        }),
    )
    connection.on('message', (data, binary) => {
      if (binary || !Buffer.isBuffer(data)) return refuse()
      peer.message(data.toString('utf8'), handle).catch(refuse)
    })
    connection.on('close', () => {
      peer.close()
    })
    connection.on('error', () => {
      connection.terminate()
    })

    function refuse(): void {
      connection.close(protocolError, 'not a message of this protocol')
    }
  }
}
