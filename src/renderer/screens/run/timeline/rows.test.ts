import { expect, test } from 'vitest'
import { sampleAttempt, sampleDecision, loneRun, sampleStep } from '../../../../../test/conformance/samples.ts'
import { StepId } from '../../../../model/ids.ts'
import { approvalStep, codeStep, manifestOf, waitStep } from '../../../../model/manifest.fixture.ts'
import type { StepManifest } from '../../../../model/manifest.ts'
import type { RunDetail } from '../../../../model/views.ts'
import { attemptKey, attemptOfKey, rowBeside, rowsOf } from './rows.ts'

const { record } = loneRun(1)
const at = { step: StepId.parse('s'), iteration: 1 }

function drawn(step: StepManifest, rows: Partial<Pick<RunDetail, 'record' | 'steps' | 'attempts' | 'decisions'>>) {
  const detail = {
    position: 1,
    record,
    manifest: manifestOf('one', [step]),
    steps: [],
    attempts: [],
    decisions: [],
    errors: [],
    ...rows,
  }
  return rowsOf(detail)[0]?.segments.map(({ kind, from, until, title }) => [kind, from, until, title])
}

test('between two tries it waited, and after the last one while it still does', () => {
  const failure = { class: 'transient' as const, name: 'Error', message: 'busy' }
  const steps = [
    sampleStep({ ...at, status: 'waiting', waiting: { for: 'backoff', until: 90 }, startedAt: 10, endedAt: null }),
  ]
  const attempts = [
    sampleAttempt({ ...at, attempt: 1, status: 'failed', failure, startedAt: 10, endedAt: 20 }),
    sampleAttempt({ ...at, attempt: 2, status: 'failed', failure, startedAt: 50, endedAt: 60 }),
  ]
  expect(drawn(codeStep('s'), { steps, attempts })).toEqual([
    ['run', 10, 20, 'attempt 1, failed after 10 ms: busy'],
    ['wait', 20, 50, 'waited before it tried again 30 ms'],
    ['run', 50, 60, 'attempt 2, failed after 10 ms: busy'],
    ['wait', 60, null, 'waited before it tried again'],
  ])
})

test('nothing waits behind what runs, and undoing is no wait', () => {
  const running = sampleAttempt({ ...at, attempt: 1, status: 'running', failure: null, startedAt: 10, endedAt: null })
  expect(
    drawn(codeStep('s'), {
      steps: [sampleStep({ ...at, status: 'running', startedAt: 10, endedAt: null })],
      attempts: [running],
    }),
  ).toHaveLength(1)
  const done = sampleStep({ ...at, status: 'completed', startedAt: 10, endedAt: 20 })
  const attempts = [
    sampleAttempt({ ...at, attempt: 1, status: 'completed', failure: null, startedAt: 10, endedAt: 20 }),
    sampleAttempt({
      ...at,
      attempt: 2,
      phase: 'compensate',
      status: 'completed',
      failure: null,
      startedAt: 70,
      endedAt: 80,
    }),
  ]
  expect(drawn(codeStep('s'), { steps: [done], attempts })?.map(([kind]) => kind)).toEqual(['run', 'undo'])
})

test('a person and a fixed length of time are waited for without any try', () => {
  const asked = sampleDecision({ ...at, openedAt: 10, closedAt: null })
  const approval = sampleStep({
    ...at,
    status: 'waiting',
    waiting: { for: 'decision', until: null },
    startedAt: 10,
    endedAt: null,
  })
  expect(drawn(approvalStep('s'), { steps: [approval], decisions: [asked] })).toEqual([
    ['wait', 10, null, 'waited for a person'],
  ])
  const timer = sampleStep({
    ...at,
    status: 'waiting',
    waiting: { for: 'timer', until: 100 },
    startedAt: null,
    endedAt: null,
  })
  expect(drawn(waitStep('s', [], 60), { steps: [timer] })).toEqual([['wait', 40, null, 'waited for a time']])
})

test('iterations of a step share its row', () => {
  const passes = [1, 2].map((iteration) =>
    sampleStep({ ...at, iteration, startedAt: iteration * 100, endedAt: iteration * 100 + 10, status: 'completed' }),
  )
  const attempts = passes.map(({ iteration }) =>
    sampleAttempt({
      ...at,
      iteration,
      attempt: 1,
      status: 'completed',
      failure: null,
      startedAt: iteration * 100,
      endedAt: iteration * 100 + 10,
    }),
  )
  expect(drawn(codeStep('s'), { steps: passes, attempts })?.map(([, from, , title]) => [from, title])).toEqual([
    [100, 'attempt 1, completed after 10 ms'],
    [200, 'iteration 2, attempt 1, completed after 10 ms'],
  ])
})

