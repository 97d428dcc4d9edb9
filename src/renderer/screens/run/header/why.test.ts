import { expect, test } from 'vitest'
import { sampleAttempt, sampleDecision, loneRun, sampleStep } from '../../../../../test/conformance/samples.ts'
import { StepId } from '../../../../model/ids.ts'
import { approvalStep, codeStep, manifestOf, waitStep } from '../../../../model/manifest.fixture.ts'
import type { RunRecord } from '../../../../model/run.ts'
import type { RunDetail } from '../../../../model/views.ts'
import { whyOf } from './why.ts'

const { record } = loneRun(1)
const retry = { attempts: 4, initial: 1, factor: 1, max: 1, jitter: 0 }
const manifest = manifestOf('mail', [
  codeStep('draft', [], { retry }),
  approvalStep('approve', ['draft']),
  waitStep('cool', ['approve']),
])
const id = (name: string): StepId => StepId.parse(name)
const now = Date.UTC(2026, 10, 21, 13)

function why(
  fields: Partial<RunRecord>,
  rows: Partial<Pick<RunDetail, 'manifest' | 'steps' | 'attempts' | 'decisions'>> = {},
): string {
  const detail: RunDetail = {
    position: 1,
    record: { ...record, ...fields },
    manifest,
    steps: [],
    attempts: [],
    decisions: [],
    errors: [],
    ...rows,
  }
  return whyOf(detail, { now, zone: 'UTC' }).text
}

test('a person is named with what is asked, since when and until when', () => {
  const decision = sampleDecision({
    step: id('approve'),
    status: 'pending',
    openedAt: now - 12_000,
    deadline: now + 23 * 3_600_000,
  })
  expect(why({ status: 'waiting', waiting: 'decision' }, { decisions: [decision] })).toBe(
    'Waits for a person, 12 s so far, due in 23 h: approve asks for a decision.',
  )
  const doubt = sampleDecision({
    kind: 'in_doubt',
    step: id('draft'),
    status: 'pending',
    openedAt: now,
    deadline: null,
  })
  expect(
    why({ status: 'waiting', waiting: 'in_doubt' }, { decisions: [doubt, { ...decision, openedAt: now + 1 }] }),
  ).toBe('Waits for a person, a moment so far: draft was cut off midway: did it happen? 1 more decision is open.')
})

test('a further try is counted, with what went wrong', () => {
  const steps = [
    sampleStep({
      step: id('draft'),
      status: 'waiting',
      waiting: { for: 'backoff', until: now + 4_200 },
      tries: 2,
      iteration: 1,
    }),
  ]
  const attempts = [
    sampleAttempt({
      step: id('draft'),
      iteration: 1,
      failure: { class: 'timeout', name: 'StepTimeout', message: 'late' },
    }),
  ]
  expect(why({ status: 'waiting', waiting: 'backoff' }, { steps, attempts })).toBe(
    'Tries draft again in 4 s (attempt 3 of 4) after a timeout.',
  )
})

test('what a receiver asked for is named where it is waited out', () => {
  const steps = [sampleStep({ step: id('draft'), status: 'waiting', waiting: { for: 'backoff', until: now + 30_000 }, tries: 1 })]
  const failure = { class: 'resource' as const, name: 'HttpStatus', message: 'too many', retryAfter: 30_000 }
  expect(why({ status: 'waiting', waiting: 'backoff' }, { steps, attempts: [sampleAttempt({ step: id('draft'), failure })] })).toBe(
    'Tries draft again in 30 s (attempt 2 of 4), since its receiver asked to be left alone for 30 s.',
  )
})

test('a time is told with its day where it is another one', () => {
  const waiting = (until: number) => ({
    steps: [sampleStep({ step: id('cool'), status: 'waiting' as const, waiting: { for: 'timer' as const, until } })],
  })
  expect(why({ status: 'waiting', waiting: 'timer' }, waiting(now + 600_000))).toBe(
    'Waits until 13:10:00 in cool: 10 min to go.',
  )
  expect(why({ status: 'waiting', waiting: 'timer' }, waiting(now + 86_400_000))).toBe(
    'Waits until 22 Nov, 13:00:00 in cool: 1 d to go.',
  )
})

