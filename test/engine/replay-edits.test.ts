import { describe, expect, test } from 'vitest'
import { approvalStep as approval, codeStep as code } from '../../src/model/manifest.fixture.ts'
import type { StepManifest } from '../../src/model/manifest.ts'
import type { ReplayEdits } from '../../src/model/replay.ts'
import { asks, fails, standIn, unsafe } from './scripts.ts'
import { completed, failure, person, step, Workbench } from './workbench.ts'

describe('a replay that is edited first', () => {
  test('an output is what follows sees; what had gone by the old one runs again', async () => {
    const bench = new Workbench([code('a'), code('other'), code('b', ['a']), code('c', ['b', 'other'])])
    const run = await bench.start()
    const checkpoint = bench.checkpoint(run, 'b')
    const edits = { outputs: [{ step: step('a'), value: { mended: true } }] }
    expect(await bench.previewReplay(run, checkpoint, edits)).toMatchObject({
      reused: ['a', 'other'],
      renewed: ['b'],
      runs: [{ step: 'b', certain: true }, { step: 'c', certain: true }],
      edits: [{ key: 'output/a/1', before: 'a 1', after: { mended: true } }],
    })
    const replay = await bench.replay(run, checkpoint, edits)
    expect(bench.started(replay)).toEqual(['b', 'c'])
    expect(bench.execution.tasks.at(-2)?.view.outputs).toEqual({ a: { mended: true } })
    expect(bench.record(replay).origin).toMatchObject({ edited: ['output/a/1'] })
    expect(bench.value(run, bench.step(run, 'a').output)).toBe('a 1')
  })

  test('an edited output stands, also where what it went by is edited too', async () => {
    const bench = new Workbench([code('a'), code('b', ['a']), code('c', ['b'])])
    const run = await bench.start()
    const outputs = [{ step: step('a'), value: 'A' }, { step: step('b'), value: 'B' }]
    const replay = await bench.replay(run, bench.record(run).head, { outputs })
    expect(bench.started(replay)).toEqual(['c'])
    expect(bench.execution.tasks.at(-1)?.view.outputs).toEqual({ a: 'A', b: 'B' })
  })

  test('an earlier pass may be edited', async () => {
    const loop = { loop: { to: [step('a')], max: 1, onLimit: 'continue' as const } }
    const bench = new Workbench([code('a', [], loop), code('b', ['a'])], {
      script: { a: ({ ref }) => completed(`a ${ref.iteration}`, ref.iteration === 1 ? 'a' : null) },
    })
    const run = await bench.start()
    const replay = await bench.replay(run, bench.record(run).head, { outputs: [{ step: step('a'), iteration: 1, value: 'mended' }] })
    expect(bench.started(replay)).toEqual(['b'])
    expect(bench.execution.tasks.at(-1)?.view).toMatchObject({ outputs: { a: 'a 2' }, iterations: { a: ['mended'] } })
  })

  test('with another input every step runs again', async () => {
    const bench = new Workbench([code('a'), code('b', ['a'])])
    const run = await bench.start({ n: 1 })
    const checkpoint = bench.checkpoint(run, 'a')
    expect(await bench.previewReplay(run, checkpoint, { input: { n: 2 } })).toMatchObject({
      reused: [],
      renewed: ['a'],
      edits: [{ key: 'input', before: { n: 1 }, after: { n: 2 } }],
    })
    const replay = await bench.replay(run, checkpoint, { input: { n: 2 } })
    expect(bench.started(replay)).toEqual(['a', 'b'])
    expect(bench.execution.tasks.at(-1)?.view).toMatchObject({ input: { n: 2 }, context: { tenant: 't' } })
  })
})

