import { describe, expect, test } from 'vitest'
import { codeStep as code, emailStep as email } from '../../src/model/manifest.fixture.ts'
import { type Policy, usualPolicy } from '../../src/model/policy/policy.ts'
import type { RunId } from '../../src/model/ids.ts'
import type { RollbackPreview } from '../../src/model/rollback.ts'
import type { RunRecord } from '../../src/model/run.ts'
import { completed, failed, person, type Script, Workbench, type WorkbenchOptions } from './workbench.ts'

const compensates = { compensates: true } as const
const effect = { effect: { repeat: 'unsafe' } } as const

/** Built, then deployed in two places; verifying it leads back to before the deploys where it fails. */
function pipeline(script: Script, verify: Parameters<typeof code>[2] = { rollback: { to: 'before-deploy', max: 2 } }, options: WorkbenchOptions = {}): Workbench {
  const steps = [
    code('build', [], compensates),
    code('stage', ['build'], { ...compensates, savepoint: 'before-deploy' }),
    code('live', ['stage'], { ...compensates, ...effect }),
    code('verify', ['live'], verify),
  ]
  return new Workbench(steps, { script, ...options })
}

function rollBack(bench: Workbench, run: RunId, savepoint: string, seen: number | null = null): Promise<RunRecord> {
  return bench.until(bench.engine.rollback({ run, savepoint, seen, reason: 'it looks wrong', actor: person }))
}

function told(bench: Workbench, run: RunId, savepoint: string): Promise<RollbackPreview> {
  return bench.until(bench.engine.previewRollback({ run, savepoint, seen: null, reason: null, actor: person }))
}

const verified = (after: number) => {
  let tries = 0
  return () => ((tries += 1) > after ? completed() : failed('permanent'))
}