test('what runs is named, and what a paused run lets end', () => {
  const steps = ['draft', 'other'].map((step) => sampleStep({ step: id(step), status: 'running' }))
  const attempts = [sampleAttempt({ step: id('draft'), status: 'running', attempt: 2, startedAt: now - 3_000 })]
  expect(why({ status: 'running' }, { steps, attempts })).toBe('Runs draft (attempt 2) for 3 s, and 1 more.')
  expect(why({ status: 'paused' }, { steps })).toBe(
    'Paused: draft and other may end, nothing else starts until it is resumed.',
  )
  expect(why({ status: 'paused' })).toBe('Paused: nothing starts until it is resumed.')
})

test('an end says at which step and why', () => {
  const failure = { class: 'permanent' as const, name: 'Error', message: 'no carrier serves AQ-9.\nmore' }
  const steps = [sampleStep({ step: id('draft'), status: 'failed' })]
  expect(why({ status: 'failed', failure }, { steps })).toBe('Failed at draft: no carrier serves AQ-9.')
  expect(why({ status: 'failed', failure })).toBe('Failed: no carrier serves AQ-9.')
  expect(
    why(
      { status: 'compensating', closing: { outcome: 'failed', failure } },
      { steps: [sampleStep({ step: id('draft'), compensation: 'owed' })] },
    ),
  ).toBe('Undoes what was done before it ends as failed: draft still to go.')
})

test('a step is called by its title where it has one', () => {
  const failure = { class: 'permanent' as const, name: 'Error', message: 'no carrier serves AQ-9' }
  const titled = manifestOf('mail', [codeStep('draft', [], { title: 'Write the draft' })])
  const steps = [sampleStep({ step: id('draft'), status: 'failed' })]
  expect(why({ status: 'failed', failure }, { steps, manifest: titled })).toBe('Failed at “Write the draft”: no carrier serves AQ-9.')
})

test('what waits for its turn at what is throttled says so', () => {
  const steps = [sampleStep({ step: id('draft'), status: 'waiting', waiting: { for: 'resource', until: null, on: 'api.example.org:443', since: now - 5_000 } })]
  expect(why({ status: 'waiting', waiting: 'resource' }, { steps })).toBe(
    'draft waits for its turn at api.example.org:443, which fewer reach at once since it answered that it was too much, 5 s so far.',
  )
})

test('every status has a sentence', () => {
  for (const status of [
    'queued',
    'running',
    'waiting',
    'paused',
    'compensating',
    'completed',
    'failed',
    'cancelled',
    'quarantined',
  ] as const) {
    expect(why({ status, waiting: null })).toMatch(/^[A-Z].+\.$/)
  }
  for (const waiting of ['timer', 'backoff', 'decision', 'resource', 'child', 'breaker', 'in_doubt', 'dead_letter'] as const) {
    expect(why({ status: 'waiting', waiting })).toMatch(/^[A-Z].+\.$/)
  }
})

test('a run that is set aside says why, and what can be done where nothing of it is damaged', () => {
  const failure = { class: 'crash', name: 'CrashLoop', message: '2 hosts ended', wayOut: 'look at it, then resume it' } as const
  expect(why({ status: 'quarantined', failure })).toBe('Set aside: 2 hosts ended. What can be done: look at it, then resume it.')
  expect(why({ status: 'quarantined', failure: { ...failure, class: 'corruption' } })).toBe('Set aside, because its state cannot be trusted: 2 hosts ended.')
})

test('a run that is to end says what it waits for inside an effect, and until when', () => {
  const mail = manifestOf('mail', [codeStep('send', [], { effect: { repeat: 'unsafe' } })])
  const attempts = [sampleAttempt({ step: id('send'), status: 'running', phase: 'run', effect: 'begun' })]
  const closing = { outcome: 'cancelled', failure: null } as const
  const rows = { manifest: mail, attempts }
  expect(why({ status: 'compensating', closing }, rows)).toBe('Waits for send, inside an effect, before it ends as cancelled.')
  expect(why({ status: 'compensating', closing: { ...closing, grace: { since: now, until: now + 10_000 } } }, rows)).toBe(
    'Waits for send, inside an effect, until 13:00:10 at the latest, before it ends as cancelled.',
  )
})

test('a run that is to end names the person that it waits for', () => {
  const doubt = sampleDecision({ kind: 'in_doubt', step: id('draft'), status: 'pending', openedAt: now, deadline: null })
  expect(why({ status: 'compensating', closing: { outcome: 'cancelled', failure: null } }, { decisions: [doubt] })).toBe(
    'Waits for a person, a moment so far: draft was cut off midway: did it happen? Then it ends as cancelled.',
  )
})
