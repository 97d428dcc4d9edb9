import { getEventListeners } from 'node:events'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decisionId,
  type Parts,
  runId,
  sampleAttempt,
  sampleDecision,
  sampleLog,
  sampleStep,
} from '../conformance/samples.ts'
import { applyChange } from '../../src/client/apply-change.ts'
import type { FollowItem } from '../../src/contract/streams.ts'
import { RevisionHash } from '../../src/model/ids.ts'
import type { RunDetail } from '../../src/model/views.ts'
import { Committing, one } from '../../src/service/committing.fixture.ts'
import { followStream } from '../../src/service/follow-stream.ts'

const small = fc.integer({ min: 1, max: 3 })
const someParts: fc.Arbitrary<Parts> = fc.record({
  steps: fc.array(small.map((iteration) => sampleStep({ iteration })), { maxLength: 2 }),
  attempts: fc.array(
    fc.tuple(small, small).map(([iteration, attempt]) => sampleAttempt({ iteration, attempt })),
    { maxLength: 2 },
  ),
  decisions: fc.array(small.map((id) => sampleDecision({ id: decisionId(id) })), { maxLength: 2 }),
})

const someStep = fc.oneof(
  fc.constant('read' as const),
  fc.constantFrom('say' as const, 'write' as const),
  // The host hears of a commit when it can be read already, and of some never.
  fc.record({ run: fc.constantFrom(1, 1, 2), heard: fc.constantFrom('now', 'now', 'now', 'later', 'never'), parts: someParts }),
)

async function next(stream: AsyncGenerator<FollowItem, void>): Promise<FollowItem> {
  const { value, done } = await stream.next()
  if (done === true) throw new Error('the stream ended')
  return value
}

function messagesOf(item: FollowItem): string[] {
  if (item.type !== 'whole') throw new Error(`not whole, but ${item.type}`)
  return item.signals.map((signal) => (signal.type === 'log' ? signal.message : signal.type))
}

/** What a screen knows of the run that it follows. */
function screen() {
  let detail: RunDetail | undefined
  let said: string[] = []
  return {
    detail: () => detail,
    said: () => said,
    show(item: FollowItem): void {
      if (item.type === 'whole') {
        detail = item.detail
        said = messagesOf(item)
      } else if (item.type === 'changed') {
        if (detail === undefined) throw new Error('a change before the run')
        expect(item.record.version).toBe(detail.record.version + 1)
        expect(item.entry.position).toBeGreaterThan(detail.position)
        detail = applyChange(detail, item)
      } else if (item.type === 'signal' && item.signal.type === 'log') said = [...said, item.signal.message]
    },
  }
}

