/** A child that retention has removed while its parent is there: a store of before may hold such a parent. Nothing can undo that child. */
import { expect, test } from 'vitest'
import type { RunId } from '../../src/model/ids.ts'
import { approvalStep as approval, codeStep as code, workflowStep as child } from '../../src/model/manifest.fixture.ts'
import type { StepManifest } from '../../src/model/manifest.ts'
import { answer, asks, byPerson, calls, hangs } from './scripts.ts'
import { failed, Workbench, type WorkbenchOptions } from './workbench.ts'

const undoes = { compensates: true } as const
const parent = [code('first', [], undoes), child('letter', 'letters', ['first']), code('after', ['letter'])]
const letters = [code('write', [], undoes)]

function benchOf(script: WorkbenchOptions['script'], steps: readonly StepManifest[] = parent): Workbench {
  return new Workbench(steps, { others: { letters }, script: { letter: calls(), ...script } })
}

/** Nothing is there of a run but what retention leaves of it. */
function remove({ disk }: Workbench, id: RunId): void {
  const record = disk.runs.get(id)?.record
  if (record === undefined) throw new Error(`run ${id} is not there`)
  const { workflow, status, createdAt, updatedAt: endedAt } = record
  disk.runs.delete(id)
  disk.removedRuns.set(id, { id, workflow, status, createdAt, endedAt, removedAt: Date.UTC(2026, 10, 20), rule: 'runs', checkpoints: 2 })
}

const bound = 'retention removed it on 2026-11-20 by max_runs'

test('a person is asked what becomes of what it did, and not to have it tried again', async () => {
  const bench = benchOf({ after: hangs })
  const run = await bench.start()
  const letter = bench.child(run, 'letter')
  remove(bench, letter)
  await answer(bench, 'after', 1, failed('permanent'))
  const { failure, actions, recommended } = bench.decision(run)
  expect(failure).toMatchObject({ name: 'ChildGone', message: `child run ${letter} is not in the store any more: ${bound}`, child: { run: letter } })
  expect(failure?.wayOut).toContain('by hand')
  expect(actions).toEqual([{ name: 'happened', role: 'primary' }, { name: 'skip', role: 'secondary' }])
  expect(recommended?.action).toBe('happened')
  await bench.decide(run, 'happened')
  expect(bench.record(run).status).toBe('failed')
  expect(bench.step(run, 'letter').compensation).toBe('done')
  expect(bench.started().at(-1)).toBe('first compensation')
})

test('a question of before, which offers to have it tried again, leads to that one', async () => {
  const bench = benchOf({ after: hangs })
  const run = await bench.start()
  remove(bench, bench.child(run, 'letter'))
  await answer(bench, 'after', 1, failed('permanent'))
  const asked = bench.decision(run)
  bench.disk.runs.get(run)?.decisions.set(asked.id, { ...asked, actions: [{ name: 'retry', role: 'primary' }, ...asked.actions] })
  await bench.restart()
  await bench.decide(run, 'retry')
  const again = bench.decision(run)
  expect(again.id).not.toBe(asked.id)
  expect(again.actions).toEqual(asked.actions)
})

test('whoever goes back to behind it is told that it cannot be undone any more', async () => {
  const bench = benchOf({})
  const run = await bench.start()
  const letter = bench.child(run, 'letter')
  const told = async () => (await bench.until(bench.engine.preview({ run, checkpoint: bench.checkpoint(run, 'letter'), definition: 'pinned' }))).children
  expect(await told()).toEqual([])
  remove(bench, letter)
  expect(await told()).toMatchObject([{ path: ['letter'], workflow: 'letters', run: letter, becomes: 'gone', why: bound, unknown: null }])
})

test('whoever goes back to before it is told of the one that begins', async () => {
  const bench = benchOf({})
  const run = await bench.start()
  remove(bench, bench.child(run, 'letter'))
  const { children } = await bench.until(bench.engine.preview({ run, checkpoint: bench.checkpoint(run, 'first'), definition: 'pinned' }))
  expect(children.map(({ becomes }) => becomes)).toEqual(['begins'])
})

test('whoever rejects, and has it undone by that, is told so', async () => {
  const bench = benchOf({ judge: asks }, [child('letter', 'letters'), approval('judge', ['letter'])])
  const run = await bench.start()
  const letter = bench.child(run, 'letter')
  remove(bench, letter)
  const { id: decision } = bench.decision(run)
  const { actions } = await bench.until(bench.engine.consequences({ run, decision, actor: byPerson.actor, note: null, edit: null }))
  const of = (name: string) => actions.find(({ action }) => action === name)?.children
  expect(of('reject')).toMatchObject([{ run: letter, becomes: 'gone', why: bound }])
  expect(of('approve')).toEqual([])
})
