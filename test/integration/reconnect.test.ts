import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createClient } from '../../src/client/client.ts'
import { socketWire } from '../../src/client/socket.ts'
import { cutConnections } from './cutting-proxy.ts'
import { servePaper } from './serving.ts'

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
const before = 3_000

/** A client whose every connection is cut after a few hundred bytes, until it was cut often enough. */
async function cutClient(random: () => number) {
  const { socket, paper } = await servePaper()
  const from = join(socket, '..', 'proxy.sock')
  const proxy = await cutConnections(from, socket, cuts, () => 1 + Math.floor(random() * 20_000))
  const client = createClient(socketWire(from), () => setImmediate())
  onTestFinished(() => {
    client.close()
    proxy.server.close()
  })
  return { client, proxy, paper, one: await paper.start(), other: await paper.start() }
}

describe(`a client whose connection is cut ${cuts} times while entries are committed`, () => {
  test.each(['the journal from its beginning', 'one run from now on'])(
    'gets every entry of %s once and in order',
    async (what) => {
      const random = seeded(what.length)
      const { client, proxy, paper, one, other } = await cutClient(random)
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
})
