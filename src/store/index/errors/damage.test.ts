/** What verification finds, among the errors of all runs: on record once, where it belongs, until it is mended. */
import { beforeEach, expect, test } from 'vitest'
import { errorId, outreach, runId, sampleError, SampleRun } from '../../../../test/conformance/samples.ts'
import { hostActor } from '../../../model/actor.ts'
import type { ErrorPlace, ErrorQuery } from '../../../model/error-query.ts'
import type { HostEvent, RunEvent } from '../../../model/event.ts'
import { failureOf, type Finding } from '../../../model/integrity.ts'
import type { Store } from '../../open-store.ts'
import { openIndexed } from '../indexed-store.fixture.ts'
import type { JournalIndex } from '../journal-index.ts'

let store: Store
let index: JournalIndex
beforeEach(async () => {
  const opened = await openIndexed()
  store = opened.store
  index = opened.index
  return opened.remove
})

const ofNobody: Finding = { object: 'journal', key: '5', detail: 'its digest does not match', run: null, nearest: null }
const itsRow: Finding = { object: 'run', key: runId(1), detail: 'its checksum does not match', run: runId(1), nearest: null }
const itsValue: Finding = { object: 'value', key: 'l/a', detail: 'its bytes do not have this address', run: runId(1), nearest: 3 }

const found = (finding: Finding): HostEvent => ({ type: 'damage_found', finding, failure: failureOf(finding) })
const mended = (finding: Finding): HostEvent => ({ type: 'damage_mended', finding })
const happened = (at: number, ...[first, ...others]: [HostEvent, ...HostEvent[]]) =>
  store.storage.record({ at, actor: hostActor, correlation: null, run: null, events: [first, ...others] })

const any = { since: 0, until: null, class: null, workflow: null, status: null } as const
const groups = (query: Partial<ErrorQuery> = {}) => index.answer(1_000, (answers) => answers.errorGroups({ ...any, ...query }, null, 100))
const errorsOf = (fingerprint: string, limit = 100, after: ErrorPlace | null = null) =>
  index.answer(1_000, (answers) => answers.errorsOfGroup(fingerprint, any, after, limit))
const messages = () => groups().groups.map(({ newest }) => newest.error.failure.message)

/** A run that has this on record itself. */
async function erring(number: number, ...events: [RunEvent, ...RunEvent[]]): Promise<SampleRun> {
  const run = new SampleRun(store.storage, number)
  await store.storage.commit(run.create())
  await said(run, ...events)
  return run
}

async function said(run: SampleRun, ...events: [RunEvent, ...RunEvent[]]): Promise<void> {
  const errors = events.flatMap((event) => (event.type === 'error_opened' ? event.error : []))
  const transition = run.next({ errors })
  await store.storage.commit({ ...transition, entry: { ...transition.entry, at: 50, events } })
}

const corrupt = { class: 'corruption', name: 'CorruptionFound', message: 'value l/a is corrupt' } as const
const opened: RunEvent = { type: 'error_opened', error: sampleError({ id: errorId(9), fingerprint: 'of the run', failure: corrupt, openedAt: 50 }) }

test('damage that no run can have on record is an error of the store, from when it was found to when it was mended', async () => {
  const { position } = await happened(100, found(ofNobody), found(itsRow))
  const { groups: open, total, ever } = groups()
  expect({ total, ever }).toEqual({ total: { groups: 2, errors: 2 }, ever: true })
  expect(open).toHaveLength(2)
  expect(open).toContainEqual(
    expect.objectContaining({ workflow: null, step: null, count: 1, runs: 0, newestRuns: [], firstAt: 100, lastAt: 100, outcomes: { recovering: 0, waiting: 1, recovered: 0, failed: 0, withdrawn: 0 } }),
  )
  const row = open.find(({ newest }) => newest.error.failure.message.startsWith('run'))
  expect(row?.newest).toEqual({
    run: null,
    workflow: null,
    error: {
      entry: position,
      finding: itsRow,
      status: 'waiting',
      severity: 'critical',
      failure: failureOf(itsRow),
      fingerprint: row?.fingerprint,
      openedAt: 100,
      closedAt: null,
    },
  })
  await happened(180, mended(itsRow))
  expect(errorsOf(row?.fingerprint ?? '')).toMatchObject({ group: { outcomes: { waiting: 0, recovered: 1 } }, errors: [{ error: { status: 'recovered', closedAt: 180 } }] })
  expect(groups({ status: 'waiting' }).groups).toMatchObject([{ newest: { error: { finding: ofNobody } } }])
})

