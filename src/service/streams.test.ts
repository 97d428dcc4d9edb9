import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refused } from '../model/control-errors.ts'
import { JournalEntry } from '../model/entry.ts'
import { RunId } from '../model/ids.ts'
import { Signal } from '../model/log.ts'
import { createFeed } from './feed.ts'
import { journalStream, runStream, startOf, type StreamSource } from './streams.ts'

const one = RunId.parse('0'.repeat(25) + '1')
const two = RunId.parse('0'.repeat(25) + '2')

const entryAt = (position: number, run: RunId): JournalEntry =>
  JournalEntry.parse({
    at: position,
    actor: { kind: 'engine', name: 'engine' },
    correlation: 'c',
    run,
    version: position,
    events: [{ type: 'run_paused' }],
    position,
    digest: 'a'.repeat(64),
  })

const said = (message: string): Signal =>
  Signal.parse({
    type: 'log',
    run: one,
    branch: 0,
    step: 'draft',
    iteration: 1,
    attempt: 1,
    correlation: 'c',
    at: 1,
    level: 'info',
    message,
    data: null,
  })

/** A journal in memory with its feed, as the host puts them together: committed first, then heard of. */
function createJournal() {
  const entries: JournalEntry[] = []
  const feed = createFeed(0)
  let reads = 0
  const source: StreamSource = {
    feed,
    queries: {
      async journal(after, limit, run) {
        reads += 1
        await Promise.resolve()
        return entries.filter((entry) => entry.position > after && (run === null || entry.run === run)).slice(0, limit)
      },
    },
  }
  return {
    source,
    feed,
    reads: () => reads,
    commit(run: RunId) {
      const entry = entryAt(entries.length + 1, run)
      entries.push(entry)
      feed.committed(entry, null)
    },
    /** Committed, but the feed never hears of this one itself. */
    commitUnheard(run: RunId) {
      entries.push(entryAt(entries.length + 1, run))
    },
    positions: (run: RunId | null) =>
      entries.filter((entry) => run === null || entry.run === run).map(({ position }) => position),
  }
}

/** Takes items until so many entries came. */
async function take<I extends { readonly type: string }>(stream: AsyncGenerator<I>, entries: number): Promise<I[]> {
  const items: I[] = []
  let left = entries
  while (left > 0) {
    const { value, done } = await stream.next()
    if (done === true) break
    items.push(value)
    if (value.type === 'entry') left -= 1
  }
  return items
}

const positionsOf = (items: readonly ({ type: string } | { type: 'entry'; entry: JournalEntry })[]): number[] =>
  items.flatMap((item) => ('entry' in item ? [item.entry.position] : []))

