import { describe, expect, test } from 'vitest'
import type { EachItem } from '../contract/each.ts'
import type { Act, RunControl } from '../engine/control.ts'
import { Conflict, NotFound, Refused, Unavailable } from '../model/control-errors.ts'
import { RunId } from '../model/ids.ts'
import type { RunRecord } from '../model/run.ts'
import { each, type EachParts, select, type Selected } from './each.ts'

const runIds = (count: number): RunId[] =>
  Array.from({ length: count }, (_, index) => RunId.parse(String(index).padStart(26, '0')))

const all = (runs: readonly RunId[]): Selected => new Map(runs.map((run) => [run, null]))

/** Run control whose cancellations end when the test says so, each in its own way. */
function createControl() {
  const begun: Act[] = []
  const waiting = new Map<RunId, PromiseWithResolvers<RunRecord>>()
  const troubles: string[] = []
  let heard: () => void = () => undefined
  const never = (): Promise<never> => Promise.reject(new Error('not asked for here'))
  const control: RunControl = {
    start: never,
    check: never,
    decide: never,
    consequences: never,
    pause: never,
    resume: never,
    restore: never,
    rollback: never,
    previewRollback: never,
    recoverRun: never,
    previewRecovery: never,
    replay: never,
    previewReplay: never,
    preview: never,
    checkpoint: never,
    nameBranch: never,
    keep: never,
    breakers: () => [],
    resetBreaker: never,
    throttles: () => [],
    resetThrottle: never,
    resetRecoveries: never,
    resources: () => [],
    queue: () => ({ queued: 0, most: 0 }),
    cancel(act) {
      begun.push(act)
      const answer = Promise.withResolvers<RunRecord>()
      waiting.set(act.run, answer)
      heard()
      return answer.promise
    },
  }
  const parts: EachParts = {
    control,
    person: 'ann',
    clock: { now: () => 0, at: () => () => undefined },
    search: { search: never, counts: never, matching: never },
    troubled: (what) => troubles.push(what),
  }
  return {
    parts,
    begun,
    troubles,
    /** Resolves once so many have begun. */
    async until(count: number): Promise<void> {
      while (begun.length < count) {
        await new Promise<void>((resolve) => {
          heard = resolve
        })
      }
    },
    fail: (run: RunId, error: unknown) => waiting.get(run)?.reject(error),
  }
}

const cancel = { action: 'cancel', reason: 'too many', actor: undefined } as const
const ended = (run: RunId) => new Conflict(`run ${run} has ended: completed`, { status: 'completed', version: 7 })

async function rest(stream: AsyncGenerator<EachItem, void>): Promise<EachItem[]> {
  const items: EachItem[] = []
  for await (const item of stream) items.push(item)
  return items
}

describe('the same to many runs', () => {
  test('at most 16 are under way, and results come in the order in which they finish', async () => {
    const runs = runIds(40)
    const control = createControl()
    const stream = each(control.parts, cancel, all(runs), undefined)
    expect((await stream.next()).value).toEqual({ type: 'planned', total: 40 })
    const told: unknown[] = []
    for (let from = 0; from < runs.length; from += 16) {
      const wave = runs.slice(from, from + 16)
      const first = stream.next()
      await control.until(from + wave.length)
      expect(control.begun).toHaveLength(from + wave.length)
      const order = wave.toReversed()
      for (const run of order) {
        control.fail(run, ended(run))
        await Promise.resolve()
      }
      told.push((await first).value)
      for (let more = 1; more < wave.length; more += 1) told.push((await stream.next()).value)
      const conflict = { type: 'result', outcome: 'conflict', status: 'completed' }
      const message = expect.stringContaining('has ended')
      expect(told.slice(from)).toEqual(order.map((run) => ({ ...conflict, run, message })))
    }
    expect(await rest(stream)).toEqual([{ type: 'finished', done: 0, failed: 40 }])
    expect(control.begun.map(({ run }) => run)).toEqual(runs)
  })

  test('nothing more is begun once nobody listens, whether the stream is closed or its caller is gone', async () => {
    for (const end of ['closed', 'aborted']) {
      const control = createControl()
      const gone = new AbortController()
      const stream = each(control.parts, cancel, all(runIds(100)), gone.signal)
      await stream.next()
      const first = stream.next()
      await control.until(16)
      const [run] = runIds(1)
      if (run === undefined) throw new Error('there is a run')
      control.fail(run, ended(run))
      await first
      if (end === 'aborted') gone.abort()
      else await stream.return()
      expect((await stream.next()).done).toBe(true)
      for (const other of runIds(16)) control.fail(other, ended(other))
      await new Promise(setImmediate)
      expect(control.begun, end).toHaveLength(16)
    }
  })

  test.each([
    [(run: RunId) => new NotFound('run', run, 'list the runs'), 'not_found', 'list the runs'],
    [() => new Unavailable('the engine is closing'), 'unavailable', 'the engine is closing'],
    [
      () => new Refused('it cannot be', [{ class: 'validation', name: 'R', message: 'm', wayOut: 'do otherwise' }]),
      'refused',
      'it cannot be: do otherwise',
    ],
    [() => new TypeError('x is not a function'), 'unavailable', 'see its log'],
  ])('says why it was not done: %s', async (error, outcome, message) => {
    const control = createControl()
    const [run] = runIds(1)
    if (run === undefined) throw new Error('there is a run')
    const items = rest(each(control.parts, cancel, new Map([[run, 3]]), undefined))
    await control.until(1)
    expect(control.begun).toEqual([{ run, seen: 3, actor: { kind: 'person', name: 'ann' }, reason: 'too many' }])
    control.fail(run, error(run))
    expect(await items).toEqual([
      { type: 'planned', total: 1 },
      { type: 'result', run, outcome, status: null, message: expect.stringContaining(message) },
      { type: 'finished', done: 0, failed: 1 },
    ])
    expect(control.troubles).toHaveLength(message === 'see its log' ? 1 : 0)
  })
})

describe('a selection', () => {
  test('has each run once, as it was first named', async () => {
    const { parts } = createControl()
    const [one, two] = runIds(2)
    if (one === undefined || two === undefined) throw new Error('there are two runs')
    const named = [{ run: two, seen: 4 }, { run: one }, { run: two, seen: 9 }]
    expect([...(await select(parts, { runs: named }))]).toEqual([
      [two, 4],
      [one, null],
    ])
  })

  test('by a query has the runs that it finds, as they were found, and no more than one call takes', async () => {
    const { parts } = createControl()
    const [one, upTo] = runIds(2)
    if (one === undefined || upTo === undefined) throw new Error('there are two runs')
    const matching = (count: number): EachParts['search'] => ({
      ...parts.search,
      matching: (query) => {
        expect(query).toMatchObject({ upTo, now: 0 })
        return Promise.resolve(runIds(count).map((run) => ({ run, version: 5 })))
      },
    })
    const on = { query: 'status:failed', upTo }
    expect([...(await select({ ...parts, search: matching(1) }, on))]).toEqual([[one, 5]])
    await expect(select({ ...parts, search: matching(100_001) }, on)).rejects.toMatchObject({
      name: 'Refused',
      message: expect.stringContaining('100001 runs'),
      failures: [{ path: 'on.query' }],
    })
    const unread = select(parts, { ...on, query: 'status:' })
    await expect(unread).rejects.toMatchObject({ name: 'Refused', failures: [{ path: 'query' }] })
  })
})