test('found once more while it stands, as by a host that does not know of it, it is the same; after it was mended, another', async () => {
  await happened(100, found(ofNobody))
  await happened(200, found(ofNobody))
  expect(groups()).toMatchObject({ groups: [{ count: 1, firstAt: 100, lastAt: 100 }] })
  await happened(300, mended(ofNobody))
  await happened(400, found(ofNobody))
  expect(groups()).toMatchObject({ groups: [{ count: 2, firstAt: 100, lastAt: 400, outcomes: { recovered: 1, waiting: 1 } }] })
})

test('like ones are told together, each of them once from page to page', async () => {
  for (const key of ['5', '6', '7']) await happened(100, found({ ...ofNobody, key }))
  const [group] = groups().groups
  expect(group).toMatchObject({ count: 3, runs: 0 })
  const first = errorsOf(group?.fingerprint ?? '', 2)
  const second = errorsOf(group?.fingerprint ?? '', 2, first.next)
  const keys = [...first.errors, ...second.errors].map((view) => view.run === null && view.error.finding.key)
  expect(keys).toEqual(['7', '6', '5'])
})

test('a store that takes the place of this one was found whole: what stood is over', async () => {
  await happened(100, found(ofNobody), found(itsRow))
  await happened(200, { type: 'backup_restored', from: 'a.db', replaced: null, kept: null })
  expect(groups({ status: 'waiting' }).groups).toEqual([])
  expect(groups({ status: 'recovered' }).total).toEqual({ groups: 2, errors: 2 })
})

test('what its run has on record, whoever met it first, is told there and not beside it', async () => {
  await happened(40, found(itsValue))
  expect(messages()).toEqual([expect.stringContaining('value l/a')])
  const run = await erring(1, opened)
  await happened(60, found({ ...itsValue, key: 'l/b' }))
  expect(groups().groups).toMatchObject([{ fingerprint: 'of the run', newest: { run: run.id } }])

  await said(run, { type: 'error_closed', id: errorId(9), status: 'recovered' })
  await happened(70, found({ ...itsValue, key: 'l/c' }))
  expect(messages(), 'as nothing is open of it any more').toContainEqual(expect.stringContaining('value l/c'))
})

test('damage of rows without which a run cannot be read is of the store, whatever the run had on record before', async () => {
  await erring(1, opened)
  await happened(60, found(itsRow), found({ ...itsRow, object: 'step', key: '1/draft' }))
  expect(messages()).toEqual(expect.arrayContaining([expect.stringMatching(/^run /), expect.stringMatching(/^step /)]))
})

test('what a run has on record that was set aside for its control rows follows from that: nobody can read it there', async () => {
  const itsRows: Finding = { ...itsRow, detail: 'a step of it is missing' }
  await happened(40, found(itsRows))
  const run = await erring(1, opened)
  expect(groups()).toMatchObject({ total: { groups: 1, errors: 1 }, groups: [{ count: 1, newest: { run: null, error: { finding: itsRows } } }] })

  await happened(60, mended(itsRows))
  await said(run, { type: 'error_closed', id: errorId(9), status: 'recovered' })
  await erring(2, { ...opened, error: sampleError({ id: errorId(10), fingerprint: 'of another', failure: corrupt, openedAt: 50 }) })
  expect(groups()).toMatchObject({ total: { groups: 2, errors: 2 } })
})

test('damage that stands once what its run had on record is over is the store\'s own, until it is mended', async () => {
  const other: Finding = { ...itsValue, key: 'l/b' }
  await happened(40, found(itsValue))
  const run = await erring(1, opened)
  await happened(60, found(other))
  expect(groups().total).toEqual({ groups: 1, errors: 1 })
  await said(run, { type: 'error_closed', id: errorId(9), status: 'recovered' })
  await happened(70, mended(itsValue))
  expect(groups({ status: 'waiting' })).toMatchObject({ total: { groups: 1, errors: 1 }, groups: [{ newest: { run: null, error: { finding: other } } }] })
  await happened(80, mended(other))
  expect(groups({ status: 'waiting' }).total.errors).toBe(0)
})

test('what was written on an earlier row of a run is told by that run, which can be read', async () => {
  await happened(40, found({ ...ofNobody, run: runId(1) }))
  const run = await erring(1, opened)
  expect(groups()).toMatchObject({ total: { groups: 1, errors: 1 }, groups: [{ newest: { run: run.id } }] })
})

test('it is of no workflow, of its class, and in the figures', async () => {
  await happened(100, found(ofNobody))
  expect(groups({ workflow: outreach }).groups).toEqual([])
  expect(groups({ class: 'corruption' }).groups).toHaveLength(1)
  const figures = index.answer(1_000, (answers) => answers.errorFigures({ ...any, until: 10_000 }))
  expect(figures.classes).toMatchObject([{ class: 'corruption', count: 1, outcomes: { waiting: 1 } }])
})
