/** Replays by the present definition: the code was mended, and what had failed is tried again with it. */
import { describe, expect, test } from 'vitest'
import type { RunId } from '../../src/model/ids.ts'
import { codeStep as code, waitStep as wait } from '../../src/model/manifest.fixture.ts'
import type { Manifest, StepManifest } from '../../src/model/manifest.ts'
import type { ReplayEdits, ReplayPreview } from '../../src/model/replay.ts'
import type { Answer, Question } from '../../src/engine/ports.ts'
import { failed, failure, person, type Script, step, Workbench } from './workbench.ts'

type Migrate = Extract<Question, { type: 'migrate' }>

function mending(steps: readonly StepManifest[], script: Script = {}, answer: (asked: Migrate) => Answer = () => ({ type: 'migrated', changed: [] })) {
  const asked: Question[] = []
  const bench = new Workbench(steps, {
    script,
    answer: (question) => {
      asked.push(question)
      if (question.type === 'begin') return { type: 'began', input: question.input, context: question.context }
      if (question.type === 'vouch') return { type: 'vouched', output: question.output }
      if (question.type !== 'migrate') throw new Error(`asked to ${question.type}`)
      return answer(question)
    },
  })
  return { bench, asked }
}

const later = (more: Partial<Manifest> = {}): Partial<Manifest> => ({ version: 2, migrations: [1], ...more })

/** What is told, and the run that it leads to. */
async function replayed(bench: Workbench, run: RunId, checkpoint: number, edits: ReplayEdits = {}): Promise<{ told: ReplayPreview; replay: RunId }> {
  const told = await bench.previewReplay(run, checkpoint, edits, 'present')
  return { told, replay: await bench.replay(run, checkpoint, edits, 'present') }
}

describe('a replay by the present definition', () => {
  test('runs what had failed with the code as it is now, in a run that pins it and says what it came from', async () => {
    let isMended = false
    const { bench } = mending([code('a'), code('b', ['a'])], { b: () => (isMended ? undefined : failed('permanent')) })
    const run = await bench.start()
    const first = bench.record(run).revision
    const revision = bench.publish([code('a'), code('b', ['a'])])
    isMended = true
    const { told, replay } = await replayed(bench, run, bench.record(run).head)
    expect(told).toMatchObject({ revision: { hash: revision, version: 1 }, migration: { from: 1, versions: [], changed: [] }, reused: ['a'], runs: [{ step: 'b' }] })
    expect(bench.record(replay)).toMatchObject({ revision, origin: { run, pinned: { workflowVersion: 1, revision: first }, earlier: [first] } })
    expect(bench.execution.tasks.at(-1)).toMatchObject({ revision, ref: { run: replay, step: 'b' }, view: { outputs: { a: 'a 1' } } })
    expect(bench.record(run)).toMatchObject({ revision: first, status: 'failed' })
    expect(bench.record(await bench.replay(run, 0))).toMatchObject({ revision: first, origin: { edited: [] } })
  })

  test('what is new runs, what is gone is dropped, and what a migration changed is what the run begins with', async () => {
    const answer = (): Answer => ({ type: 'migrated', changed: [{ key: 'input', value: { to: ['ada'] } }, { key: 'output/a/1', value: 'other' }] })
    const { bench } = mending([code('a'), code('gone', ['a']), code('b', ['gone'])], {}, answer)
    const run = await bench.start({ to: 'ada' })
    const before = bench.record(run)
    bench.publish([code('a'), wait('fresh', ['a'], 0), code('b', ['fresh'])], later())
    const { told, replay } = await replayed(bench, run, before.head)
    expect(told).toMatchObject({
      migration: { from: 1, versions: [1], added: ['fresh'], dropped: ['gone'], notTakenBack: [], changed: ['input', 'output/a/1'] },
      migrated: [{ key: 'input', before: { to: 'ada' }, after: { to: ['ada'] } }, { key: 'output/a/1', before: 'a 1', after: 'other' }],
      reused: ['a', 'b'],
      runs: [{ step: 'fresh', certain: true }],
      edits: [],
    })
    expect(bench.value(replay, bench.record(replay).input)).toEqual({ to: ['ada'] })
    expect(bench.value(replay, bench.step(replay, 'a').output)).toBe('other')
    expect([bench.record(run).input, bench.value(run, before.input)]).toEqual([before.input, { to: 'ada' }])
  })

  test('a compensation is owed by the run that is replayed, and by no other', async () => {
    const { bench } = mending([code('a', [], { compensates: true }), code('b', ['a'])], { b: () => undefined })
    const run = await bench.start()
    bench.publish([code('a'), code('b', ['a'])], later())
    const { told } = await replayed(bench, run, bench.checkpoint(run, 'a'))
    expect(told.migration).toMatchObject({ notTakenBack: [] })
  })

  test('an edit is written into what the migrations made, and only what is taken over has to fit', async () => {
    const answer = ({ values }: Migrate): Answer => {
      const unfit = values.filter(({ stays, isEdited }) => stays && !isEdited).map(({ key }) => key)
      if (unfit.includes('output/b/1')) return { type: 'refused', failures: [{ ...failure('validation', 'too short'), path: 'outputs.b' }] }
      return { type: 'migrated', changed: [{ key: 'output/a/1', value: { made: 'of a 1' } }] }
    }
    const { bench, asked } = mending([code('a'), code('b', ['a']), code('c', ['b'])], {}, answer)
    const run = await bench.start()
    const { head } = bench.record(run)
    const revision = bench.publish([code('a', [], { output: { type: 'object' } }), code('b', ['a'], { output: { type: 'string', minLength: 20 } }), code('c', ['b'])], later())
    await expect(bench.previewReplay(run, head, {}, 'present')).rejects.toMatchObject({ name: 'Refused', failures: [{ path: 'outputs.b' }] })

    const ofA = { outputs: [{ step: step('a'), value: { made: 'by hand' } }] }
    const { told, replay } = await replayed(bench, run, head, ofA)
    expect(told).toMatchObject({ renewed: ['b', 'c'], migrated: [], migration: { changed: [] }, edits: [{ key: 'output/a/1', before: { made: 'of a 1' }, after: { made: 'by hand' } }] })
    expect(asked.at(-1)).toMatchObject({ type: 'vouch', step: 'a' })
    expect(bench.started(replay)).toEqual(['b', 'c'])
    expect(bench.record(replay)).toMatchObject({ revision, origin: { edited: ['output/a/1'] } })

    // By its own edit a value fits, too.
    const ofB = { outputs: [{ step: step('b'), value: 'long enough to be taken' }] }
    expect(await bench.previewReplay(run, head, ofB, 'present')).toMatchObject({ reused: ['a', 'b'], renewed: ['c'], edits: [{ before: 'b 1' }] })
  })

  test('what is sensitive by a definition that it came from is known in each replay of it', async () => {
    const { bench } = mending([code('a'), code('b', ['a'])])
    const run = await bench.start()
    const first = bench.record(run).revision
    bench.publish([code('a'), code('c', ['a'])], later())
    const { replay } = await replayed(bench, run, 1)
    const again = await bench.replay(replay, 0)
    expect(bench.record(again).origin).toEqual({ run: replay, checkpoint: 0, edited: [], earlier: [first] })
  })
})

