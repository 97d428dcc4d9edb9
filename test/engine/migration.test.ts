import { describe, expect, test } from 'vitest'
import type { RunId } from '../../src/model/ids.ts'
import type { Json } from '../../src/model/json.ts'
import { approvalStep as approval, codeStep as code, waitStep as wait } from '../../src/model/manifest.fixture.ts'
import type { Manifest, StepManifest } from '../../src/model/manifest.ts'
import type { Preview } from '../../src/model/preview.ts'
import type { Answer, Question } from '../../src/engine/ports.ts'
import { completed, failed, failure, person, type Script, step, Workbench } from './workbench.ts'

type Migrate = Extract<Question, { type: 'migrate' }>

/** A workbench whose definition answers so to a migration, and remembers what it was asked. */
function migrating(steps: readonly StepManifest[], script: Script = {}, answer: (asked: Migrate) => Answer = () => ({ type: 'migrated', changed: [] })) {
  const asked: Migrate[] = []
  const bench = new Workbench(steps, {
    script,
    answer: (question) => {
      if (question.type === 'begin') return { type: 'began', input: question.input, context: question.context }
      if (question.type !== 'migrate') throw new Error(`asked to ${question.type}`)
      asked.push(question)
      return answer(question)
    },
  })
  return { bench, asked }
}

const later = (more: Partial<Manifest> = {}): Partial<Manifest> => ({ version: 2, migrations: [1], ...more })

async function present(bench: Workbench, run: RunId, checkpoint: number): Promise<Preview> {
  const told = await bench.until(bench.engine.preview({ run, checkpoint, definition: 'present' }))
  await bench.restore(run, checkpoint, told.version, 'present')
  return told
}

