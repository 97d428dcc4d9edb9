/** What the index makes of a run that had ended, was sent back, and ended again. */
import { beforeEach, expect, test } from 'vitest'
import { draft, SampleRun, sampleAttempt, sampleRevision, sampleStep } from '../../../test/conformance/samples.ts'
import type { RunEvent } from '../../model/event.ts'
import { RevisionHash } from '../../model/ids.ts'
import type { Failure } from '../../model/failure.ts'
import type { RunQuery } from '../../model/found-runs.ts'
import type { Term } from '../../model/query/terms.ts'
import type { Store } from '../open-store.ts'
import type { IndexAnswers } from './answers.ts'
import { openIndexed } from './indexed-store.fixture.ts'
import type { JournalIndex } from './journal-index.ts'

const noon = 1_800_000_000_000
const minute = 60_000
const at = { step: draft, iteration: 1 } as const
const busy: Failure = { class: 'transient', name: 'Error', message: 'busy' }
const person = { kind: 'person', name: 'ann' } as const

let store: Store
let index: JournalIndex
let run: SampleRun
let time: number

beforeEach(async () => {
  const opened = await openIndexed()
  store = opened.store
  index = opened.index
  run = new SampleRun(store.storage, 1)
  time = noon
  return opened.remove
})

type Move = Parameters<SampleRun['next']>[0]

async function commit(events: RunEvent[], parts: Move, by?: typeof person): Promise<void> {
  time += minute
  const isNew = run.record.version === 0
  const transition = isNew ? run.create(parts) : run.next(parts)
  const entry = { ...transition.entry, at: time, events, ...(by === undefined ? {} : { actor: by }) }
  await store.storage.commit({ ...transition, entry })
}

const started: RunEvent = { type: 'attempt_started', ...at, attempt: 1, phase: 'run', effect: 'none', timeout: null, allowance: null }
const tried = (branch: number) => ({
  steps: [sampleStep({ branch, status: 'running' })],
  attempts: [sampleAttempt({ branch })],
})

async function begin(): Promise<void> {
  run.record = { ...run.record, createdAt: noon }
  await commit([{ type: 'run_created', run: run.record, passes: [] }, started], tried(0))
}

async function fail(): Promise<void> {
  const { branch } = run.record
  await commit(
    [
      { type: 'attempt_ended', ...at, attempt: 1, status: 'failed', failure: busy, counts: true },
      { type: 'step_failed', ...at, failure: busy },
      { type: 'run_closing', closing: { outcome: 'failed', failure: busy } },
      { type: 'run_moved', to: 'failed', waiting: null },
    ],
    {
      record: { status: 'failed', failure: busy, endedAt: time + minute },
      steps: [sampleStep({ branch, status: 'failed', failure: busy })],
      attempts: [sampleAttempt({ branch, status: 'failed' })],
    },
  )
}

async function complete(): Promise<void> {
  const { branch } = run.record
  await commit(
    [
      { type: 'attempt_ended', ...at, attempt: 1, status: 'completed', failure: null, counts: true },
      { type: 'run_moved', to: 'completed', waiting: null },
    ],
    {
      record: { status: 'completed', endedAt: time + minute },
      steps: [sampleStep({ branch, status: 'completed' })],
      attempts: [sampleAttempt({ branch, status: 'completed' })],
    },
  )
}

/** `before` is what the restore ends on the branch that is left; with `mended`, the run goes on with another definition. */
async function goBack(before: RunEvent[] = [], mended?: RevisionHash): Promise<void> {
  const input = run.seal('migrated')
  const basis = mended === undefined ? null : { workflowVersion: 2, revision: mended, input: input.address, context: run.record.context }
  const parent = run.record.branch
  const branch = parent + 1
  await commit(
    [
      ...before,
      { type: 'run_restored', to: 0, parent, branch, generation: branch, byItself: false, kept: {}, passes: [sampleStep({ branch })], loops: {}, basis },
      started,
      { type: 'run_moved', to: 'running', waiting: null },
    ],
    {
      branch: { parent, from: 0, why: null },
      changes: [],
      values: [input],
      record: { status: 'running', failure: null, endedAt: null, ...basis },
      ...tried(branch),
    },
    person,
  )
}

