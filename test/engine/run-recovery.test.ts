/** A run that has failed, and a person who has it recovered: what policy recommends, what that leads to, and when nothing applies. */
import { expect, test } from 'vitest'
import { codeStep, emailStep } from '../../src/model/manifest.fixture.ts'
import type { RunId } from '../../src/model/ids.ts'
import type { RunStrategy } from '../../src/model/recovery-strategy.ts'
import { Rules, usualPolicy } from '../../src/model/policy/policy.ts'
import { byPerson, fails } from './scripts.ts'
import { completed, failed, Workbench } from './workbench.ts'

const only = (...recover: RunStrategy[]) => {
  const policy = { ...usualPolicy, usual: Rules.parse({ manual_intervention: { recover } }) }
  return () => policy
}

async function recovered(bench: Workbench, run: RunId, strategy: RunStrategy | null = null, seen: number | null = null) {
  const record = await bench.until(bench.engine.recoverRun({ ...byPerson, run, seen, strategy }))
  await bench.settle()
  return record
}

test('what failed runs again, and what has completed stays: told before as it is done', async () => {
  let tries = 0
  const bench = new Workbench([codeStep('a'), codeStep('b', ['a']), codeStep('c', ['b'])], { script: { b: () => ((tries += 1) === 1 ? failed('permanent') : completed()) } })
  const run = await bench.start()
  const told = await bench.until(bench.engine.previewRecovery(run))
  expect(told).toMatchObject({ strategy: 'retry', why: 'b runs again, and what has completed and was not taken back stays' })
  expect(told.passedOver).toEqual([{ strategy: 'restore_valid', why: 'nothing of its state is damaged' }])
  expect(told.preview).toMatchObject({ reused: ['a'], runs: [{ step: 'b' }, { step: 'c' }], becomes: 'running' })
  expect(bench.record(run).status).toBe('failed')
  await recovered(bench, run, told.strategy, told.preview.version)
  expect(bench.record(run)).toMatchObject({ status: 'completed', branch: 1, generation: 1 })
  expect(bench.started(run)).toEqual(['a', 'b', 'b', 'c'])
})

test('what was undone as it failed runs again too', async () => {
  let tries = 0
  const bench = new Workbench([codeStep('a', [], { compensates: true }), codeStep('b', ['a'])], { script: { b: () => ((tries += 1) === 1 ? failed('permanent') : completed()) } })
  const run = await bench.start()
  expect((await bench.until(bench.engine.previewRecovery(run))).preview).toMatchObject({ reused: [], undone: ['a'] })
  await recovered(bench, run)
  expect(bench.started(run)).toEqual(['a', 'b', 'a compensation', 'a', 'b'])
  expect(bench.record(run).status).toBe('completed')
})

test('policy says in which order it is looked at what applies', async () => {
  const bench = new Workbench([codeStep('a'), codeStep('b', ['a'])], { script: { b: fails }, policy: only('restart_from_checkpoint', 'retry') })
  const run = await bench.start()
  expect(await bench.until(bench.engine.previewRecovery(run))).toMatchObject({ strategy: 'restart_from_checkpoint', preview: { checkpoint: 0, runs: [{ step: 'a' }, { step: 'b' }] } })
})

test('a run begins anew only where nothing of it is left outside', async () => {
  const policy = only('restart')
  const steps = (given: object) => [emailStep('a', [], given), codeStep('b', ['a'])]
  const out = new Workbench(steps({}), { script: { b: fails }, policy })
  const left = await out.start()
  await expect(recovered(out, left)).rejects.toMatchObject({
    name: 'Refused',
    failures: [{ name: 'NothingApplies', path: 'run', message: expect.stringContaining('a has been done outside'), wayOut: expect.stringContaining('restore checkpoint') }],
  })
  const undone = new Workbench(steps({ compensates: true }), { script: { b: fails }, policy })
  const clean = await undone.start()
  expect(await undone.until(undone.engine.previewRecovery(clean))).toMatchObject({ strategy: 'restart', preview: { checkpoint: 0 } })
})

test('what only comes again from the same state is not tried from there', async () => {
  const bench = new Workbench([codeStep('a'), codeStep('b', ['a'])], { script: { b: () => failed('stuck') } })
  const run = await bench.start()
  const told = await bench.until(bench.engine.previewRecovery(run))
  expect(told).toMatchObject({ strategy: 'restart_from_checkpoint', passedOver: [{}, { strategy: 'retry', why: 'what is stuck comes again from the same state' }] })
})

test('a run that has not failed, that has moved on, or of which something else was told, is left as it is', async () => {
  const bench = new Workbench([codeStep('a')], { script: { a: fails } })
  const run = await bench.start()
  await expect(recovered(bench, run, 'restart')).rejects.toMatchObject({ name: 'Conflict', message: expect.stringContaining('and not restart') })
  const well = new Workbench([codeStep('a')])
  const done = await well.start()
  await expect(recovered(well, done)).rejects.toMatchObject({ name: 'Conflict', message: expect.stringContaining('has not failed: it is completed') })
  expect(bench.record(run)).toMatchObject({ status: 'failed', branch: 0 })
})

test('a run that is set aside for damage goes back to where it is whole', async () => {
  const bench = new Workbench([codeStep('a'), codeStep('b', ['a']), codeStep('c', ['b'])], { script: { c: () => undefined }, checksMoments: true })
  const run = await bench.start()
  bench.lose(run, bench.step(run, 'b').output)
  await bench.restart()
  expect(bench.record(run).status).toBe('quarantined')
  const told = await bench.until(bench.engine.previewRecovery(run))
  expect(told).toMatchObject({ strategy: 'restore_valid', preview: { checkpoint: 1, reused: ['a'] } })
  await recovered(bench, run)
  expect(bench.record(run)).toMatchObject({ status: 'running', branch: 1 })
  expect([...(bench.disk.runs.get(run)?.errors.values() ?? [])]).toMatchObject([{ step: null, status: 'recovered', recoveries: [{ strategy: 'ask' }, { strategy: 'restore_valid', outcome: 'worked' }] }])
  expect(bench.started(run).slice(-2)).toEqual(['b', 'c'])
})
