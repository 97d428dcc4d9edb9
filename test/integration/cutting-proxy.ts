import { once } from 'node:events'
import { connect, createServer, type Server } from 'node:net'

export interface CuttingProxy {
  readonly server: Server
  cuts(): number
}

/**
 * A proxy between two sockets that cuts each connection, without a word, after as many bytes of the answer as `patience`
 * says, and lets the connections pass that it is asked for after that many cuts.
 */
export async function cutConnections(from: string, to: string, cuts: number, patience: () => number): Promise<CuttingProxy> {
  let done = 0
  const server = createServer((near) => {
    const far = connect(to)
    let left = done < cuts ? patience() : Number.POSITIVE_INFINITY
    const end = (): void => {
      near.destroy()
      far.destroy()
    }
    for (const side of [near, far]) {
      side.on('error', end)
      side.on('close', end)
    }
    near.pipe(far)
    far.on('data', (bytes) => {
      if (left <= bytes.length) {
        near.write(bytes.subarray(0, left), end)
        if (Number.isFinite(left)) done += 1
        left = Number.POSITIVE_INFINITY
        far.pause()
      } else {
        left -= bytes.length
        near.write(bytes)
      }
    })
  })
  server.listen(from)
  await once(server, 'listening')
  return { server, cuts: () => done }
}