describe('a failure that leads back to a savepoint', () => {
  test('has what completed since compensated, last first, and the run goes on from there under other keys', async () => {
    const bench = pipeline({ verify: verified(1) })
    const run = await bench.start()
    expect(bench.started()).toEqual(['build', 'stage', 'live', 'verify', 'live compensation', 'stage compensation', 'stage', 'live', 'verify'])
    expect(bench.record(run)).toMatchObject({ status: 'completed', branch: 1, generation: 1, rollbacks: { 'before-deploy': 1 }, closing: null, failure: null })
    const keys = bench.execution.tasks.filter(({ ref, phase }) => ref.step === 'live' && phase === 'run').map(({ idempotencyKey }) => idempotencyKey)
    expect(new Set(keys).size).toBe(2)
    expect(bench.step(run, 'build')).toMatchObject({ compensation: 'owed', generation: 0 })
    const [error] = bench.disk.runs.get(run)?.errors.values() ?? []
    expect(error).toMatchObject({ step: 'verify', status: 'recovered', branch: 1, recoveries: [{ strategy: 'rollback', outcome: 'worked' }] })
    expect(bench.checkpoint(run, 'stage', 'critical_point')).toBe(bench.step(run, 'stage').savepoint?.checkpoint)
  })

  test('does so as often as is allowed: then the run fails, with all that completed undone', async () => {
    const bench = pipeline({ verify: verified(9) })
    const run = await bench.start()
    expect(bench.started().filter((name) => name === 'verify')).toHaveLength(3)
    expect(bench.record(run)).toMatchObject({ status: 'failed', branch: 2, rollbacks: { 'before-deploy': 2 } })
    expect(bench.started().slice(-3)).toEqual(['live compensation', 'stage compensation', 'build compensation'])
    const errors = [...(bench.disk.runs.get(run)?.errors.values() ?? [])].filter(({ step }) => step === 'verify')
    expect(errors.map(({ status, branch }) => [status, branch])).toEqual([['failed', 2]])
    expect(errors[0]?.recoveries.map(({ strategy, outcome }) => [strategy, outcome])).toEqual([
      ['rollback', 'failed'],
      ['rollback', 'failed'],
      ['fail', 'failed'],
    ])
    expect(errors.at(-1)?.recoveries.at(-1)?.passedOver.find(({ strategy }) => strategy === 'rollback')?.why).toContain('2 times')
  })

  test('or a person is asked', async () => {
    const bench = pipeline({ verify: verified(2) }, { rollback: { to: 'before-deploy', max: 1 }, onFailure: 'ask' })
    const run = await bench.start()
    expect(bench.record(run)).toMatchObject({ status: 'waiting', waiting: 'decision', branch: 1 })
    await bench.decide(run, 'retry')
    expect(bench.record(run).status).toBe('completed')
  })

  test('does not where something has touched the outside world since that nothing takes back', async () => {
    const steps = [code('a', [], compensates), email('mail', ['a'], { savepoint: 'before-mail' }), code('b', ['mail'], { rollback: { to: 'before-mail', max: 1 } })]
    const bench = new Workbench(steps, { script: { b: () => failed('permanent') } })
    const run = await bench.start()
    expect(bench.record(run)).toMatchObject({ status: 'failed', branch: 0, rollbacks: null })
    const error = [...(bench.disk.runs.get(run)?.errors.values() ?? [])].find(({ step }) => step === 'b')
    expect(error?.recoveries[0]?.passedOver).toContainEqual({ strategy: 'rollback', why: 'nothing takes back what mail did since before-mail' })
  })

  test('does not where the savepoint is not kept any more: nothing is undone for it', async () => {
    const bench = pipeline({ verify: () => undefined }, { rollback: { to: 'before-deploy', max: 1 }, onFailure: 'ask' })
    const run = await bench.start()
    const savepoint = bench.checkpoint(run, 'stage', 'critical_point')
    bench.removeCheckpoint(run, savepoint)
    const verify = bench.execution.tasks.findLast(({ ref }) => ref.step === 'verify')
    if (verify !== undefined) bench.execution.sink?.ended(verify.ref, failed('permanent'))
    await bench.settle()
    expect(bench.record(run)).toMatchObject({ status: 'waiting', waiting: 'decision', branch: 0, closing: null })
    expect(bench.started()).toEqual(['build', 'stage', 'live', 'verify'])
    const [error] = bench.disk.runs.get(run)?.errors.values() ?? []
    const why = `checkpoint ${savepoint} is not kept any more, which is what the savepoint before-deploy was`
    expect(error?.recoveries[0]?.passedOver).toContainEqual({ strategy: 'rollback', why })
    await expect(rollBack(bench, run, 'before-deploy')).rejects.toMatchObject({ name: 'NotFound', message: expect.stringContaining('it is not kept any more') })
    expect(bench.started()).toHaveLength(4)
  })

  test('may be what the workspace wants, for a class of failures', async () => {
    const recovery = { ...usualPolicy.usual.recovery, rollback: { to: 'before-deploy', max: 1 } }
    const policy = (): Policy => ({ ...usualPolicy, usual: { ...usualPolicy.usual, recovery } })
    const bench = pipeline({ verify: verified(1) }, {}, { policy })
    const run = await bench.start()
    expect(bench.record(run)).toMatchObject({ status: 'completed', branch: 1 })
  })

  test('goes on where it was after a kill in the middle', async () => {
    const bench = pipeline({ verify: verified(1), 'stage compensation': ({ ref }) => (ref.attempt === 2 ? undefined : completed()) })
    const run = await bench.start()
    expect(bench.record(run)).toMatchObject({ status: 'compensating', closing: { outcome: 'rolled_back', to: { name: 'before-deploy' } } })
    await bench.restart()
    expect(bench.started()).toEqual(['stage compensation', 'stage', 'live', 'verify'])
    expect(bench.record(run)).toMatchObject({ status: 'completed', branch: 1 })
    expect(bench.step(run, 'live').generation).toBe(1)
  })
})

