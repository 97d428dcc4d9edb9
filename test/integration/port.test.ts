/** The contract over message ports, as a page of the desktop has it; both ends in this process. */
import { once } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import type { MessagePort } from 'node:worker_threads'
import { expect, onTestFinished, test } from 'vitest'
import { Disconnected } from '../../src/client/line.ts'
import { connectPort, type PagePort } from '../../src/client/port.ts'
import { channel } from '../../src/effects/ports/node-port.fixture.ts'
import { answerPages } from '../../src/host/desktop/answer-pages.ts'
import { createService } from '../../src/service/service.ts'
import { createPaper } from './paper.ts'

/** A service on paper whose pages ask for ports; `cut` takes the latest one away, as a host does that dies. */
async function served() {
  const paper = createPaper()
  const answer = answerPages(createService(paper.parts))
  let cut: () => void = () => undefined
  const client = connectPort(() => {
    const { near, far } = channel()
    answer(near)
    cut = () => near.close()
    return Promise.resolve(pagePort(far))
  })
  onTestFinished(() => {
    client.close()
    paper.parts.feed.close()
  })
  return { paper, client, run: await paper.start(), cut: () => cut() }
}

/** Node's port as a page has it. */
function pagePort(port: MessagePort): PagePort {
  return {
    addEventListener(type: 'message' | 'close', hear: (event: { readonly data: unknown }) => void) {
      port.on(type, (data: unknown) => hear({ data }))
    },
    postMessage: (message) => port.postMessage(message),
    start: () => port.start(),
    close: () => port.close(),
  }
}

test('a page calls, and gets the errors of the contract as what they are', async () => {
  const { client, run } = await served()
  expect(await client.api.runs.get({ run })).toMatchObject({ record: { id: run } })
  expect(client.connection.state).toBe('open')
  await client.api.runs.pause({ run, seen: 0, reason: 'lunch' })
  await expect(client.api.runs.cancel({ run, seen: 0 })).rejects.toMatchObject({ code: 'CONFLICT', data: { status: 'paused' } })
})

test('a stream ends on the host as soon as its reader leaves it, or the page is gone', async () => {
  const { client, paper, run } = await served()
  for await (const item of client.watchRun(run, { after: 0 })) if (item.type === 'entry') break
  while (paper.parts.feed.watchers() > 0) await setImmediate()
  for await (const item of client.watchJournal()) if (item.type === 'opened') client.close()
  while (paper.parts.feed.watchers() > 0) await setImmediate()
  expect(paper.troubles).toEqual([])
})

test('a call whose host is lost says that it may have been done or not; the next one has another port', async () => {
  const { client, paper, cut } = await served()
  const stuck = Promise.withResolvers<never>()
  const asked = Promise.withResolvers<void>()
  const { decisions } = paper.parts.queries
  paper.parts.queries.decisions = () => {
    asked.resolve()
    return stuck.promise
  }
  const lost = client.api.decisions.list({})
  await asked.promise
  cut()
  await expect(lost).rejects.toThrow(Disconnected)
  expect(client.connection.state).toBe('lost')
  paper.parts.queries.decisions = decisions
  expect((await client.api.decisions.list({})).decisions).toHaveLength(1)
})

test('a stream comes back by itself over another port, without a gap', async () => {
  const { client, paper, run, cut } = await served()
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

test.each([
  ['{'],
  ['null'],
  ['{"i":1}'],
  [{ runs: 'list' }],
  [false],
])('what is none of the protocol ends the port and nothing else: %j', async (nonsense) => {
  const paper = createPaper()
  onTestFinished(() => paper.parts.feed.close())
  const { near, far } = channel()
  answerPages(createService(paper.parts))(near)
  const closed = once(far, 'close')
  far.on('message', () => undefined)
  far.postMessage(nonsense)
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