describe('a follower', () => {
  test('knows the run as it is, however commits, signals and reads interleave', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(someStep, { maxLength: 40 }), async (steps) => {
        const store = new Committing()
        await store.commit(1)
        const stream = followStream(store, one, undefined)
        const { show, detail, said } = screen()
        const untold: (() => void)[] = []
        const hear = (): void => untold.splice(0).forEach((tell) => tell())
        const isCaughtUp = (): boolean =>
          (detail()?.record.version ?? 0) >= (store.heard.get(one) ?? 0) && said().length === store.said.length

        for (const step of steps) {
          if (step === 'say') store.say(sampleLog(one, String(store.said.length), { at: store.said.length % 7 }))
          else if (step === 'write') store.write()
          else if (step === 'read') {
            if (!isCaughtUp()) show(await next(stream))
          } else {
            const tell = await store.store(step.run, step.parts)
            if (step.heard !== 'never') untold.push(tell)
            if (step.heard === 'now') hear()
          }
        }
        hear()
        await store.commit(1)
        while (!isCaughtUp()) show(await next(stream))
        expect({ ...detail(), position: 0 }).toEqual({ ...store.detail(one), position: 0 })
        expect(said().toSorted()).toEqual(store.said.map((_, index) => String(index)).toSorted())
        await stream.return()
        expect(store.feed.watchers()).toBe(0)
      }),
    )
  })

  test('hears of what is committed and said while the run is read, once', async () => {
    const store = new Committing()
    await store.commit(1)
    store.say(sampleLog(one, 'before'))
    store.reading = async () => {
      store.reading = async () => {}
      store.say(sampleLog(one, 'meanwhile, and written'))
      store.write()
      store.say(sampleLog(one, 'meanwhile'))
      await store.commit(1, { steps: [sampleStep()] })
    }
    const stream = followStream(store, one, undefined)
    const whole = await next(stream)
    expect(whole).toMatchObject({ type: 'whole', detail: { record: { version: 2 }, steps: [{ iteration: 1 }] } })
    expect(messagesOf(whole)).toEqual(['before', 'meanwhile, and written', 'meanwhile'])
    store.say(sampleLog(one, 'behind'))
    await store.commit(1)
    expect(await next(stream)).toMatchObject({ type: 'signal', signal: { message: 'behind' } })
    expect(await next(stream)).toMatchObject({ type: 'changed', record: { version: 3 }, entry: { version: 3 } })
    await stream.return()
  })

  test('that falls behind what the feed keeps gets the run whole again, with what it was told already', async () => {
    const store = new Committing()
    await store.commit(1)
    const stream = followStream(store, one, undefined)
    await next(stream)
    store.say(sampleLog(one, 'not written yet'))
    expect(await next(stream)).toMatchObject({ type: 'signal' })
    for (let count = 0; count < 5_000; count += 1) await store.commit(2)
    await store.commit(1)
    const whole = await next(stream)
    expect(whole).toMatchObject({ type: 'whole', detail: { position: 5_002, record: { version: 2 } } })
    expect(messagesOf(whole)).toEqual(['not written yet'])
    await stream.return()
    expect(store.feed.watchers()).toBe(0)
  })

  test('of a run that goes on with another definition gets it whole again, and goes on from there', async () => {
    const store = new Committing()
    await store.commit(1)
    const stream = followStream(store, one, undefined)
    await next(stream)
    const revision = RevisionHash.parse('ef'.repeat(32))
    await store.commit(1, { record: { revision, workflowVersion: 2 } })
    expect(await next(stream)).toMatchObject({ type: 'whole', detail: { record: { version: 2, revision } } })
    await store.commit(1)
    expect(await next(stream)).toMatchObject({ type: 'changed', record: { version: 3, revision } })
    await stream.return()
  })

  test('gets the newest signals, and is told of how many were let go later', async () => {
    const store = new Committing()
    await store.commit(1)
    for (let number = 0; number < 300; number += 1) store.say(sampleLog(one, String(number), { at: number }))
    const stream = followStream(store, one, undefined)
    expect(messagesOf(await next(stream))).toEqual(Array.from({ length: 200 }, (_, index) => String(100 + index)))
    for (let number = 0; number < 1_200; number += 1) store.say(sampleLog(one, String(number)))
    expect(await next(stream)).toEqual({ type: 'missed', signals: 200 })
    await stream.return()
  })

  test('that falls behind again and again leaves nothing behind on the signal that ends it', async () => {
    const store = new Committing()
    await store.commit(1)
    const abort = new AbortController()
    const stream = followStream(store, one, abort.signal)
    for (let times = 0; times < 3; times += 1) {
      expect(await next(stream)).toMatchObject({ type: 'whole' })
      await store.store(2)
      await store.commit(2)
    }
    await next(stream)
    expect(getEventListeners(abort.signal, 'abort')).toHaveLength(1)
    await stream.return()
    expect(getEventListeners(abort.signal, 'abort')).toHaveLength(0)
  })

  test('ends at once where it is aborted or the feed closes, and at a run that is not there', async () => {
    const store = new Committing()
    await store.commit(1)
    const abort = new AbortController()
    const [aborted, closed] = [followStream(store, one, abort.signal), followStream(store, one, undefined)]
    await Promise.all([next(aborted), next(closed)])
    const ends = [aborted.next(), closed.next()]
    abort.abort()
    store.feed.close()
    expect((await Promise.all(ends)).map(({ done }) => done)).toEqual([true, true])
    expect((await followStream(store, runId(9), undefined).next()).done).toBe(true)
    expect(store.feed.watchers()).toBe(0)
  })
})
