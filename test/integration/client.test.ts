import { setImmediate } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Disconnected } from '../../src/client/line.ts'
import { connectPort } from '../../src/client/port.ts'
import { connectSocket } from '../../src/client/socket.ts'
import { connectWeb } from '../../src/client/web.ts'
import { CorruptionFound } from '../../src/model/storage-errors.ts'
import { pagePort, paperPorts } from './paper-ports.ts'
import { servePaper } from './serving.ts'

const overWeb = async () => {
  const { paper, url, token, cut } = await servePaper()
  return { paper, cut, client: connectWeb(url, token) }
}
const overSocket = async () => {
  const { paper, socket, cut } = await servePaper()
  return { paper, cut, client: connectSocket(socket) }
}
const overPorts = () => {
  const { paper, open, cut } = paperPorts()
  return Promise.resolve({ paper, cut, client: connectPort(() => Promise.resolve(pagePort(open()))) })
}

describe.each([
  ['a WebSocket with the token', overWeb],
  ['the socket of the workspace', overSocket],
  ['a message port, as a page of the desktop', overPorts],
])('a client over %s', (_, connected) => {
  async function clientOf() {
    const served = await connected()
    onTestFinished(() => served.client.close())
    return { ...served, run: await served.paper.start() }
  }

  test('calls, and gets the errors of the contract as what they are', async () => {
    const { client, run } = await clientOf()
    expect(await client.api.runs.get({ run })).toMatchObject({ record: { id: run } })
    expect(client.connection.state).toBe('open')
    await client.api.runs.pause({ run, seen: 0, reason: 'lunch' })
    await expect(client.api.runs.cancel({ run, seen: 0 })).rejects.toMatchObject({
      code: 'CONFLICT',
      defined: true,
      data: { status: 'paused', version: 1 },
    })
  })

  test('a stream ends on the host as soon as its reader leaves it, or is gone', async () => {
    const { client, paper, run } = await clientOf()
    for await (const item of client.watchRun(run, { after: 0 })) if (item.type === 'entry') break
    while (paper.parts.feed.watchers() > 0) await setImmediate()

    const leave = new AbortController()
    for await (const item of client.watchJournal({ signal: leave.signal })) if (item.type === 'opened') leave.abort()
    while (paper.parts.feed.watchers() > 0) await setImmediate()

    for await (const item of client.watchJournal()) if (item.type === 'opened') client.close()
    while (paper.parts.feed.watchers() > 0) await setImmediate()
    expect(paper.troubles).toEqual([])
  })

  test('a stream that finds damage says so, and does not come back by itself', async () => {
    const { client, paper, run } = await clientOf()
    for (let count = 0; count < 5_000; count += 1) paper.tick(run)
    paper.parts.queries.journal = () => Promise.reject(new CorruptionFound('journal', '7', 'a bit flipped'))
    const reading = async (): Promise<void> => {
      for await (const item of client.watchJournal({ after: 0 })) if (item.type === 'entry') break
    }
    await expect(reading()).rejects.toMatchObject({ code: 'CORRUPTION', data: { object: 'journal', key: '7' } })
    expect(paper.parts.feed.watchers()).toBe(0)
  })

  test('a call whose connection is lost says that it may have been done or not; the next one connects anew', async () => {
    const { client, paper, cut } = await clientOf()
    const stuck = Promise.withResolvers<never>()
    const asked = Promise.withResolvers<void>()
    const { pending } = paper.parts.queries
    paper.parts.queries.pending = () => {
      asked.resolve()
      return stuck.promise
    }
    const lost = client.api.decisions.list({})
    await asked.promise
    cut()
    await expect(lost).rejects.toThrow(Disconnected)
    expect(client.connection.state).toBe('lost')
    paper.parts.queries.pending = pending
    expect((await client.api.decisions.list({})).decisions).toHaveLength(1)
  })

  test('a stream comes back by itself over another connection, without a gap', async () => {
    const { client, paper, run, cut } = await clientOf()
    const after = paper.journal.length
    const got: number[] = []
    for await (const item of client.watchJournal({ after })) {
      if (item.type === 'opened' && got.length === 0) paper.tick(run)
      if (item.type !== 'entry') continue
      got.push(item.entry.position)
      if (got.length === 3) break
      cut()
      paper.tick(run)
    }
    expect(got).toEqual([after + 1, after + 2, after + 3])
  })

  test('a closed client asks nothing more, and what it watched has ended', async () => {
    const { client } = await clientOf()
    const got: string[] = []
    for await (const item of client.watchJournal()) {
      got.push(item.type)
      client.close()
    }
    expect(got).toEqual(['opened'])
    await expect(client.api.host.health()).rejects.toThrow(Disconnected)
  })
})

test('where no host answers, and where the token is another, a call says that it cannot be reached', async () => {
  const { url, socket } = await servePaper()
  for (const client of [connectWeb(url, 'a-guess'), connectSocket(`${socket}.none`)]) {
    await expect(client.api.host.health()).rejects.toThrow(Disconnected)
    client.close()
  }
})
