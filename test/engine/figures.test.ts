/** What the engine does, as the figures count it. */
import { describe, expect, test } from 'vitest'
import type { FailureClass } from '../../src/model/failure.ts'
import type { RunId } from '../../src/model/ids.ts'
import type { ErrorEnding } from '../../src/model/metrics.ts'
import { approvalStep as approval, codeStep as code } from '../../src/model/manifest.fixture.ts'
import type { Figure } from '../../src/store/index/metrics/account.ts'
import { enter, opened } from '../../src/store/index/metrics/enter.ts'
import { asking, asksFirst } from './scripts.ts'
import { completed, failed, step, Workbench } from './workbench.ts'

const retry = (attempts: number) => ({ attempts, initial: 1_000, factor: 1, max: 60_000, jitter: 0 })

/** Everything that is counted of a run. */
function figuresOf(bench: Workbench, run: RunId): Figure[] {
  const entries = bench.disk.journal.flatMap((entry) => (entry.run === run ? [entry] : []))
  let account = opened({ ...bench.record(run), isReplay: false })
  return entries.flatMap((entry) => {
    const entered = enter(account, entry)
    account = entered.account
    return entered.figures
  })
}

/** The run's errors as they stand now, `class ending` by count. */
function errorsOf(bench: Workbench, run: RunId): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { kind, name, detail, count } of figuresOf(bench, run)) {
    if (kind === 'error') counts[`${name} ${detail}`] = (counts[`${name} ${detail}`] ?? 0) + count
  }
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0))
}

const error = (as: FailureClass, ending: ErrorEnding): string => `${as} ${ending}`

/** Fails this often, then does well. */
function failing(times: number, as: FailureClass = 'transient') {
  let tries = 0
  return () => ((tries += 1) <= times ? failed(as) : completed('well'))
}