const ask = <T>(call: (answers: IndexAnswers) => T): T => index.answer(1_000, call)
const failures = () => ask((answers) => answers.failures(noon).groups)
const figures = () => ask((answers) => answers.metrics({ from: noon, to: noon + 20 * minute, workflow: null }, []))

function outcomes() {
  const count = (of: 'started' | 'completed' | 'failed'): number => figures().outcomes.reduce((sum, bucket) => sum + bucket[of], 0)
  return { started: count('started'), completed: count('completed'), failed: count('failed') }
}

function found(...terms: Term[]): number {
  const query: RunQuery = { terms, now: time, upTo: null }
  return ask((answers) => answers.search({ ...query, offset: 0, limit: 10, sort: null })).total
}

const isFailed: Term = { field: 'status', not: false, any: [{ status: 'failed', waiting: null }] }
const endedLately: Term = { field: 'ended', not: false, any: [{ op: '<', moment: { ago: 60 * minute } }] }

test('it leaves the failures at once, and comes back where it fails anew', async () => {
  await begin()
  await fail()
  expect(failures()).toMatchObject([{ runs: [run.id], count: 1, lastAt: time }])
  await goBack()
  expect(failures()).toEqual([])
  await fail()
  expect(failures()).toMatchObject([{ runs: [run.id], count: 1, step: draft, lastAt: time }])
  await goBack()
  await complete()
  expect(failures()).toEqual([])
})

test('it is found as it is now, with the attempts of every branch', async () => {
  await begin()
  await fail()
  expect([found(isFailed), found(endedLately)]).toEqual([1, 1])
  await goBack()
  expect([found(isFailed), found(endedLately)]).toEqual([0, 0])
  expect(ask((answers) => answers.search({ terms: [], now: time, upTo: null, offset: 0, limit: 1, sort: null })).runs).toMatchObject([
    { status: 'running', endedAt: null, failure: null, attempts: 2, at: [draft] },
  ])
})

test('it counts under each end that it came to, and not for how long it took', async () => {
  await begin()
  await fail()
  await goBack()
  await complete()
  expect(outcomes()).toEqual({ started: 1, completed: 1, failed: 1 })
  const [health] = ask((answers) => answers.health(noon))
  expect(health).toMatchObject({ runs: 1, completed: 1, failed: 1, p50: null, p95: null, lastFailure: null })
})

test('gone on with another definition, it is found by what it then holds, and its beginning stays where it was counted', async () => {
  const mended = RevisionHash.parse('ef'.repeat(32))
  await store.storage.saveRevision({ ...sampleRevision, hash: mended })
  await begin()
  await fail()
  const text: Term = { field: 'text', not: false, any: ['migrated'] }
  expect(found(text)).toBe(0)
  await goBack([], mended)
  expect(found(text)).toBe(1)
  await complete()
  const revisions = ask((answers) => answers.revisions(run.record.workflow))
  expect(revisions.map(({ hash, runs }) => [hash, runs])).toEqual(expect.arrayContaining([[sampleRevision.hash, 1], [mended, 0]]))
})

test('whoever sends it back ends what had gone wrong with it', async () => {
  await begin()
  const failed: RunEvent = { type: 'attempt_ended', ...at, attempt: 1, status: 'failed', failure: busy, counts: true }
  const backoff: RunEvent = { type: 'step_waiting', ...at, for: 'backoff', until: time + minute, failure: busy }
  await commit([failed, backoff], { attempts: [sampleAttempt({ status: 'failed' })] })
  await goBack([{ type: 'step_superseded', ...at }])
  await complete()
  expect(figures().errors).toMatchObject([{ class: 'transient', count: 1, ended: { person: 1, retried: 0, skipped: 0, open: 0 } }])
  expect(figures().recovery).toEqual({ errors: 1, byItself: 0 })
})
