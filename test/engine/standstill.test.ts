/** Definitions that no loader lets pass, and a run of each: it is not left to stand still. */
import { expect, test } from 'vitest'
import { codeStep as code } from '../../src/model/manifest.fixture.ts'
import type { StepManifest } from '../../src/model/manifest.ts'
import { graphProblems } from '../../src/model/graph-problems.ts'
import { standIn } from './scripts.ts'
import { failed, step, Workbench } from './workbench.ts'

const onFallback = (id: string) => ({ fallback: step(id) })

async function stopped(steps: readonly StepManifest[], script: ConstructorParameters<typeof Workbench>[1] = {}) {
  expect(graphProblems(steps)).not.toEqual([])
  const bench = new Workbench(steps, script)
  const began = bench.time.now
  const run = await bench.start()
  expect(bench.time.now - began).toBeLessThan(1_000)
  return { bench, run, record: bench.record(run) }
}

test('a step that needs what never settles fails the run as a deadlock, and says what it needs', async () => {
  const { record } = await stopped([code('a'), code('spare', [], standIn), code('b', ['a', 'spare'])])
  expect(record).toMatchObject({
    status: 'failed',
    failure: { class: 'deadlock', name: 'NeverReady', message: 'nothing will ever move the run again: b needs spare (pending)' },
  })
})

test('what has completed is undone', async () => {
  const { bench, record } = await stopped([code('a', [], { compensates: true }), code('spare', [], standIn), code('b', ['a', 'spare'])])
  expect(record.status).toBe('failed')
  expect(bench.started()).toEqual(['a', 'a compensation'])
})

test('a fallback that is held for ever by what waits for it is told of', async () => {
  const steps = [code('a', [], onFallback('spare')), code('b', ['a']), code('spare', ['b'], standIn)]
  const { record } = await stopped(steps, { script: { a: () => failed('permanent') } })
  expect(record).toMatchObject({ status: 'failed', failure: { class: 'stuck', name: 'Standstill' } })
  expect(record.failure?.message).toContain('b needs a (waiting); a waits for spare to stand in for it, which is pending')
})

test('it is known in the turn that leads there, whichever that is', async () => {
  const steps = [code('a'), code('slow'), code('spare', [], standIn), code('b', ['a', 'spare'])]
  const { bench, run, record } = await stopped(steps, { script: { slow: () => undefined } })
  expect(record.status).toBe('running')
  const version = record.version
  const [task] = bench.execution.tasks.filter(({ ref }) => ref.step === 'slow')
  if (task !== undefined) bench.execution.sink?.ended(task.ref, { type: 'completed', output: null, next: null })
  await bench.settle()
  expect(bench.record(run)).toMatchObject({ status: 'failed', version: version + 1, failure: { class: 'deadlock' } })
})
