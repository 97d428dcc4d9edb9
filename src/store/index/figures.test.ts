/** What the index answers of runs that fared well and badly, at once and years later. */
import { beforeEach, describe, expect, test } from 'vitest'
import { draft, outreach, type Parts, SampleRun, sampleRevision } from '../../../test/conformance/samples.ts'
import type { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import type { RunEvent } from '../../model/event.ts'
import type { Failure } from '../../model/failure.ts'
import { CorrelationId, RevisionHash } from '../../model/ids.ts'
import { codeStep, manifestOf } from '../../model/manifest.fixture.ts'
import type { LatencyBucket } from '../format/latency.ts'
import type { Store } from '../open-store.ts'
import { openIndexed } from './indexed-store.fixture.ts'
import type { JournalIndex } from './journal-index.ts'
import type { IndexAnswers } from './answers.ts'

const minute = 60_000
const day = 24 * 60 * minute
const noon = 1_800_000_000_000
const tried = { step: draft, iteration: 1, attempt: 1 } as const

let scratch: ScratchStore
let store: Store
let index: JournalIndex
beforeEach(async () => {
  const opened = await openIndexed()
  scratch = opened.scratch
  store = opened.store
  index = opened.index
  return opened.remove
})

const ask = <T>(call: (answers: IndexAnswers) => T): T => index.answer(1_000, call)
const failure = (message: string): Failure => ({ class: 'transient', name: 'Error', message })

/** A run of one step that begins at an instant and takes so long, in milliseconds; it fails with a failure. */
async function live(number: number, at: number, took: number, why: Failure | null, record: Parts['record'] = {}): Promise<SampleRun> {
  const run = new SampleRun(store.storage, number)
  const commit = async (then: number, parts: Parts, events: RunEvent[], begins: boolean): Promise<void> => {
    const transition = begins ? run.create(parts) : run.next(parts)
    await store.storage.commit({ ...transition, entry: { ...transition.entry, at: then, events } })
  }
  const born = { ...run.record, ...record, createdAt: at }
  await commit(at, { record: born }, [
    { type: 'run_created', run: born, passes: [] },
    { type: 'attempt_started', ...tried, phase: 'run', effect: 'none', timeout: null, allowance: null },
  ], true)
  const status = why === null ? 'completed' : 'failed'
  await commit(at + took, { record: { status, failure: why, endedAt: at + took } }, [
    { type: 'attempt_ended', ...tried, status, failure: why, counts: true },
    ...(why === null ? [] : ([{ type: 'step_failed', step: draft, iteration: 1, failure: why }] as const)),
    ...(why === null ? [] : ([{ type: 'run_closing', closing: { outcome: 'failed', failure: why } }] as const)),
    { type: 'run_moved', to: status, waiting: null },
  ], false)
  return run
}

describe('figures of a range', () => {
  const of = (from: number, to: number) => ask((answers) => answers.metrics({ from, to, workflow: null }, []))

  test('hold what happened in it and nothing else', async () => {
    await live(1, noon, 100, null)
    await live(2, noon + minute, 200, failure('busy'))
    await live(3, noon + 20 * minute, 100, null)
    const { outcomes, steps, errors, recovery, bucket } = of(noon, noon + 5 * minute)
    expect(bucket).toBe(10_000)
    expect(outcomes).toHaveLength(30)
    expect(outcomes[0]).toEqual({ at: noon, started: 1, completed: 1, failed: 0, cancelled: 0 })
    expect(outcomes[6]).toEqual({ at: noon + minute, started: 1, completed: 0, failed: 1, cancelled: 0 })
    expect(outcomes.filter(({ started }) => started > 0)).toHaveLength(2)
    expect(steps).toMatchObject([{ workflow: outreach, step: draft, count: 2, failed: 1 }])
    expect(Math.abs((steps[0]?.p95 ?? 0) - 200)).toBeLessThan(10)
    expect(errors).toMatchObject([{ class: 'transient', count: 1, ended: { failed: 1, open: 0 } }])
    expect(recovery).toEqual({ errors: 1, byItself: 0 })
  })

  test('are told in wider buckets once they are older, and add up to the same', async () => {
    await live(1, noon, 100, null)
    await live(2, noon + minute, 100, null)
    const buckets = []
    for (const [number, later] of [[3, 3 * day], [4, 30 * day], [5, 800 * day]] as const) {
      await live(number, noon + later, 100, null)
      const { bucket, outcomes } = of(noon, noon + 5 * minute)
      buckets.push(bucket)
      expect(outcomes.reduce((sum, { completed }) => sum + completed, 0)).toBe(2)
    }
    expect(buckets).toEqual([5 * minute, 60 * minute, 60 * minute])
  })

  test('commits that wait to be written are in it, once', () => {
    const waiting: LatencyBucket[] = [{ at: noon, cells: [[80, 3]] }]
    const { commits, commitTotal } = ask((answers) => answers.metrics({ from: noon, to: noon + minute, workflow: null }, waiting))
    expect(commits[0]?.count).toBe(3)
    expect(commitTotal.count).toBe(3)
    expect(commitTotal.p99).toBeGreaterThan(0)
  })
})

describe('failures that nobody has made good', () => {
  const since = (at: number) => ask((answers) => answers.failures(at).groups)
  const correlation = CorrelationId.parse('order-7')

  test('are one where they differ in numbers alone, and told by the newest', async () => {
    await live(1, noon, 10, failure('slot 1 is taken'))
    const second = await live(2, noon + minute, 10, failure('slot 22 is taken'))
    const other = await live(3, noon + 2 * minute, 10, failure('no slots'))
    expect(since(noon)).toMatchObject([
      { count: 1, runs: [other.id], step: draft, workflow: outreach },
      { count: 2, failure: { message: 'slot 22 is taken' }, firstAt: noon + 10, lastAt: noon + minute + 10 },
    ])
    expect(since(noon)[1]?.runs[0]).toBe(second.id)
    expect(since(noon + minute)).toMatchObject([{ count: 1 }, { count: 1 }])
  })

  test('name the newest twenty runs and count them all', async () => {
    for (let number = 1; number <= 25; number++) await live(number, noon + number, 10, failure('busy'))
    const [group] = since(noon)
    expect([group?.count, group?.runs.length]).toEqual([25, 20])
  })

  test('leave once a later run under their correlation id completed, not by one that failed or was before', async () => {
    await live(1, noon, 10, null, { correlation })
    const failed = await live(2, noon, 10, failure('busy'), { correlation })
    await live(3, noon, 10, null, { correlation: CorrelationId.parse('another') })
    expect(since(noon)).toMatchObject([{ runs: [failed.id] }])
    await live(4, noon, 10, failure('busy'), { correlation })
    expect(since(noon)).toMatchObject([{ count: 2 }])
    await live(5, noon, 10, null, { correlation })
    expect(since(noon)).toEqual([])
  })
})

describe('workflows', () => {
  test('fare as their runs did since then; what went wrong last is told however long ago', async () => {
    const bad = await live(1, noon, 500, failure('busy'))
    await live(2, noon + 5 * day, 1_000, null)
    const [health, ...others] = ask((answers) => answers.health(noon + day))
    expect(others).toEqual([])
    expect(health).toMatchObject({ workflow: outreach, runs: 1, completed: 1, failed: 0, cancelled: 0, lastRunAt: noon + 5 * day })
    expect(health?.lastFailure).toMatchObject({ run: bad.id, at: noon + 500, failure: { message: 'busy' } })
    expect(Math.abs((health?.p50 ?? 0) - 1_000)).toBeLessThan(50)
  })

  test('are told where the row of a run says something that is no name of one', async () => {
    await live(1, noon, 10, null)
    await live(2, noon, 10, null)
    scratch.damage("UPDATE run SET workflow = 'no name!' WHERE number = 2")
    expect(ask((answers) => answers.health(noon))).toMatchObject([{ workflow: outreach }])
  })

  test('have revisions, newest first, and each as many runs as were started on it', async () => {
    const hash = RevisionHash.parse('cd'.repeat(32))
    const manifest = manifestOf('outreach', [codeStep('draft'), codeStep('send')])
    await store.storage.saveRevision({ ...sampleRevision, hash, manifest, loadedAt: sampleRevision.loadedAt + 1 })
    await store.storage.saveRevision({
      ...sampleRevision,
      hash: RevisionHash.parse('ef'.repeat(32)),
      manifest: manifestOf('other', [codeStep('draft')]),
    })
    await live(1, noon, 10, null)
    await live(2, noon, 10, null, { revision: hash })
    await live(3, noon + 400 * day, 10, null)
    expect(ask((answers) => answers.revisions(outreach))).toMatchObject([
      { hash, runs: 1, storedAt: sampleRevision.loadedAt + 1 },
      { hash: sampleRevision.hash, runs: 2 },
    ])
  })
})