describe('is refused, and begins nothing,', () => {
  const refused = async (more: Partial<Manifest>, edits: ReplayEdits = {}): Promise<unknown> => {
    const { bench } = mending([code('a'), code('b', ['a'])])
    const run = await bench.start()
    bench.publish([code('a'), wait('b', ['a'], 0)], more)
    const told = await bench.previewReplay(run, bench.record(run).head, edits, 'present').catch((error: unknown) => error)
    const begun = await bench.replay(run, bench.record(run).head, edits, 'present').catch((error: unknown) => error)
    expect(begun).toEqual(told)
    expect(bench.disk.runs.size).toBe(1)
    return told
  }

  test('where migrations are missing, which are named, with both versions', async () => {
    expect(await refused({ version: 4, migrations: [2] })).toMatchObject({
      name: 'Refused',
      message: expect.stringContaining('leads away from version 1 and 3: the state is of version 1, the workflow of version 4'),
      failures: [{ path: 'definition', wayOut: expect.stringContaining('write .migrate(1, …) and .migrate(3, …)') }],
    })
  })

  test('where an output is edited that the definition has no place for', async () => {
    const edits = { outputs: [{ step: step('b'), value: 1 }] }
    expect(await refused(later(), edits)).toMatchObject({ message: 'b is another step in version 2: what it put out by then is not taken over', failures: [{ path: 'edits.outputs.0.step' }] })
  })

  test('where another revision has become the present one since it was told', async () => {
    const { bench } = mending([code('a')])
    const run = await bench.start()
    const revision = bench.publish([code('a')], later())
    bench.publish([code('a'), code('b')], later())
    const request = { run, checkpoint: 0, definition: 'present', revision, edits: {}, reason: null, actor: person } as const
    await expect(bench.until(bench.engine.replay(request))).rejects.toMatchObject({ name: 'Conflict', message: expect.stringContaining('another revision') })
    expect(bench.disk.runs.size).toBe(1)
  })
})