describe('going back with the present definition', () => {
  test('what had completed is kept, what is new runs, what is gone is dropped', async () => {
    const { bench, asked } = migrating([code('a'), code('gone', ['a']), code('b', ['gone'])], { b: () => failed('permanent') })
    const run = await bench.start()
    const revision = bench.publish([code('first'), code('a', ['first']), code('b', ['a'])], later())
    const told = await present(bench, run, bench.record(run).head)
    expect(told).toMatchObject({
      revision: { hash: revision, version: 2 },
      migration: { from: 1, versions: [1], added: ['first'], dropped: ['gone'], notTakenBack: [], changed: [] },
      reused: ['a'],
    })
    expect(told.runs.map(({ step: id }) => id).toSorted()).toEqual(['b', 'first'])
    expect(bench.record(run)).toMatchObject({ revision, workflowVersion: 2, branch: 1 })
    expect(bench.started(run)).toEqual(['a', 'gone', 'b', 'first', 'b'])
    expect(bench.execution.tasks.at(-1)).toMatchObject({ revision })
    expect(asked[0]).toMatchObject({ from: 1, values: [{ key: 'input' }, { key: 'context' }, { key: 'output/a/1', stays: true }, { key: 'output/gone/1', stays: false }] })
  })

  test('an output is of the step that made it, through every fallback and in every iteration', async () => {
    const back = { to: [step('start')], max: 1, onLimit: 'continue' as const }
    const text = { output: { type: 'string' } }
    const [b, c] = [{ onlyAsFallback: true, fallback: step('c'), output: { type: 'number' } }, { onlyAsFallback: true, output: { type: 'boolean' } }]
    const steps = [code('start'), code('a', ['start'], { fallback: step('b'), ...text }), code('b', ['start'], b), code('c', ['start'], c), code('again', ['a'], { loop: back })]
    const later = (name: string) => [...steps.slice(0, 1), code('a', ['start'], { fallback: step('b'), ...text }), code('b', ['start'], { ...b, fallback: step(name) }), code(name, ['start'], c)]
    const { bench, asked } = migrating([...steps, code('end', ['again'])], {
      a: () => failed('permanent'),
      b: ({ ref }) => (ref.iteration === 1 ? failed('permanent') : completed(2)),
      c: () => completed(true),
      again: ({ ref }) => completed(null, ref.iteration === 1 ? 'start' : null),
      end: () => failed('permanent'),
    })
    const run = await bench.start()
    const seen = () => asked.at(-1)?.values.filter(({ step: id }) => id === 'a' || id === 'b').map(({ key, via, speaker, fits }) => [key, via, speaker, fits]).toSorted()

    bench.publish([...later('c'), code('again', ['a'])])
    await bench.until(bench.engine.preview({ run, checkpoint: bench.record(run).head, definition: 'present' }))
    const kept = [['output/a/1', 'c', 'c', true], ['output/a/2', 'b', 'b', true], ['output/b/1', 'c', 'c', true], ['output/b/2', null, 'b', true]]
    expect(seen()).toEqual(kept)

    bench.publish([...later('other'), code('again', ['a'])])
    const told = await present(bench, run, bench.record(run).head)
    const lost = [['output/a/1', 'c', 'a', false], ['output/a/2', 'b', 'b', true], ['output/b/1', 'c', 'b', false], ['output/b/2', null, 'b', true]]
    expect(seen()).toEqual(lost)

    bench.publish([...later('other'), code('again', ['a'])])
    await bench.until(bench.engine.preview({ run, checkpoint: bench.record(run).head, definition: 'present' }))
    expect(seen()).toEqual(lost.map(([key, via, speaker]) => [key, via, speaker, true]))
    expect(told.migration).toMatchObject({ added: ['other'], dropped: expect.arrayContaining(['c', 'end']) })
  })

  test('what is left out says with which step that began, and of one that is gone or new nothing', async () => {
    const { bench } = migrating([code('a', [], { conditional: true }), code('b', ['a']), code('end')], { a: () => ({ type: 'skipped' }), end: () => failed('permanent') })
    const run = await bench.start()
    expect(bench.step(run, 'b').follows).toMatchObject({ from: 'a', as: 'skipped' })
    bench.publish([approval('a'), code('b', ['a']), code('c', ['b']), code('end')], later())
    await present(bench, run, bench.record(run).head)
    expect(bench.step(run, 'b')).toMatchObject({ status: 'skipped', skipped: 'dependency', follows: null })
    expect(bench.step(run, 'c')).toMatchObject({ status: 'skipped', skipped: 'dependency', follows: { from: 'b', as: 'skipped' } })
  })

  test('changed values are those that the run goes on with, on this branch and on no other', async () => {
    const answer = (): Answer => ({ type: 'migrated', changed: [{ key: 'input', value: { to: ['ada'] } }, { key: 'output/a/1', value: 'other' }] })
    const { bench } = migrating([code('a'), code('b', ['a'])], {}, answer)
    const run = await bench.start({ to: 'ada' })
    const before = bench.record(run)
    bench.publish([code('a'), code('b', ['a'])], later())
    const told = await present(bench, run, bench.checkpoint(run, 'a'))
    expect(told.migration?.changed).toEqual(['input', 'output/a/1'])
    const view = (): Json => ({ ...bench.execution.tasks.at(-1)?.view })
    expect(view()).toMatchObject({ input: { to: ['ada'] }, outputs: { a: 'other' } })
    const [first] = (bench.disk.runs.get(run)?.checkpoints ?? []).filter(({ branch }) => branch === 1)
    expect(first?.changes.map(({ key }) => key)).toEqual(['input', 'output/a/1'])
    await bench.restore(run, 1)
    expect(view()).toMatchObject({ input: { to: 'ada' }, outputs: { a: 'a 1' } })
    expect(bench.record(run)).toMatchObject({ branch: 2, revision: before.revision, workflowVersion: 1, input: before.input })
  })

  test('a savepoint that was passed with another is none any more: a failure does not lead back over what a person has chosen', async () => {
    const steps = (verify: string) => [code('a'), code('b', ['a'], { savepoint: 'before-b' }), code(verify, ['b'], { rollback: { to: 'before-b', max: 1 } })]
    const { bench } = migrating(steps('old'), { old: () => failed('permanent'), fresh: () => failed('permanent') })
    const run = await bench.start()
    expect(bench.record(run)).toMatchObject({ status: 'failed', branch: 1, rollbacks: { 'before-b': 1 } })
    const revision = bench.publish(steps('fresh'), later())
    await present(bench, run, bench.checkpoint(run, 'b'))
    expect(bench.record(run)).toMatchObject({ status: 'failed', branch: 2, revision })
    const why = [...(bench.disk.runs.get(run)?.errors.values() ?? [])].findLast(({ step: id }) => id === 'fresh')?.recoveries.at(-1)?.passedOver
    expect(why?.find(({ strategy }) => strategy === 'rollback')?.why).toBe('the run has not passed the savepoint before-b')
  })

  test('another host goes on with it as it is', async () => {
    const { bench } = migrating([code('a'), code('b', ['a'])], { b: () => failed('permanent'), fresh: () => undefined })
    const run = await bench.start()
    const revision = bench.publish([code('a'), code('fresh', ['a'])], later())
    await present(bench, run, bench.record(run).head)
    expect(bench.step(run, 'fresh').status).toBe('running')
    await bench.restart()
    expect(bench.execution.tasks).toMatchObject([{ revision, ref: { step: 'fresh', branch: 1 } }])
  })

  test('a step of another kind is another step, and so is one that stands in for another', async () => {
    const { bench } = migrating([code('a'), code('b', ['a']), code('c', ['b'])])
    const run = await bench.start()
    bench.publish([code('a'), wait('b', ['a'], 1_000), code('c', ['b'])], later())
    const told = await present(bench, run, bench.record(run).head)
    expect(told.migration).toMatchObject({ added: ['b'], dropped: ['b'] })
    expect(bench.statuses(run)).toEqual({ a: 'completed', b: 'waiting', c: 'completed' })
  })

  test('loops are counted only of steps that still loop', async () => {
    const loop = { loop: { to: [step('a')], max: 2, onLimit: 'continue' as const } }
    const { bench } = migrating([code('a'), code('check', ['a'], loop), code('c', ['check'])], {
      check: ({ ref }) => completed(null, ref.iteration === 1 ? 'a' : null),
      c: () => failed('permanent'),
    })
    const run = await bench.start()
    expect(bench.record(run).loops).toEqual({ check: 1 })
    bench.publish([code('a'), code('check', ['a']), code('c', ['check'])], later())
    await present(bench, run, bench.record(run).head)
    expect(bench.record(run)).toMatchObject({ loops: {}, branch: 1 })
    expect(bench.rows(run).steps.filter(({ step: id }) => id === 'check')).toHaveLength(2)
  })

  test('what nothing takes back any more is told; what has a compensation now owes it', async () => {
    const { bench } = migrating([code('a', [], { compensates: true }), code('b', ['a']), code('c', ['b'])], { c: () => undefined })
    const run = await bench.start()
    bench.publish([code('a'), code('b', ['a'], { compensates: true }), code('c', ['b'])], later())
    const told = await present(bench, run, bench.record(run).head)
    expect(told.migration?.notTakenBack).toEqual(['a'])
    expect([bench.step(run, 'a'), bench.step(run, 'b')]).toMatchObject([{ compensation: 'none' }, { compensation: 'owed' }])
  })

  test('the same revision is as the pinned one; the same version is asked whether it takes what is the same', async () => {
    const { bench, asked } = migrating([code('a'), code('b', ['a'])])
    const run = await bench.start()
    expect(await present(bench, run, 1)).toMatchObject({ migration: null, revision: { version: 1 } })
    bench.publish([code('a'), code('b', ['a']), code('c')], {})
    expect(await present(bench, run, 1)).toMatchObject({ migration: { from: 1, versions: [], added: ['c'], changed: [] } })
    const fitting = [{ key: 'input', fits: true }, { key: 'context', fits: true }, { key: 'output/a/1', fits: true }]
    expect(asked.at(-1)).toMatchObject({ from: 1, values: fitting })
    bench.publish([code('a', [], { output: { type: 'string' } }), code('b', ['a'])], {})
    await present(bench, run, 1)
    expect(asked.at(-1)).toMatchObject({ values: [{ key: 'input' }, { key: 'context' }, { key: 'output/a/1', fits: false }] })
  })

  test('a replay of a checkpoint goes by the definition of its branch', async () => {
    const { bench } = migrating([code('a'), code('b', ['a'])])
    const run = await bench.start()
    const { revision } = bench.record(run)
    bench.publish([code('a'), code('c', ['a'])], later())
    await present(bench, run, 1)
    const replay = await bench.replay(run, 1)
    expect(bench.record(replay)).toMatchObject({ revision, workflowVersion: 1 })
    expect(bench.started(replay)).toEqual(['b'])
  })
})

