import { ORPCError, type ClientLink } from '@orpc/client'
import { StandardRPCLink } from '@orpc/client/standard'
import { ClientPeer } from '@orpc/standard-server-peer'
import { lostName, whyLost } from '../model/lost-name.ts'
import type { ConnectionState } from './connection.ts'
import type { OpenWire, Wire } from './wire.ts'

/** The host could not be reached, or was lost before it answered: what was asked may have been done or not. */
export class Disconnected extends Error {
  override readonly name: string = 'Disconnected'
}

/** A host is there and takes no connection: its process is stopped, or does not get to it. Nothing was asked of it. */
export class Unanswered extends Disconnected {
  override readonly name = 'Unanswered'
}

/** The link would drop it in silence, so that the host could not refuse it any more. */
function refuseLostName(input: unknown): void {
  const path = lostName(input)?.join('.')
  if (path === undefined) return
  const failure = { class: 'validation', name: 'LostName', message: `${path} ${whyLost.what}`, path, wayOut: whyLost.wayOut }
  throw new ORPCError('REFUSED', { status: 422, message: failure.message, data: { failures: [failure] } })
}

type NoContext = Record<never, never>
type Options = Parameters<ClientLink<NoContext>['call']>[2]
type Connection = { readonly wire: Wire; readonly link: ClientLink<NoContext> }

/**
 * One line to a host: a connection that is made when it is first needed, and made again when it is needed after it
 * was lost. Calls that were under way when it was lost are not repeated.
 */
export class Line implements ClientLink<NoContext> {
  readonly #open: OpenWire
  readonly #moved: (state: ConnectionState) => void
  #present: Connection | undefined
  #closed = false

  /** `moved` hears of each change of the connection. */
  constructor(open: OpenWire, moved: (state: ConnectionState) => void) {
    this.#open = open
    this.#moved = moved
  }

  async call(path: readonly string[], input: unknown, options: Options): Promise<unknown> {
    if (this.#closed) throw new Disconnected('this client is closed')
    refuseLostName(input)
    this.#present ??= this.#connect()
    try {
      return await this.#present.link.call(path, input, options)
    } catch (error) {
      if (error instanceof ORPCError || error instanceof Unanswered || options.signal?.aborted === true) throw error
      throw new Disconnected('the host cannot be reached, or was lost before it answered', { cause: error })
    }
  }

  close(): void {
    this.#closed = true
    this.#present?.wire.close()
  }

  #connect(): Connection {
    this.#moved('connecting')
    const peer = new ClientPeer(async (message) => {
      await wire.opened
      wire.send(message)
    })
    const wire = this.#open({
      message: (message) => {
        peer.message(message).catch(() => wire.close())
      },
      closed: () => {
        peer.close()
        if (this.#present !== connection) return
        this.#present = undefined
        this.#moved('lost')
      },
    })
    const link = new StandardRPCLink<NoContext>(
      {
        async call(request) {
          const response = await peer.request(request)
          return { ...response, body: () => Promise.resolve(response.body) }
        },
      },
      { url: 'http://orpc' },
    )
    wire.opened.then(
      () => {
        if (this.#present === connection) this.#moved('open')
      },
      // Whoever sends hears of it; that nobody sends is no reason to end the process.
      () => {},
    )
    const connection = { wire, link }
    return connection
  }
}
