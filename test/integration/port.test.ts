/** What is only true of message ports; what clients do over any transport is in `client.test.ts`. */
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { Disconnected } from '../../src/client/line.ts'
import { connectPort, type PagePort } from '../../src/client/port.ts'
import { channel } from '../../src/effects/ports/node-port.fixture.ts'
import { pagePort, paperPorts } from './paper-ports.ts'

test.each([
  ['{'],
  ['null'],
  ['{"i":1}'],
  [{ runs: 'list' }],
  [false],
])('what is none of the protocol ends the port and nothing else: %j', async (nonsense) => {
  const { paper, open } = paperPorts()
  const port = open()
  const closed = once(port, 'close')
  port.on('message', () => undefined)
  port.postMessage(nonsense)
  await closed
  expect(paper.troubles).toEqual([])
})

test('a client that was closed before its port came closes the port', async () => {
  const opening = Promise.withResolvers<PagePort>()
  const client = connectPort(() => opening.promise)
  const asked = client.api.host.health()
  client.close()
  const { near, far } = channel()
  const closed = new Promise<void>((resolve) => near.on('close', () => resolve()))
  near.start()
  opening.resolve(pagePort(far))
  await expect(asked).rejects.toThrow(Disconnected)
  await closed
})
