import { expect, test } from 'vitest'
import { ErrorRecord, type ToldError, toldError } from '../../model/error-record.ts'
import type { Failure } from '../../model/failure.ts'
import { CorrelationId, RunId, StepId } from '../../model/ids.ts'
import { Signal } from '../../model/log.ts'
import { painter } from '../paint.ts'
import { errorLines } from './error-lines.ts'

const run = RunId.parse('0'.repeat(26))
const [build, other] = ['build', 'other'].map((name) => StepId.parse(name))
if (build === undefined || other === undefined) throw new Error('two steps')

const failure: Failure = {
  class: 'transient',
  name: 'Error',
  message: 'the ledger is away',
  wayOut: 'look whether it runs',
  stack: 'Error: the ledger is away\n    at book (/work/workflows/orders.ts:12:9)\n    at handler (/work/workflows/orders.ts:30:5)',
}

function errorOf(more: object): ToldError {
  const recovery = { strategy: 'retry', why: 'it may pass', passedOver: [{ strategy: 'longer_timeout', why: 'it did not run out of its time' }], until: null, beganAt: 1_000, endedAt: 3_000, outcome: 'worked' }
  const error = ErrorRecord.parse({
    id: '1'.repeat(26),
    branch: 0,
    step: build,
    iteration: 1,
    phase: 'run',
    status: 'recovered',
    severity: 'low',
    failure,
    fingerprint: 'orders/build',
    checkpoint: 4,
    attempts: { first: 1, last: 2 },
    environment: { host: '1.0.0', node: '24.1.0', platform: 'linux x64', executor: 'process' },
    causedBy: null,
    took: [],
    recoveries: [recovery],
    made: 1,
    openedAt: 1_000,
    closedAt: 3_000,
    ...more,
  })
  return toldError(error)
}

function said(message: string, more: object = {}): Signal {
  const from = { run, branch: 0, step: build, iteration: 1, attempt: 2, correlation: CorrelationId.parse('c'), at: 2_000 }
  return Signal.parse({ type: 'log', ...from, level: 'info', message, data: null, ...more })
}

test('an error is told with its class and what to hope for, the way out, what it ran in, its stack, what was said last, and what was done', () => {
  const signals = [said('of the first attempt', { attempt: 1 }), said('of another step', { step: other }), ...[1, 2, 3, 4, 5, 6].map((n) => said(`line ${n}\nmore`))]
  const error = errorOf({})
  const lines = errorLines(painter(false), error, { errors: [error], steps: [], signals })
  expect(lines[0]).toMatch(/^build .*recovered  the ledger is away$/)
  expect(lines[1]).toMatch(/^ {2}transient, another try may go better, severity low, attempts 1 to 2, at checkpoint 4, /)
  expect(lines.slice(2)).toEqual([
    '  way out: look whether it runs',
    '  in Cairn 1.0.0, Node 24.1.0, linux x64, process',
    '    at book (/work/workflows/orders.ts:12:9)',
    '    at handler (/work/workflows/orders.ts:30:5)',
    '  it said last:',
    ...[2, 3, 4, 5, 6].map((n) => `    line ${n}`),
    '  → retry: it may pass — worked after 2.0 s (not longer_timeout: it did not run out of its time)',
  ])
})

test('a run that fails of its step does not say the same again', () => {
  const cause = errorOf({ status: 'failed' })
  const error = errorOf({ id: '2'.repeat(26), step: null, iteration: null, attempts: null, causedBy: cause.id, took: [other], recoveries: [], made: 0 })
  const lines = errorLines(painter(false), error, { errors: [cause, error], steps: [], signals: [] })
  expect(lines.slice(2)).toEqual(['  because of build', '  and because of it not done: other'])
})