describe('is refused, and nothing is changed,', () => {
  const refused = async (more: Partial<Manifest>, answer?: () => Answer): Promise<unknown> => {
    const { bench } = migrating([code('a'), approval('ok', ['a'])], { ok: () => ({ type: 'asked', shown: null }) }, answer)
    const run = await bench.start()
    bench.publish([code('a')], more)
    const before = [structuredClone(bench.disk.runs.get(run)), bench.disk.journal.length]
    const request = { run, checkpoint: 1, definition: 'present' } as const
    const told = await bench.until(Promise.allSettled([bench.engine.preview(request)]))
    const sent = await bench.until(Promise.allSettled([bench.engine.restore({ ...request, revision: null, seen: null, reason: null, actor: person })]))
    expect(sent).toEqual(told)
    expect([bench.disk.runs.get(run), bench.disk.journal.length]).toEqual(before)
    return told[0]
  }
  const reason = (message: string, wayOut: string): object => ({
    status: 'rejected',
    reason: { name: 'Refused', message: expect.stringContaining(message), failures: [{ path: 'definition', wayOut: expect.stringContaining(wayOut) }] },
  })

  test('where migrations are missing, which are named', async () => {
    expect(await refused({ version: 4, migrations: [2] })).toMatchObject(
      reason('leads away from version 1 and 3: the state is of version 1, the workflow of version 4', 'write .migrate(1, …) and .migrate(3, …) in workflows/bench.ts'),
    )
  })

  test('where a migration or a schema refuses, in their words', async () => {
    const failures = [{ ...failure('validation', 'too short'), path: 'outputs.a' }]
    expect(await refused(later(), () => ({ type: 'refused', failures }))).toMatchObject({ reason: { name: 'Refused', failures } })
  })

  test('where a migration makes what is over the limit of a value: it is named, and the run stays as it was', async () => {
    const body = 'x'.repeat(10_000_000)
    const { bench } = migrating([code('a'), code('b', ['a'])], {}, () => ({ type: 'migrated', changed: [{ key: 'output/a/1', value: { letter: { body } } }] }))
    const run = await bench.start()
    const before = bench.record(run)
    bench.publish([code('a'), code('b', ['a'])], later())
    const refusal = {
      name: 'Refused',
      message: expect.stringContaining('what the migrations made of output/a/1 cannot be kept: the value takes more than 10000000 bytes (reached at letter.body)'),
      failures: [{ name: 'ValueRefused', path: 'output/a/1.letter.body', wayOut: expect.stringContaining('mend the migration') }],
    }
    const there = { run, checkpoint: before.head, definition: 'present', revision: null, actor: person } as const
    await expect(bench.until(bench.engine.preview(there))).rejects.toMatchObject(refusal)
    await expect(bench.until(bench.engine.restore({ ...there, seen: before.version, reason: null }))).rejects.toMatchObject(refusal)
    await expect(bench.until(bench.engine.previewReplay({ ...there, edits: {} }))).rejects.toMatchObject(refusal)
    await expect(bench.until(bench.engine.replay({ ...there, edits: {}, reason: null }))).rejects.toMatchObject(refusal)
    expect([bench.record(run), bench.disk.runs.size]).toEqual([before, 1])
  })

  test('where the workflow is older than the run, or not there', async () => {
    const { bench } = migrating([code('a')])
    bench.publish([code('a')], { version: 3 })
    const run = await bench.start()
    bench.publish([code('a')], { version: 2 })
    const again = (): Promise<unknown> => bench.until(Promise.allSettled([bench.engine.preview({ run, checkpoint: 0, definition: 'present' })]))
    expect(await again()).toMatchObject([reason('version 2 of bench is older than version 3', 'load version 3')])
    bench.engine.withdraw(bench.manifest.name, 'its file does not parse')
    expect(await again()).toMatchObject([reason('its file does not parse', 'go on with the pinned revision')])
  })

  test('where another revision has become the present one since it was told', async () => {
    const { bench } = migrating([code('a')])
    const run = await bench.start()
    const revision = bench.publish([code('a')], later())
    bench.publish([code('a'), code('b')], later())
    const sent = bench.engine.restore({ run, checkpoint: 0, definition: 'present', revision, seen: null, reason: null, actor: person })
    expect(await bench.until(Promise.allSettled([sent]))).toMatchObject([{ reason: { name: 'Conflict', message: expect.stringContaining('another revision') } }])
    expect(bench.record(run).branch).toBe(0)
  })

  test('where somebody else sends the run back while the definition is asked', async () => {
    const { bench } = migrating([code('a')])
    const run = await bench.start()
    bench.publish([code('a'), code('b')], later())
    const request = { run, checkpoint: 0, revision: null, seen: null, reason: null, actor: person }
    const both = [bench.engine.restore({ ...request, definition: 'present' }), bench.engine.restore({ ...request, definition: 'pinned' })]
    const outcomes = await bench.until(Promise.allSettled(both))
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { name: 'Conflict' } })
    expect(bench.record(run).branch).toBe(1)
  })
})
