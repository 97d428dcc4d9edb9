/**
 * Restate: its server keeps the runs and calls this process for their steps, over one connection for many of them. A step's
 * answer is in the server's log, after an fsync, before the next step begins.
 */
import { once } from 'node:events'
import { createServer } from 'node:http2'
import { createEndpointHandler, service } from '@restatedev/restate-sdk'
import { connect } from '@restatedev/restate-sdk-clients'
import { z } from 'zod'
import type { Contender } from './contender.ts'
import { payloads } from './payload.ts'

const Bound = z.object({ port: z.number() })

export const restate: Contender = {
  open: async ({ server = '' }, steps) => {
    const [ingress = '', admin = ''] = server.split(' ')
    const answer = payloads(1, 1_000)
    const chain = service({
      name: 'chain',
      handlers: {
        run: async (context) => {
          for (let index = 0; index < steps; index += 1) await context.run(`s${index}`, answer)
        },
      },
    })
    const endpoint = createServer(createEndpointHandler({ services: [chain], logger: () => undefined }))
    await once(endpoint.listen(0, '127.0.0.1'), 'listening')
    const { port } = Bound.parse(endpoint.address())
    const told = await fetch(`${admin}/deployments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ uri: `http://127.0.0.1:${port}` }),
    })
    if (!told.ok) throw new Error(`Restate does not take the code: ${await told.text()}`)
    const client = connect({ url: ingress }).serviceClient(chain)
    return {
      run: () => client.run(),
      [Symbol.asyncDispose]: () => Promise.resolve(void endpoint.close()),
    }
  },
}