describe('streams of the journal', () => {
  test('each entry comes once and in order, however commits and reads interleave', async () => {
    const step = fc.constantFrom('one', 'two', 'unheard', 'read')
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 80 }),
        fc.nat(20),
        fc.constantFrom(one, null),
        async (steps, from, run) => {
          const journal = createJournal()
          for (let before = 0; before < from; before += 1) journal.commit(before % 2 === 0 ? one : two)
          const after = Math.floor(from / 2)
          const stream =
            run === null
              ? journalStream(journal.source, after, undefined)
              : runStream(journal.source, run, after, { recent: false })
          const expected = (): number[] => journal.positions(run).filter((position) => position > after)
          const got: number[] = []
          for (const what of steps) {
            if (what === 'unheard') journal.commitUnheard(one)
            else if (what !== 'read') journal.commit(what === 'one' ? one : two)
            else if (got.length < expected().filter((position) => position <= journal.feed.head()).length) {
              got.push(...positionsOf(await take(stream, 1)))
            }
          }
          journal.commit(one)
          got.push(...positionsOf(await take(stream, expected().length - got.length)))
          await stream.return()
          expect(got).toEqual(expected())
          expect(journal.feed.watchers()).toBe(0)
        },
      ),
    )
  })

  test('a reader that keeps up never touches the journal', async () => {
    const journal = createJournal()
    const stream = journalStream(journal.source, journal.feed.head(), undefined)
    await stream.next()
    for (let position = 1; position <= 100; position += 1) {
      journal.commit(one)
      expect(positionsOf(await take(stream, 1))).toEqual([position])
    }
    await stream.return()
    expect(journal.reads()).toBe(0)
  })

  test('a reader that falls behind what the feed keeps reads the journal and misses nothing', async () => {
    const journal = createJournal()
    const stream = journalStream(journal.source, journal.feed.head(), undefined)
    await stream.next()
    for (let position = 1; position <= 10_000; position += 1) journal.commit(position % 3 === 0 ? one : two)
    expect(journal.feed.since(0)).toBeUndefined()
    expect(positionsOf(await take(stream, 10_000))).toEqual(journal.positions(null))
    await stream.return()
  })

  test('a signal stands behind the entries that were committed before it was said', async () => {
    const journal = createJournal()
    const stream = runStream(journal.source, one, 0, { recent: false })
    await stream.next()
    journal.commit(one)
    journal.feed.signalled(said('between'))
    journal.commit(two)
    journal.commit(one)
    const items = await take(stream, 2)
    expect(items.map(({ type }) => type)).toEqual(['entry', 'signal', 'entry'])
    await stream.return()
  })

  test('who asks for recent signals gets those at hand of the run, in their places, and nobody else does', async () => {
    const journal = createJournal()
    journal.commit(one)
    journal.feed.signalled(said('before'))
    journal.commit(one)
    journal.feed.signalled(said('behind'))
    const recent = runStream(journal.source, one, 1, { recent: true })
    const live = runStream(journal.source, one, 1, { recent: false })
    const other = runStream(journal.source, two, 1, { recent: true })
    await Promise.all([recent, live, other].map((stream) => stream.next()))
    journal.commit(one)
    const heard = (await take(recent, 2)).map((item) =>
      item.type === 'signal' ? item.signal.type === 'log' && item.signal.message : item.type,
    )
    expect(heard).toEqual(['before', 'entry', 'behind', 'entry'])
    expect((await take(live, 2)).map(({ type }) => type)).toEqual(['entry', 'entry'])
    for (const stream of [recent, live, other]) await stream.return()
  })

  test('signals that nobody takes are let go, the oldest first, and it is said how many', async () => {
    const journal = createJournal()
    const stream = runStream(journal.source, one, 0, { recent: false })
    await stream.next()
    for (let number = 1; number <= 1_200; number += 1) journal.feed.signalled(said(String(number)))
    expect((await stream.next()).value).toEqual({ type: 'missed', signals: 200 })
    expect((await stream.next()).value).toMatchObject({ signal: { message: '201' } })
    await stream.return()
  })

  test('an abort ends a stream that waits, and nobody is left watching', async () => {
    const journal = createJournal()
    const abort = new AbortController()
    const stream = runStream(journal.source, one, 0, { recent: false, abort: abort.signal })
    await stream.next()
    const waiting = stream.next()
    expect(journal.feed.watchers()).toBe(1)
    abort.abort()
    expect(await waiting).toEqual({ done: true, value: undefined })
    expect(journal.feed.watchers()).toBe(0)
  })

  test('closing the feed ends every stream, and one that comes later ends at once', async () => {
    const journal = createJournal()
    const stream = journalStream(journal.source, journal.feed.head(), undefined)
    await stream.next()
    const waiting = stream.next()
    journal.feed.close()
    expect((await waiting).done).toBe(true)
    const late = journalStream(journal.source, journal.feed.head(), undefined)
    await late.next()
    expect((await late.next()).done).toBe(true)
  })

  test('a position that the journal has not come to is refused', () => {
    const feed = createFeed(6)
    expect(startOf(feed, undefined)).toBe(6)
    expect(startOf(feed, 6)).toBe(6)
    expect(() => startOf(feed, 7)).toThrow(Refused)
  })
})
