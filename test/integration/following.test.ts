/** Lists and screens that follow a real host over real WebSockets, which are cut again and again. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { applyChange } from '../../src/client/apply-change.ts'
import { type Client, createClient } from '../../src/client/client.ts'
import { Disconnected } from '../../src/client/line.ts'
import { socketWire } from '../../src/client/socket.ts'
import { connectWeb } from '../../src/client/web.ts'
import { type RunId, WorkflowName } from '../../src/model/ids.ts'
import { isEnded } from '../../src/model/status.ts'
import type { RunDetail, RunSummary } from '../../src/model/views.ts'
import { runId } from '../conformance/samples.ts'
import { cutConnections } from './cutting-proxy.ts'
import { servePaper } from './serving.ts'
import { hostOf, scratchFolder, workspaceOf } from './workspaces.ts'

const cuts = Math.max(20, Math.round(200 * Number(process.env['CAIRN_SCALE'] ?? 0.1)))

const chain = WorkflowName.parse('chain')
const steps = 30
/** A chain of steps that each say something, fail once, and go on. */
const workflow = `
  import { workflow, z } from 'cairn'
  let chain = workflow('chain', { version: 1, input: z.object({}) })
  for (let number = 0; number < ${steps}; number += 1) {
    const needs = number === 0 ? [] : ['step' + (number - 1)]
    chain = chain.step('step' + number, { needs, retry: { attempts: 2, initial: '1ms' } }, ({ attempt, log, progress }) => {
      log.info(number + ' ' + attempt)
      progress(0.5)
      if (attempt === 1) throw Object.assign(new Error('once'), { code: 'ECONNRESET' })
      return number
    })
  }
  export default chain
`

/** A host, a client that nobody cuts, and one whose connections are cut after so many bytes each, until it was enough. */
async function hostWithCuts(patience: (cut: number) => number) {
  const { host, client } = await hostOf(await workspaceOf({ 'workflows/chain.ts': workflow }), { port: 0 })
  const from = join(scratchFolder(), 'proxy.sock')
  let connections = 0
  const proxy = await cutConnections(from, host.socket, cuts, () => patience((connections += 1)))
  const cut = createClient(socketWire(from), () => 0)
  onTestFinished(() => {
    cut.close()
    proxy.server.close()
  })
  const start = async (): Promise<RunId> => (await client.api.runs.start({ workflow: chain, input: {} })).id
  return { host, client, cut, proxy, start }
}

/** What a list shows that reads its runs where the news begin, and follows them from there. */
async function listUntil(client: Client, isOver: (shown: ReadonlyMap<RunId, RunSummary>) => Promise<boolean>) {
  const shown = new Map<RunId, RunSummary>()
  for await (const item of client.watchNews()) {
    const runs = item.type === 'opened' ? await everyRun(client) : item.runs
    for (const run of runs) if ((shown.get(run.id)?.version ?? 0) < run.version) shown.set(run.id, run)
    if (await isOver(shown)) break
  }
  return shown
}

/** Asked for again where the connection is lost over it. */
async function everyRun(client: Client): Promise<readonly RunSummary[]> {
  try {
    return (await client.api.runs.list({ limit: 1_000 })).runs
  } catch (error) {
    if (error instanceof Disconnected) return everyRun(client)
    throw error
  }
}

test('a list that follows the news shows every run as it is, whatever is cut', async () => {
  const { host, cut, proxy, start } = await hostWithCuts((cut) => 500 * (1 + (cut % 50)))
  const isOver = async (shown: ReadonlyMap<RunId, RunSummary>): Promise<boolean> => {
    const live = [...shown.values()].filter(({ status }) => !isEnded(status)).length
    if (proxy.cuts() < cuts && live < 3) await start()
    return proxy.cuts() >= cuts && live === 0
  }
  const shown = await listUntil(cut, isOver)
  const browser = connectWeb(host.url ?? '', readFileSync(host.tokenFile, 'utf8').trim())
  onTestFinished(() => browser.close())
  const { runs } = await browser.api.runs.list({ limit: 1_000 })
  expect(new Map(runs.map((run) => [run.id, run]))).toEqual(shown)
  expect(runs.length).toBeGreaterThan(0)
  for (const run of runs) expect(run).toMatchObject({ status: 'completed', attempts: 2 * steps })
}, 120_000)

