import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createClient } from '../../src/client/client.ts'
import { socketWire } from '../../src/client/socket.ts'
import { WorkflowName } from '../../src/model/ids.ts'
import { cutConnections } from './cutting-proxy.ts'
import { servePaper } from './serving.ts'
import { hostOf, scratchFolder, workspaceOf } from './workspaces.ts'

const cuts = Math.max(100, Math.round(1_000 * Number(process.env['CAIRN_SCALE'] ?? 0.1)))

/** Numbers from 0 up to 1, small and seeded: a failing test fails again. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return state / 2 ** 32
  }
}

/** How far the journal runs ahead of the client, once it has caught up with what the feed does not keep at hand. */
const lead = 100
const before = 5_000

/** A client whose every connection is cut after at most so many bytes, until it was cut often enough. */
async function cutClient(socket: string, most: number, random: () => number) {
  const from = join(scratchFolder(), 'proxy.sock')
  const proxy = await cutConnections(from, socket, cuts, () => 1 + Math.floor(random() * most))
  const client = createClient(socketWire(from), () => 0)
  onTestFinished(() => {
    client.close()
    proxy.server.close()
  })
  return { client, proxy }
}

describe(`a client whose connection is cut ${cuts} times while entries are committed`, () => {
  test.each(['the journal from its beginning', 'one run from now on'])(
    'gets every entry of %s once and in order',
    async (what) => {
      const random = seeded(what.length)
      const { paper, socket } = await servePaper()
      const { client, proxy } = await cutClient(socket, 20_000, random)
      const [one, other] = [await paper.start(), await paper.start()]
      const over = new AbortController()
      const ofRun = what.startsWith('one run')
      const stream = ofRun
        ? client.watchRun(one, { signal: over.signal })
        : client.watchJournal({ after: 0, signal: over.signal })
      for (let count = 0; count < before; count += 1) paper.tick(other)
      const expected = ofRun ? [] : paper.journal.map(({ position }) => position)
      const got: number[] = []

      function commitSome(): void {
        const wanted = expected.length - got.length < lead ? 1 + Math.floor(random() * 10) : 0
        for (let left = wanted; left > 0; left -= 1) {
          const run = left === 1 || random() < 0.5 ? one : other
          const { position } = paper.tick(run)
          if (!ofRun || run === one) expected.push(position)
        }
      }

      for await (const item of stream) {
        if (item.type === 'entry') got.push(item.entry.position)
        if (proxy.cuts() < cuts) commitSome()
        else if (got.length === expected.length) over.abort()
      }
      expect(got).toEqual(expected)
      expect(proxy.cuts()).toBe(cuts)
      while (paper.parts.feed.watchers() > 0) await setImmediate()
      expect(paper.troubles).toEqual([])
    },
    120_000,
  )

  test('gets every entry of a host at work once and in order', async () => {
    const workflow = `
      import { workflow, z } from 'cairn'
      export default workflow('quick', { version: 1, input: z.object({}) }).step('one', () => 1)
    `
    const { host, client: uncut } = await hostOf(await workspaceOf({ 'workflows/quick.ts': workflow }))
    const { client, proxy } = await cutClient(host.socket, 5_000, seeded(3))
    const over = new AbortController()
    const got: number[] = []
    let started = 0
    let ended = 0

    async function startOne(): Promise<void> {
      started += 1
      await uncut.api.runs.start({ workflow: WorkflowName.parse('quick'), input: {} })
    }

    await startOne()
    for await (const item of client.watchJournal({ after: 0, signal: over.signal })) {
      if (item.type !== 'entry') continue
      got.push(item.entry.position)
      for (const event of item.entry.events) if (event.type === 'run_moved' && event.to === 'completed') ended += 1
      if (proxy.cuts() < cuts) {
        if (started - ended < 5) await startOne()
      } else if (started === ended) {
        over.abort()
      }
    }
    expect(proxy.cuts()).toBe(cuts)
    expect(got).toEqual(got.map((_, index) => index + 1))
  }, 600_000)
})