describe('a person who rolls a run back', () => {
  const waiting: Script = { verify: ({ ref }) => (ref.branch === 0 ? undefined : completed()) }

  test('is told what is undone, in which order, and what runs then; that is what happens', async () => {
    const bench = pipeline(waiting)
    const run = await bench.start()
    const entries = bench.disk.journal.length
    const preview = await told(bench, run, 'before-deploy')
    expect(bench.disk.journal).toHaveLength(entries)
    expect(preview).toMatchObject({
      savepoint: { name: 'before-deploy', step: 'stage', iteration: 1 },
      compensates: [{ step: 'live', certain: true }, { step: 'stage', certain: true }],
      outside: [{ step: 'live', phase: 'compensate', certain: true }],
      waits: [],
      stands: [],
      back: { leaves: 0, branch: 1, reused: ['build'], becomes: 'running', stops: [{ step: 'verify' }] },
    })
    expect(preview.back.runs.map(({ step }) => step)).toEqual(['stage', 'live', 'verify'])
    await rollBack(bench, run, 'before-deploy', preview.version)
    await bench.settle()
    expect(bench.started().slice(-5)).toEqual(['live compensation', 'stage compensation', 'stage', 'live', 'verify'])
    // What a person does is not counted against the bound of a step.
    expect(bench.record(run)).toMatchObject({ status: 'completed', branch: 1, rollbacks: null })
  })

  test('waits for what is inside an effect, and has it undone too', async () => {
    const bench = pipeline({ live: ({ ref }) => (ref.branch === 0 ? undefined : completed()) })
    const run = await bench.start()
    expect(await told(bench, run, 'before-deploy')).toMatchObject({
      compensates: [{ step: 'live', certain: false }, { step: 'stage', certain: true }],
      waits: [{ step: 'live', phase: 'run' }],
      back: { stops: [], inDoubt: [] },
    })
    await rollBack(bench, run, 'before-deploy')
    expect(bench.record(run).status).toBe('compensating')
    const live = bench.execution.tasks.findLast(({ ref }) => ref.step === 'live')
    if (live !== undefined) bench.execution.sink?.ended(live.ref, completed('deployed'))
    await bench.settle()
    expect(bench.started().slice(3)).toEqual(['live compensation', 'stage compensation', 'stage', 'live', 'verify'])
  })

  test('is told what stays done, since nothing takes it back', async () => {
    const steps = [code('a', [], { savepoint: 'start' }), email('mail', ['a']), code('b', ['mail'])]
    const bench = new Workbench(steps, { script: { b: ({ ref }) => (ref.branch === 0 ? undefined : completed()) } })
    const run = await bench.start()
    expect(await told(bench, run, 'start')).toMatchObject({ compensates: [], stands: ['mail'], back: { runs: [{ step: 'a' }, { step: 'mail' }, { step: 'b' }] } })
    await rollBack(bench, run, 'start')
    await bench.settle()
    expect(bench.record(run)).toMatchObject({ status: 'completed', branch: 1 })
  })

  test('is refused where the run has not passed it, has ended, or is on its way to its end', async () => {
    const bench = pipeline({ build: () => undefined })
    const run = await bench.start()
    await expect(rollBack(bench, run, 'before-deploy')).rejects.toMatchObject({ name: 'NotFound', message: expect.stringContaining('the run has not passed it; it has passed none') })
    await expect(told(bench, run, 'nowhere')).rejects.toMatchObject({ name: 'NotFound', message: expect.stringContaining('its workflow has none of that name') })

    const ended = pipeline({})
    await expect(rollBack(ended, await ended.start(), 'before-deploy')).rejects.toMatchObject({ name: 'Conflict' })

    const closing = pipeline({ verify: verified(9), 'live compensation': () => undefined }, {})
    await expect(rollBack(closing, await closing.start(), 'before-deploy')).rejects.toMatchObject({ message: expect.stringContaining('brought to its end as failed') })
  })

  test('may cancel the run after all: then everything is undone', async () => {
    let undo = 0
    const bench = pipeline({ ...waiting, 'live compensation': () => ((undo += 1) === 1 ? failed('permanent') : completed()) })
    const run = await bench.start()
    await rollBack(bench, run, 'before-deploy')
    await bench.settle()
    expect(bench.decision(run)).toMatchObject({ kind: 'recovery', phase: 'compensate', step: 'live' })
    await bench.until(bench.engine.cancel({ run, seen: null, actor: person, reason: null }))
    await bench.decide(run, 'retry')
    expect(bench.started().slice(-3)).toEqual(['live compensation', 'stage compensation', 'build compensation'])
    expect(bench.record(run)).toMatchObject({ status: 'cancelled', branch: 0 })
  })

  test('has a paused run go on for it', async () => {
    const bench = pipeline(waiting)
    const run = await bench.start()
    await bench.until(bench.engine.pause({ run, seen: null, actor: person, reason: null }))
    await rollBack(bench, run, 'before-deploy')
    await bench.settle()
    expect(bench.record(run)).toMatchObject({ status: 'completed', paused: false })
  })
})

test('a savepoint is passed once for each pass: a try that is made again is after it', async () => {
  let tries = 0
  const retry = { attempts: 3, initial: 1_000, factor: 1, max: 1_000, jitter: 0 }
  const bench = new Workbench([code('a', [], { savepoint: 'start', retry })], { script: { a: () => ((tries += 1) < 3 ? failed('transient') : completed()) } })
  const run = await bench.start()
  await bench.pass(2_000)
  expect(bench.events(run).filter(({ type }) => type === 'savepoint_passed')).toHaveLength(1)
  expect(bench.disk.runs.get(run)?.checkpoints.filter(({ note }) => note === 'start')).toHaveLength(1)
})