describe('with another input and outputs at once', () => {
  const both = (...outputs: NonNullable<ReplayEdits['outputs']>): ReplayEdits => ({ input: { n: 2 }, outputs })

  test('what was written stands, as it is given; everything else runs again, and what goes by it with it', async () => {
    const bench = new Workbench([code('a'), code('b', ['a']), code('c', ['b']), code('other')])
    const run = await bench.start({ n: 1 })
    const { head } = bench.record(run)
    const edits = both({ step: step('b'), value: { mended: true } })
    expect(await bench.previewReplay(run, head, edits)).toMatchObject({
      reused: ['b'],
      renewed: ['a', 'other', 'c'],
      runs: [{ step: 'a', certain: true }, { step: 'other', certain: true }, { step: 'c', certain: true }],
      edits: [{ key: 'input', after: { n: 2 } }, { key: 'output/b/1', before: 'b 1', after: { mended: true } }],
    })
    const replay = await bench.replay(run, head, edits)
    expect(bench.started(replay).toSorted()).toEqual(['a', 'c', 'other'])
    const last = bench.execution.tasks.findLast(({ ref }) => ref.run === replay && ref.step === 'c')
    expect(last?.view).toMatchObject({ input: { n: 2 }, outputs: { b: { mended: true } } })
    expect(bench.record(replay)).toMatchObject({ status: 'completed', origin: { edited: ['input', 'output/b/1'] } })
  })

  test('of the passes before one that was written nothing is left but their number, and the bounds of loops are whole', async () => {
    const loop = { loop: { to: [step('a')], max: 1, onLimit: 'continue' as const } }
    const bench = new Workbench([code('a'), code('check', ['a'], loop)], {
      script: { check: ({ ref, view }) => completed(null, ref.iteration === 1 || view.outputs['a'] === 'mended' ? 'a' : null) },
    })
    const run = await bench.start()
    expect(bench.record(run).loops).toEqual({ check: 1 })
    const replay = await bench.replay(run, bench.record(run).head, both({ step: step('a'), iteration: 2, value: 'mended' }))
    const [checked, again] = bench.execution.tasks.filter(({ ref }) => ref.run === replay)
    expect(checked).toMatchObject({ ref: { step: 'check', iteration: 1 }, view: { outputs: { a: 'mended' }, iterations: {} } })
    expect(again).toMatchObject({ ref: { step: 'a', iteration: 3 } })
    expect(bench.rows(replay).steps.filter(({ step: id }) => id === 'a')).toMatchObject([
      { iteration: 1, status: 'superseded', output: null },
      { iteration: 2, status: 'completed' },
      { iteration: 3, status: 'completed' },
    ])
    expect(bench.record(replay).loops).toEqual({ check: 1 })
  })

  test('an earlier pass that was written is what came before; the newest runs again', async () => {
    const loop = { loop: { to: [step('a')], max: 1, onLimit: 'continue' as const } }
    const bench = new Workbench([code('a', [], loop), code('b', ['a'])], { script: { a: ({ ref }) => completed(`a ${ref.iteration}`, ref.iteration === 1 ? 'a' : null) } })
    const run = await bench.start()
    const replay = await bench.replay(run, bench.record(run).head, both({ step: step('a'), iteration: 1, value: 'mended' }))
    expect(bench.started(replay)).toEqual(['a', 'b'])
    expect(bench.execution.tasks.at(-1)?.view).toMatchObject({ outputs: { a: 'a 2' }, iterations: { a: ['mended'] } })
  })
})