test('of thousands of passes those that changed are drawn anew, and a row that nothing changed of is the same', () => {
  const passOf = (iteration: number, over: object = {}) =>
    sampleStep({ ...at, iteration, startedAt: iteration * 10, endedAt: iteration * 10 + 5, status: 'completed', ...over })
  const tryOf = (iteration: number, over: object = {}) =>
    sampleAttempt({
      ...at,
      iteration,
      attempt: 1,
      status: 'completed',
      failure: null,
      startedAt: iteration * 10,
      endedAt: iteration * 10 + 5,
      ...over,
    })
  const manifest = manifestOf('one', [codeStep('s'), codeStep('t')])
  const draw = (steps: RunDetail['steps'], attempts: RunDetail['attempts']) =>
    rowsOf({ position: 1, record, manifest, steps, attempts, decisions: [], errors: [] })
  const all = Array.from({ length: 3_000 }, (_, index) => index + 1)
  const [steps, attempts] = [all.map((iteration) => passOf(iteration)), all.map((iteration) => tryOf(iteration))]
  const before = draw(steps, attempts)
  expect(draw([...steps], [...attempts])).toEqual(before)
  expect(draw([...steps], [...attempts])[0]).toBe(before[0])

  const running = { status: 'running' as const, endedAt: null }
  const [more, tried] = [[...steps, passOf(3_001, running)], [...attempts, tryOf(3_001, running)]]
  const then = draw(more, tried)
  expect(then[1]).toBe(before[1])
  const old = new Set(before[0]?.segments)
  expect(then[0]?.segments.filter((segment) => !old.has(segment))).toMatchObject([{ from: 30_010, until: null }])
  const ended = draw([...steps, passOf(3_001)], [...attempts, tryOf(3_001)])
  expect(ended[0]?.segments.at(-1)).toMatchObject({ until: 30_015 })
  // One far back is done again.
  const redone = draw(more.with(9, passOf(10, { endedAt: 108 })), [...attempts.with(9, tryOf(10, { endedAt: 107 }))])
  expect(redone[0]?.segments.find(({ key }) => key === '10/1')).toMatchObject({ until: 107 })
  expect(redone[0]?.segments.find(({ key }) => key === '10/wait/1')).toMatchObject({ from: 107, until: 108 })
})

test('an attempt is found again by its name', () => {
  expect(attemptOfKey(attemptKey({ iteration: 3, attempt: 12 }))).toEqual({ iteration: 3, attempt: 12 })
  expect(attemptOfKey('1/wait/0')).toBeUndefined()
})

test('rows are moved through up to the ends', () => {
  const rows = ['a', 'b', 'c'].map((id) => ({ id }))
  expect(rowBeside(rows, StepId.parse('b'), 5)).toBe('c')
  expect(rowBeside(rows, undefined, 1)).toBe('a')
  expect(rowBeside(rows, undefined, -1)).toBe('c')
  expect(rowBeside([], undefined, 1)).toBeUndefined()
})

test('what has to be armed waits from when it was asked about, also before it has begun', () => {
  const arm = { ...at, kind: 'arm' as const, openedAt: 30 }
  const waiting = sampleStep({ ...at, status: 'waiting', waiting: { for: 'decision', until: null }, startedAt: null, endedAt: null })
  expect(drawn(codeStep('s'), { steps: [waiting], decisions: [sampleDecision(arm)] })).toEqual([['wait', 30, null, 'waited to be armed']])
  const done = sampleStep({ ...at, status: 'completed', startedAt: 50, endedAt: 60 })
  const attempts = [sampleAttempt({ ...at, attempt: 1, status: 'completed', failure: null, startedAt: 50, endedAt: 60 })]
  const decisions = [sampleDecision({ ...arm, status: 'approved', closedAt: 50 })]
  expect(drawn(codeStep('s'), { steps: [done], attempts, decisions })).toEqual([
    ['wait', 30, 50, 'waited to be armed 20 ms'],
    ['run', 50, 60, 'attempt 1, completed after 10 ms'],
  ])
})

test('what a replay took over ended before it began, and is no part of its course', () => {
  const taken = sampleStep({ ...at, status: 'completed', startedAt: record.createdAt - 20, endedAt: record.createdAt - 10 })
  const replay = { ...record, origin: { run: record.id, checkpoint: 1, edited: [] } }
  expect(drawn(codeStep('s'), { steps: [taken] })).toHaveLength(1)
  expect(drawn(codeStep('s'), { steps: [taken], record: replay })).toEqual([])
})
