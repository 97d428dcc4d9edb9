/** What goes wrong is on record: what it was, what was done about it, what it follows from, and how it ended. */
import { describe, expect, test } from 'vitest'
import { approvalStep, codeStep, emailStep } from '../../src/model/manifest.fixture.ts'
import type { ErrorRecord } from '../../src/model/error-record.ts'
import type { RunId } from '../../src/model/ids.ts'
import { asking as optional, asks, asksFirst } from './scripts.ts'
import { completed, failed, step, Workbench } from './workbench.ts'

const retry = { attempts: 3, initial: 100, factor: 1, max: 100, jitter: 0 }

/** In the order in which they were opened. */
function errorsOf(bench: Workbench, run: RunId): readonly ErrorRecord[] {
  return [...(bench.disk.runs.get(run)?.errors.values() ?? [])]
}

const brief = ({ step: of, status, recoveries }: ErrorRecord) => [of, status, recoveries.map(({ strategy, outcome }) => [strategy, outcome])]

describe('a step that fails', () => {
  test('and goes well when tried again has one error, with each try, recovered by the last', async () => {
    let tries = 0
    const bench = new Workbench([codeStep('s', [], { retry })], {
      script: { s: () => ((tries += 1) < 3 ? failed('transient', `busy ${tries}`) : completed()) },
    })
    const run = await bench.start()
    expect(errorsOf(bench, run)).toMatchObject([{ status: 'recovering', severity: 'low', attempts: { first: 1, last: 1 }, checkpoint: 0, made: 1 }])
    await bench.pass(1_000)
    const [error, ...others] = errorsOf(bench, run)
    expect(others).toEqual([])
    expect(error && brief(error)).toEqual(['s', 'recovered', [['retry', 'failed'], ['retry', 'worked']]])
    expect(error).toMatchObject({ failure: { message: 'busy 2' }, attempts: { first: 1, last: 2 }, closedAt: bench.record(run).endedAt })
    expect(error?.recoveries.map(({ beganAt, endedAt }) => (endedAt ?? 0) - beganAt)).toEqual([100, 100])
    expect(error?.recoveries[0]?.why).toBe('1 of 3 tries are made, and it may pass')
  })

  test('for good takes the run with it: failed is told from failed because of another', async () => {
    const bench = new Workbench([codeStep('s'), codeStep('t', ['s'])], { script: { s: () => failed('permanent', 'no such thing') } })
    const run = await bench.start()
    const [own, runs, ...others] = errorsOf(bench, run)
    expect(others).toEqual([])
    expect(own).toMatchObject({ step: 's', status: 'failed', severity: 'high', causedBy: null, failure: { message: 'no such thing' } })
    expect(own?.recoveries[0]).toMatchObject({
      strategy: 'fail',
      passedOver: [
        { strategy: 'retry', why: 'what is permanent does not pass by trying again' },
        { strategy: 'fallback', why: 'no step stands in for it' },
        { strategy: 'skip', why: 'it is not optional' },
        { strategy: 'rollback', why: 'nothing says to which savepoint' },
        { strategy: 'ask', why: 'its definition does not have a person asked' },
      ],
    })
    expect(runs).toMatchObject({ step: null, status: 'failed', causedBy: own?.id, took: ['t'] })
  })

  test('and is stood in for is recovered by that; a stand-in that fails says what it failed because of', async () => {
    const steps = [codeStep('s', [], { retry: { ...retry, attempts: 1 }, fallback: step('b') }), codeStep('b', [], { onlyAsFallback: true })]
    const good = new Workbench(steps, { script: { s: () => failed('permanent') } })
    const well = errorsOf(good, await good.start())
    expect(well.map(brief)).toEqual([['s', 'recovered', [['fallback', 'worked']]]])

    const bad = new Workbench(steps, { script: { s: () => failed('permanent'), b: () => failed('permanent') } })
    const all = errorsOf(bad, await bad.start())
    const of = (name: string | null) => all.find((error) => error.step === name)
    expect(all).toHaveLength(3)
    expect(all.map(brief)).toContainEqual(['s', 'failed', [['fallback', 'failed'], ['fail', 'failed']]])
    expect(of('b')?.causedBy).toBe(of('s')?.id)
    expect(of(null)?.causedBy).toBe(of('s')?.id)
  })

  test('while optional is recovered by being left out', async () => {
    const bench = new Workbench([codeStep('s', [], { optional: true })], { script: { s: () => failed('permanent') } })
    expect(errorsOf(bench, await bench.start()).map(brief)).toEqual([['s', 'recovered', [['skip', 'worked']]]])
  })
})