describe('the definition is asked about an edit, with what stood there', () => {
  const text = { output: { type: 'string' } }
  const steps = [code('a', [], { ...text, fallback: step('spare') }), code('spare', [], standIn), code('b', ['a'], text), code('c', ['b'], text)]
  const edits = { input: { n: 2 }, outputs: ['a', 'b', 'c'].map((id) => ({ step: step(id), value: `${id} mended` })) }
  const edited = async (later?: readonly StepManifest[]) => {
    const asked: unknown[] = []
    const bench = new Workbench(steps, {
      script: { a: fails },
      answer: (question) => {
        if (question.type === 'migrate') return { type: 'migrated', changed: [{ key: 'output/c/1', value: 'c led' }] }
        if (question.type === 'begin') return { type: 'began', input: question.input, context: question.context }
        if (question.type !== 'vouch') throw new Error(`asked to ${question.type}`)
        asked.push([question.step, question.before])
        return { type: 'vouched', output: question.output }
      },
    })
    const run = await bench.start({ n: 1 })
    if (later !== undefined) bench.publish(later, { version: 2, migrations: [1] })
    const replay = await bench.replay(run, bench.record(run).head, edits, later === undefined ? 'pinned' : 'present')
    return { bench, run, replay, asked }
  }

  test('where its own schema made that: nothing of what a fallback made, which the replay says of it no more', async () => {
    const { bench, run, replay, asked } = await edited()
    expect(asked).toEqual([[null, { n: 1 }], ['a', null], ['b', 'b 1'], ['c', 'c 1']])
    expect([bench.step(run, 'a').via, bench.step(replay, 'a').via]).toEqual(['spare', null])
  })

  test('by the present definition, of a schema that is the same, what no migration has changed', async () => {
    const other = { output: { type: 'string', minLength: 1 } }
    const { asked } = await edited([...steps.slice(0, 2), code('b', ['a'], other), code('c', ['b'], text)])
    expect(asked).toEqual([[null, { n: 1 }], ['a', null], ['b', null], ['c', null]])
  })
})

describe('is refused', () => {
  const stepsOf = [code('a', [], { fallback: step('spare') }), code('spare', [], { onlyAsFallback: true }), approval('ok', ['a'])]

  test('an edit of what is not there, was decided, or is edited twice, by name', async () => {
    const bench = new Workbench(stepsOf, { script: { ok: asks } })
    const run = await bench.start()
    await bench.decide(run, 'approve')
    const { head } = bench.record(run)
    const outputOf = (id: string, iteration?: number) => ({ outputs: [{ step: step(id), iteration, value: 1 }] })
    const refused = async (edits: ReplayEdits, path: string): Promise<void> => {
      const refusal = { name: 'Refused', failures: [{ path }] }
      await expect(bench.previewReplay(run, head, edits)).rejects.toMatchObject(refusal)
      await expect(bench.replay(run, head, edits)).rejects.toMatchObject(refusal)
    }
    await refused(outputOf('nothing'), 'edits.outputs.0.step')
    await refused(outputOf('ok'), 'edits.outputs.0.step')
    await refused(outputOf('spare'), 'edits.outputs.0.step')
    await refused(outputOf('a', 2), 'edits.outputs.0')
    await refused({ outputs: [...outputOf('a').outputs, ...outputOf('a', 1).outputs] }, 'edits.outputs.1')
    expect(bench.disk.runs.size).toBe(1)
  })

  test('what the definition does not take, of an input, an output or an output that is vouched for', async () => {
    const no = { type: 'refused', failures: [failure('validation', 'not like that')] } as const
    let strict = false
    const bench = new Workbench([code('a'), code('pay', ['a'], unsafe)], {
      answer: (question) => {
        if (strict) return no
        if (question.type !== 'begin') throw new Error(`asked ${question.type}`)
        return { type: 'began', input: question.input, context: question.context }
      },
    })
    const run = await bench.start()
    const checkpoint = bench.checkpoint(run, 'a')
    const replay = await bench.replay(run, checkpoint)
    strict = true
    const refusal = { name: 'Refused', failures: no.failures }
    await expect(bench.replay(run, checkpoint, { input: 1 })).rejects.toMatchObject(refusal)
    await expect(bench.replay(run, checkpoint, { outputs: [{ step: step('a'), value: 1 }] })).rejects.toMatchObject(refusal)
    await expect(bench.decide(replay, 'happened', { edit: 1 })).rejects.toMatchObject(refusal)
    expect(bench.decision(replay).status).toBe('pending')
    const { id: decision } = bench.decision(replay)
    const { actions } = await bench.until(bench.engine.consequences({ run: replay, decision, actor: person, note: null, edit: 1 }))
    expect(actions.map(({ action, refused }) => [action, refused])).toEqual([['arm', []], ['happened', no.failures]])
  })

  test('a run or a checkpoint that is not there', async () => {
    const bench = new Workbench([code('a')])
    const run = await bench.start()
    await expect(bench.replay(run, 99)).rejects.toMatchObject({ name: 'NotFound', noun: 'checkpoint', key: `${run}/99` })
  })
})