test('a screen that follows a run shows it as it is, and each line once, whatever is cut', async () => {
  const { client, cut, proxy, start } = await hostWithCuts((cut) => 2_000 * (1 + (cut % 30)))
  const run = await start()
  let shown: RunDetail | undefined
  let lines: string[] = []
  for await (const item of cut.followRun(run)) {
    if (item.type === 'whole') {
      shown = item.detail
      lines = item.signals.flatMap((signal) => (signal.type === 'log' ? [signal.message] : []))
    } else if (item.type === 'changed' && shown !== undefined) {
      expect(item.record.version).toBe(shown.record.version + 1)
      shown = applyChange(shown, item)
    } else if (item.type === 'signal' && item.signal.type === 'log') lines.push(item.signal.message)
    if (shown !== undefined && isEnded(shown.record.status)) break
  }
  const { position: _, ...detail } = await client.api.runs.get({ run })
  expect(shown).toMatchObject(detail)
  expect(lines.toSorted()).toEqual(Array.from({ length: steps }, (__, number) => [`${number} 1`, `${number} 2`]).flat().toSorted())
  expect(proxy.cuts()).toBeGreaterThan(0)
}, 120_000)

describe('over a service on paper', () => {
  /** A client that would come back by itself only long after the test. */
  async function patientClient() {
    const served = await servePaper()
    const client = createClient(socketWire(served.socket), () => 1_000_000)
    onTestFinished(() => client.close())
    return { ...served, client }
  }

  /** Resolves once the connection is so. */
  const until = ({ connection }: Client, isSo: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const leave = connection.onChange(look)
      look()
      function look(): void {
        if (!isSo()) return
        leave()
        resolve()
      }
    })

  test('a run that is not there is nothing to follow', async () => {
    const { paper, client } = await patientClient()
    const run = await paper.start()
    const { value } = await client.followRun(run).next()
    expect(value).toMatchObject({ type: 'whole', detail: { record: { id: run } }, signals: [] })
    await expect(client.followRun(runId(9)).next()).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('a reader that leaves is watched for no longer, whether it rests or waits', async () => {
    const { paper, client } = await patientClient()
    const run = await paper.start()
    const leave = new AbortController()
    const news = client.watchNews({ signal: leave.signal })
    const follower = client.followRun(run, { signal: leave.signal })
    await Promise.all([news.next(), follower.next()])
    paper.tick(run)
    expect((await news.next()).value).toMatchObject({ type: 'changed', runs: [{ id: run }] })
    const ends = [news.next(), follower.next().then(() => follower.next())]
    leave.abort()
    expect((await Promise.all(ends)).map(({ done }) => done)).toEqual([true, true])
    while (paper.parts.feed.watchers() > 0) await setImmediate()
    expect(paper.troubles).toEqual([])
  })

  test('a lost connection is told, with when it is tried next, and tried at once where a person says so', async () => {
    const { client, cut } = await patientClient()
    const { connection } = client
    const states: string[] = [connection.state]
    connection.onChange(() => {
      if (connection.state !== states.at(-1)) states.push(connection.state)
    })
    const news = client.watchNews()
    await news.next()
    expect(connection).toMatchObject({ state: 'open', nextTry: null })
    const again = news.next()
    cut()
    await until(client, () => connection.nextTry !== null)
    client.retryNow()
    expect((await again).value).toMatchObject({ type: 'opened' })
    expect(states).toEqual(['connecting', 'open', 'lost', 'connecting', 'open'])
  })

  test('whoever gets through first brings along all that wait', async () => {
    const { paper, client, cut } = await patientClient()
    const streams = [client.watchNews(), client.followRun(await paper.start()), client.watchMail()]
    await Promise.all(streams.map((stream) => stream.next()))
    const again = streams.map((stream) => stream.next())
    cut()
    await until(client, () => client.connection.nextTry !== null)
    await client.api.host.health()
    expect((await Promise.all(again)).map(({ value }) => value?.type)).toEqual(['opened', 'whole', 'opened'])
  })
})