describe('a person who is asked', () => {
  const asking = [codeStep('s', [], { onFailure: 'ask' })]

  test('is waited for, and has it tried again', async () => {
    let tries = 0
    const bench = new Workbench(asking, { script: { s: () => ((tries += 1) === 1 ? failed('permanent') : completed()) } })
    const run = await bench.start()
    expect(errorsOf(bench, run)).toMatchObject([{ status: 'waiting' }])
    await bench.decide(run, 'retry')
    expect(errorsOf(bench, run).map(brief)).toEqual([['s', 'recovered', [['ask', 'answered'], ['retry', 'worked']]]])
    expect(errorsOf(bench, run)[0]?.recoveries[1]?.why).toBe('ann has it tried again')
  })

  test('leaves it out, or lets it fail', async () => {
    const bench = new Workbench([codeStep('s', [], optional)], { script: { s: () => failed('permanent') }, policy: asksFirst })
    const [left, fails] = [await bench.start(), await bench.start()]
    await bench.decide(left, 'skip')
    expect(errorsOf(bench, left).map(brief)).toEqual([['s', 'recovered', [['ask', 'answered'], ['skip', 'worked']]]])
    await bench.decide(fails, 'fail')
    expect(errorsOf(bench, fails).map(brief)).toEqual([
      ['s', 'failed', [['ask', 'answered'], ['fail', 'failed']]],
      [null, 'failed', [['fail', 'failed']]],
    ])
  })

  test('sends the run back: the error is withdrawn, and stays with the branch that was left', async () => {
    const bench = new Workbench(asking, { script: { s: () => failed('permanent') } })
    const run = await bench.start()
    await bench.restore(run, 0)
    expect(errorsOf(bench, run)).toMatchObject([
      { status: 'withdrawn', branch: 0 },
      { status: 'waiting', branch: 1 },
    ])
  })
})

test('a compensation that fails is an error of its own, which the run’s caused', async () => {
  let undone = 0
  const bench = new Workbench([codeStep('s', [], { compensates: true }), codeStep('t', ['s'])], {
    script: { t: () => failed('permanent'), 's compensation': () => ((undone += 1) === 1 ? failed('transient') : completed()) },
  })
  const run = await bench.start()
  expect(errorsOf(bench, run).find((error) => error.step === null)?.status).toBe('recovering')
  await bench.pass(10_000)
  const all = errorsOf(bench, run)
  const own = all.find(({ phase }) => phase === 'compensate')
  expect(own).toMatchObject({ step: 's', status: 'recovered', causedBy: all.find((error) => error.step === null)?.id })
  expect(all.find((error) => error.step === null)?.status).toBe('failed')
})

test('an effect that was cut off is an error that waits for a person, and is recovered once it is known that it happened', async () => {
  const bench = new Workbench([emailStep('s')], { script: { s: () => undefined } })
  const run = await bench.start()
  const [task] = bench.execution.tasks
  if (task === undefined) throw new Error('nothing was started')
  await bench.until(bench.execution.sink?.effectBegins(task.ref) ?? Promise.resolve())
  await bench.restart()
  expect(errorsOf(bench, run)).toMatchObject([{ step: 's', status: 'waiting', failure: { class: 'crash' } }])
  await bench.decide(run, 'happened', { edit: {} })
  expect(errorsOf(bench, run).map(brief)).toEqual([['s', 'recovered', [['ask', 'worked']]]])
})

test('a run where nothing goes wrong has none', async () => {
  const bench = new Workbench([codeStep('s')])
  const run = await bench.start()
  expect(errorsOf(bench, run)).toEqual([])
  expect(bench.events(run).filter(({ type }) => type.startsWith('error') || type.startsWith('recovery'))).toEqual([])
})

test('what was due while no host ran could have been known then, and what is found in its turn has no such time', async () => {
  const bench = new Workbench([approvalStep('sign', [], { deadline: 1_000 }), codeStep('s', ['sign'])], { script: { sign: asks } })
  const run = await bench.start()
  const begun = bench.time.now
  await bench.die(5_000)
  await bench.restart()
  const [late] = errorsOf(bench, run)
  expect(late).toMatchObject({ failure: { class: 'expired' }, knowable: begun + 1_000, openedAt: begun + 5_000 })

  const prompt = new Workbench([codeStep('s')], { script: { s: () => failed('permanent') } })
  expect(errorsOf(prompt, await prompt.start())[0]).toMatchObject({ step: 's', knowable: null })
})