describe('what ends an error', () => {
  test('it is open while the engine waits to try again; a try that goes well ends all before it', async () => {
    const bench = new Workbench([code('a', [], { retry: retry(4) })], { script: { a: failing(2) } })
    const run = await bench.start()
    expect(errorsOf(bench, run)).toEqual({ [error('transient', 'open')]: 1 })
    await bench.pass(2_000)
    expect(errorsOf(bench, run)).toEqual({ [error('transient', 'retried')]: 2 })
  })

  test('tries that all fail, and the run with them', async () => {
    const bench = new Workbench([code('a', [], { retry: retry(3) })], { script: { a: failing(9) } })
    const run = await bench.start()
    await bench.pass(2_000)
    expect(errorsOf(bench, run)).toEqual({ [error('transient', 'failed')]: 3 })
  })

  test('a fallback that stands in', async () => {
    const bench = new Workbench([code('a', [], { fallback: step('b') }), code('b', [], { onlyAsFallback: true })], {
      script: { a: () => failed('permanent') },
    })
    const run = await bench.start()
    expect(errorsOf(bench, run)).toEqual({ [error('permanent', 'fallback')]: 1 })
  })

  test('an optional step is left out', async () => {
    const bench = new Workbench([code('a', [], { optional: true })], { script: { a: () => failed('permanent') } })
    const run = await bench.start()
    expect(errorsOf(bench, run)).toEqual({ [error('permanent', 'skipped')]: 1 })
  })

  test.each(['retry', 'skip', 'fail'])('a person who answers %s; what fails after that is another error', async (action) => {
    const bench = new Workbench([code('a', [], asking)], { script: { a: failing(1, 'permanent') }, policy: asksFirst })
    const run = await bench.start()
    expect(errorsOf(bench, run)).toEqual({ [error('permanent', 'open')]: 1 })
    await bench.decide(run, action)
    expect(errorsOf(bench, run)).toEqual({ [error('permanent', 'person')]: 1 })
  })

  test('a person who cancels the run', async () => {
    const bench = new Workbench([code('a', [], { retry: retry(4) })], { script: { a: failing(9) } })
    const run = await bench.start()
    await bench.until(bench.engine.cancel({ run, seen: null, actor: { kind: 'person', name: 'ann' }, reason: null }))
    expect(errorsOf(bench, run)).toEqual({ [error('transient', 'person')]: 1 })
  })

  test('an approval is prepared at the second try: the error is over long before somebody decides', async () => {
    const bench = new Workbench([approval('a', [], { retry: retry(4) })], {
      script: { a: ({ attempt }) => (attempt === 1 ? failed('transient') : { type: 'asked', shown: null }) },
    })
    const run = await bench.start()
    await bench.pass(1_000)
    expect(bench.record(run).waiting).toBe('decision')
    expect(errorsOf(bench, run)).toEqual({ [error('transient', 'retried')]: 1 })
  })

  test('a deadline that passes is an error of its own', async () => {
    const bench = new Workbench([approval('a', [], { deadline: 1_000, onDeadline: 'skip' })], {
      script: { a: () => ({ type: 'asked', shown: null }) },
    })
    const run = await bench.start()
    await bench.pass(1_000)
    expect(errorsOf(bench, run)).toEqual({ [error('expired', 'skipped')]: 1 })
  })

  test('a run that takes too long fails as a whole', async () => {
    const bench = new Workbench([code('a')], { timeout: 1_000, script: { a: () => undefined } })
    const run = await bench.start()
    await bench.pass(1_000)
    expect(errorsOf(bench, run)).toEqual({ [error('timeout', 'failed')]: 1 })
  })

  test('a step that goes where its definition does not let it fails the run, once', async () => {
    const bench = new Workbench([code('a'), code('b', ['a'])], { script: { b: () => completed(null, 'a') } })
    const run = await bench.start()
    expect(errorsOf(bench, run)).toEqual({ [error('permanent', 'failed')]: 1 })
  })

  test('a death of the host is nobody’s error', async () => {
    const bench = new Workbench([code('a')], { script: { a: () => undefined } })
    const run = await bench.start()
    await bench.restart()
    expect(errorsOf(bench, run)).toEqual({})
  })

  test('one inside an effect is in doubt, until a person says what happened', async () => {
    const bench = new Workbench([code('a', [], { effect: { repeat: 'unsafe' } })], { script: { a: () => undefined } })
    const run = await bench.start()
    await bench.restart()
    expect(errorsOf(bench, run)).toEqual({ [error('crash', 'open')]: 1 })
    await bench.decide(run, 'happened', { edit: 'seen' })
    expect(errorsOf(bench, run)).toEqual({ [error('crash', 'person')]: 1 })
  })

  test('an error counts under the time at which it happened, whenever it ends', async () => {
    const bench = new Workbench([code('a', [], { retry: retry(4) })], { script: { a: failing(1) } })
    const run = await bench.start()
    const { createdAt } = bench.record(run)
    await bench.pass(1_000)
    const errors = figuresOf(bench, run).filter(({ kind }) => kind === 'error')
    expect(errors).toHaveLength(3)
    expect(new Set(errors.map(({ at }) => at))).toEqual(new Set([createdAt]))
  })
})

describe('what is measured', () => {
  test('a run counts as started, then as what it came to; one that completed with the time it took', async () => {
    const bench = new Workbench([code('a', [], { retry: retry(4) })], { script: { a: failing(1) } })
    const run = await bench.start()
    await bench.pass(1_000)
    const { revision } = bench.record(run)
    const counted = figuresOf(bench, run).filter(({ kind }) => kind === 'run' || kind === 'run_took')
    expect(counted).toMatchObject([
      { kind: 'run', name: 'started', detail: revision },
      { kind: 'run', name: 'completed', detail: revision },
      { kind: 'run_took' },
    ])
  })

  test('a run that failed counts as one', async () => {
    const bench = new Workbench([code('a')], { script: { a: () => failed('permanent') } })
    const run = await bench.start()
    const counted = figuresOf(bench, run).filter(({ kind }) => kind === 'run')
    expect(counted.map(({ name }) => name)).toEqual(['started', 'failed'])
  })

  test('attempts that were cut off say nothing of how long a step takes', async () => {
    const bench = new Workbench([code('a', [], { retry: retry(4) }), code('b', ['a'])], {
      script: { a: failing(1), b: () => undefined },
    })
    const run = await bench.start()
    await bench.pass(1_000)
    await bench.restart()
    const attempts = figuresOf(bench, run).filter(({ kind }) => kind.startsWith('attempt'))
    expect(attempts.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['attempt_took a', 'attempt_failed a', 'attempt_took a'])
  })
})
