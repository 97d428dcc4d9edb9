import { createServerPeerHandleRequestFn } from '@orpc/server/standard-peer'
import { StandardRPCHandler } from '@orpc/server/standard'
import { ServerPeer } from '@orpc/standard-server-peer'
import { portProtocol } from '../../contract/desktop/page.ts'
import type { Port } from '../../effects/ports/port.ts'
import { TextPort } from '../../effects/ports/text-port.ts'
import type { Service } from '../../service/service.ts'
import { largestRequest } from '../http/limits.ts'

/**
 * Serves the contract over message ports, as `http/rpc.ts` does over WebSockets: a message counts as sent once the
 * page has taken it, and what is none of the protocol ends the port.
 */
export function answerPages(service: Service): (port: Port) => void {
  const handle = createServerPeerHandleRequestFn(new StandardRPCHandler(service), { context: {} })

  return (port) => {
    const peer = new ServerPeer(async (message) => {
      if (typeof message !== 'string') throw new TypeError('messages of this protocol are text')
      await texts.send(message)
    })
    const texts = new TextPort(port, largestRequest, {
      text: (text) => void peer.message(text, handle).catch(() => texts.close()),
      closed: () => peer.close(),
    })
    void texts.send(portProtocol)
  }
}
