/** What a person is told of child runs before a run is sent back, replayed, rolled back or decided about: every effect, at every depth. */
import { describe, expect, test } from 'vitest'
import type { ChildAhead } from '../../src/model/child-ahead.ts'
import { WorkflowName, type RunId } from '../../src/model/ids.ts'
import { reachesOutside } from '../../src/model/preview.ts'
import { approvalStep as approval, codeStep as code, workflowStep as child } from '../../src/model/manifest.fixture.ts'
import { answer, asks, byPerson, calls, hangs, unsafe } from './scripts.ts'
import type { StepManifest } from '../../src/model/manifest.ts'
import { failed, Workbench, type WorkbenchOptions } from './workbench.ts'

const undone = { compensates: true, ...unsafe } as const
const parent = [code('first'), child('letter', 'letters', ['first']), code('after', ['letter'])]
const letters = [code('write', [], undone), child('post', 'postman', ['write']), code('file', ['post'])]
const postman = [code('stamp', [], undone), code('carry', ['stamp'], { conditional: true, ...unsafe })]

function benchOf(script: WorkbenchOptions['script'] = {}, steps: readonly StepManifest[] = parent, others: WorkbenchOptions['others'] = { letters, postman }): Workbench {
  return new Workbench(steps, { others, script: { letter: calls(), post: calls(), ...script } })
}

const previewAt = (bench: Workbench, run: RunId, step: string) => bench.until(bench.engine.preview({ run, checkpoint: bench.checkpoint(run, step), definition: 'pinned' }))

/** `letter > post begins: stamp`, with a question mark after what is not certain. */
function told(children: readonly ChildAhead[]): string[] {
  const sure = ({ certain }: { readonly certain: boolean }): string => (certain ? '' : '?')
  return children.map(({ path, becomes, outside, ...each }) => {
    const touches = outside.map((touch) => `${touch.step}${touch.phase === 'compensate' ? ' undone' : ''}${sure(touch)}`)
    return `${path.join(' > ')} ${becomes}${sure(each)}: ${touches.join(', ')}`
  })
}

describe('sent back before its child began', () => {
  test('a run is told every effect of the child that begins, and of the child of that', async () => {
    const bench = benchOf()
    const run = await bench.start()
    expect(bench.record(run).status).toBe('completed')
    const preview = await previewAt(bench, run, 'first')
    expect(preview.outside).toEqual([])
    expect(told(preview.children)).toEqual(['letter begins: write', 'letter > post begins: stamp, carry?'])
    expect(preview.children.map(({ workflow, run: of }) => [workflow, of])).toEqual([['letters', null], ['postman', null]])
    expect(reachesOutside(preview)).toBe(true)
  })

  test('a child that is under way is told with what it undoes, under which key, and so is the child of that', async () => {
    const bench = benchOf({ carry: hangs })
    const run = await bench.start()
    const [letter, post] = [bench.child(run, 'letter'), bench.child(bench.child(run, 'letter'), 'post')]
    const { children } = await previewAt(bench, run, 'first')
    expect(told(children)).toEqual([
      'letter ends: write undone',
      'letter > post ends: carry, stamp undone',
      'letter begins: write',
      'letter > post begins: stamp, carry?',
    ])
    expect(children[0]).toMatchObject({ run: letter, compensates: [{ step: 'write', iteration: 1, certain: true }] })
    expect(children[1]?.outside.map(({ key }) => key)).toEqual([`${post}/carry/1/0`, `${post}/stamp/1/0/compensate`])
    await bench.restore(run, bench.checkpoint(run, 'first'))
    await answer(bench, 'carry', 1)
    expect(bench.started(post)).toEqual(['stamp', 'carry', 'stamp compensation'])
    expect(bench.started(letter)).toEqual(['write', 'post', 'write compensation'])
  })

  test('an effect in doubt of the child of a child is told where it is', async () => {
    const bench = benchOf({ carry: () => ({ type: 'cut_off', failure: { class: 'crash', name: 'Gone', message: 'the process died' }, own: true }) })
    const run = await bench.start()
    const post = bench.child(bench.child(run, 'letter'), 'post')
    const { children } = await previewAt(bench, run, 'first')
    expect(children.find(({ run: of }) => of === post)).toMatchObject({ becomes: 'ends', inDoubt: [{ step: 'carry', iteration: 1 }] })
  })

  test('a child whose workflow cannot be begun says why, and counts as reaching outside', async () => {
    const bench = benchOf()
    const run = await bench.start()
    bench.engine.withdraw(WorkflowName.parse('letters'), 'workflows/letters.ts does not parse')
    const preview = await previewAt(bench, run, 'first')
    expect(preview.children[0]?.unknown).toContain('workflows/letters.ts does not parse')
    expect(reachesOutside(preview)).toBe(true)
  })

  test('what calls itself is told once', async () => {
    const again = [code('dig', [], unsafe), child('again', 'letters', ['dig'])]
    const bench = benchOf({ dig: () => failed('permanent') }, [code('first'), child('letter', 'letters', ['first'])], { letters: again })
    const run = await bench.start()
    const { children } = await previewAt(bench, run, 'first')
    expect(told(children)).toEqual(['letter begins: dig', 'letter > again begins: '])
    expect(children[1]?.unknown).toContain('a run of letters stands above it')
  })
})

test('a replay is told of what waits to be armed at every depth: none of it is certain', async () => {
  const bench = benchOf()
  const run = await bench.start()
  const { children } = await bench.previewReplay(run, 0)
  expect(told(children)).toEqual(['letter begins: write?', 'letter > post begins?: stamp?, carry?'])
})

test('a decision that fails the run is told of the completed children that it undoes, last first', async () => {
  const steps = [child('letter', 'letters'), child('second', 'postman', ['letter']), approval('judge', ['second'])]
  const bench = benchOf({ judge: asks, second: calls() }, steps)
  const run = await bench.start()
  const { id: decision } = bench.decision(run)
  const { actions } = await bench.until(bench.engine.consequences({ run, decision, actor: byPerson.actor, note: null, edit: null }))
  const reject = actions.find(({ action }) => action === 'reject')
  expect(told(reject?.children ?? [])).toEqual(['second undone: stamp undone', 'letter undone: write undone', 'letter > post undone: stamp undone'])
})

test('a rollback is told of the child that ends, of the one that is undone, and of those that begin anew', async () => {
  const steps = [code('first', [], { savepoint: 'start' }), child('letter', 'letters', ['first']), child('second', 'postman', ['letter'])]
  const bench = benchOf({ second: calls(), carry: ({ ref }) => (ref.run === bench.disk.runs.keys().toArray().at(-1) && bench.disk.runs.size > 3 ? undefined : { type: 'skipped' }) }, steps)
  const run = await bench.start()
  const request = { run, savepoint: 'start', ...byPerson }
  const { children, back } = await bench.until(bench.engine.previewRollback(request))
  expect(told(children)).toEqual(['second ends: carry, stamp undone', 'letter undone: write undone', 'letter > post undone: stamp undone'])
  expect(told(back.children)).toEqual(['letter begins: write', 'letter > post begins: stamp, carry?', 'second begins: stamp, carry?'])
})
