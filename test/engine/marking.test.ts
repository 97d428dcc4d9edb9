import { describe, expect, test } from 'vitest'
import { approvalStep as approval, codeStep as code } from '../../src/model/manifest.fixture.ts'
import type { RunId } from '../../src/model/ids.ts'
import { completed, failed, person, Workbench } from './workbench.ts'

const asks = () => ({ type: 'asked', shown: null }) as const

async function waiting(): Promise<{ bench: Workbench; run: RunId }> {
  const bench = new Workbench([code('a'), approval('ok', ['a']), code('b', ['ok'])], { script: { ok: asks } })
  return { bench, run: await bench.start() }
}

const mark = (bench: Workbench, run: RunId, reason: string | null = null, seen: number | null = null) =>
  bench.until(bench.engine.checkpoint({ run, seen, actor: person, reason }))

const name = (bench: Workbench, run: RunId, branch: number, called: string | null) =>
  bench.until(bench.engine.nameBranch({ run, branch, name: called, actor: person }))

describe('a checkpoint that a person takes', () => {
  test('holds the state as it is, with the note, and changes nothing else', async () => {
    const { bench, run } = await waiting()
    const { record: before, steps } = bench.rows(run)
    const record = await mark(bench, run, 'before I decide')
    expect(record).toEqual({ ...before, version: before.version + 1, head: before.head + 1, updatedAt: record.updatedAt })
    expect(bench.disk.runs.get(run)?.checkpoints.at(-1)).toMatchObject({ type: 'manual', note: 'before I decide', step: null, changes: [] })
    expect(bench.rows(run).steps).toEqual(steps)
    expect(bench.events(run).at(-1)).toMatchObject({ type: 'checkpoint_taken', kind: 'manual' })
  })

  test('is gone back to like any other', async () => {
    const { bench, run } = await waiting()
    const { head } = await mark(bench, run)
    await bench.decide(run, 'approve')
    expect(bench.record(run).status).toBe('completed')
    await bench.restore(run, head)
    expect(bench.statuses(run)).toEqual({ a: 'completed', ok: 'waiting', b: 'pending' })
    expect(bench.started()).toEqual(['a', 'ok', 'b', 'ok'])
  })

  test('is taken of a paused run too, and of one whose step is under way', async () => {
    const { bench, run } = await waiting()
    await bench.until(bench.engine.pause({ run, seen: null, actor: person, reason: null }))
    expect(await mark(bench, run)).toMatchObject({ status: 'paused' })
    const busy = new Workbench([code('a')], { script: { a: () => undefined } })
    const running = await busy.start()
    const { head } = await mark(busy, running)
    expect(head).toBe(1)
    const [task] = busy.execution.tasks
    if (task === undefined) throw new Error('a did not start')
    busy.execution.sink?.ended(task.ref, completed('done'))
    await busy.settle()
    expect(busy.record(running).status).toBe('completed')
  })

  test('does not stand in the way of whoever looked before; whoever acted stands in its way', async () => {
    const { bench, run } = await waiting()
    const seen = bench.record(run).version
    await mark(bench, run, null, seen)
    await bench.decide(run, 'approve', { seen })
    expect(bench.record(run).status).toBe('completed')
    const other = await waiting()
    const old = other.bench.record(other.run).version
    await other.bench.until(other.bench.engine.pause({ run: other.run, seen: null, actor: person, reason: null }))
    await expect(mark(other.bench, other.run, null, old)).rejects.toMatchObject({ name: 'Conflict' })
  })

  test('is refused for a run that has ended, with the one that is there', async () => {
    const bench = new Workbench([code('a')])
    const run = await bench.start()
    const { head, version } = bench.record(run)
    await expect(mark(bench, run)).rejects.toMatchObject({
      name: 'Refused',
      failures: [{ path: 'run', wayOut: expect.stringContaining(`checkpoint ${head} `) }],
    })
    expect(bench.record(run)).toMatchObject({ head, version })
  })
})

describe('the name of a branch', () => {
  test('is journaled, also of a run that has ended, and stands in nobody’s way', async () => {
    const { bench, run } = await waiting()
    const seen = bench.record(run).version
    await name(bench, run, 0, 'the first')
    await bench.decide(run, 'approve', { seen })
    const before = bench.record(run)
    expect(await name(bench, run, 0, null)).toMatchObject({ ...before, version: before.version + 1 })
    expect(bench.events(run).filter(({ type }) => type === 'branch_named')).toEqual([
      { type: 'branch_named', branch: 0, name: 'the first' },
      { type: 'branch_named', branch: 0, name: null },
    ])
  })

  test('is given to a branch that there is', async () => {
    const { bench, run } = await waiting()
    await expect(name(bench, run, 1, 'a try')).rejects.toMatchObject({ name: 'NotFound', noun: 'branch', key: `${run}/1` })
    await bench.restore(run, 0)
    expect(await name(bench, run, 1, 'a try')).toMatchObject({ branch: 1 })
  })
})

describe('keeping a run', () => {
  const keep = (bench: Workbench, run: RunId, isKept: boolean, reason: string | null) =>
    bench.until(bench.engine.keep({ run, keep: isKept, reason, actor: person }))

  test('says who wishes it and why, also of a run that has ended, and is taken back; what is so already stays as it is', async () => {
    const { bench, run } = await waiting()
    const seen = bench.record(run).version
    await bench.decide(run, 'approve', { seen })
    expect(await keep(bench, run, true, 'for the auditors')).toMatchObject({ status: 'completed', kept: { by: person, why: 'for the auditors' } })
    const before = bench.record(run)
    expect(await keep(bench, run, true, 'once more')).toEqual(before)
    expect(await keep(bench, run, false, 'they have been here')).toMatchObject({ ...before, kept: null, version: before.version + 1 })
    expect(bench.events(run).slice(-2)).toEqual([
      { type: 'run_kept', by: person, why: 'for the auditors' },
      { type: 'run_unkept', why: 'they have been here' },
    ])
  })
})

describe('looking ahead', () => {
  test('does not take up a run that nobody has taken up', async () => {
    const bench = new Workbench([code('a'), code('b', ['a'])], { script: { b: () => undefined } })
    const run = await bench.start()
    await bench.restart({ recovers: false })
    const before = bench.disk.journal.length
    const told = await bench.until(bench.engine.preview({ run, checkpoint: 0, definition: 'pinned' }))
    expect(told).toMatchObject({ becomes: 'running', stops: [{ step: 'b' }], runs: [{ step: 'a' }, { step: 'b' }] })
    expect(bench.disk.journal).toHaveLength(before)
    expect(bench.execution.tasks).toEqual([])
  })
})

describe('checkpoints that are taken by themselves', () => {
  const taken = (bench: Workbench, run: RunId) =>
    bench.disk.runs.get(run)?.checkpoints.map(({ type, step }) => `${type}${step === null ? '' : ` ${step}`}`)
  const steps = [code('a'), code('b', ['a'], { critical: true }), code('c', ['b'])]

  test('stand after each step, and before a critical one', async () => {
    const bench = new Workbench(steps)
    const run = await bench.start()
    expect(taken(bench, run)).toEqual(['step_start', 'step_complete a', 'critical_point b', 'step_complete b', 'step_complete c'])
  })

  test('stand before each step too where the workflow says so, once for all tries of it', async () => {
    const [first, ...others] = steps
    const retry = { attempts: 2, initial: 0, factor: 1, max: 0, jitter: 0 }
    const retried = [...(first === undefined ? [] : [{ ...first, retry }]), ...others]
    const bench = new Workbench(retried, { script: { a: ({ attempt }) => (attempt === 1 ? failed('transient') : completed('a')) } })
    bench.publish(retried, { checkpoints: 'around' })
    const run = await bench.start()
    expect(taken(bench, run)).toEqual([
      'step_start',
      'step_start a',
      'error_recovery a',
      'step_complete a',
      'critical_point b',
      'step_complete b',
      'step_start c',
      'step_complete c',
    ])
    expect(bench.record(run).status).toBe('completed')
    await bench.restore(run, 6)
    expect(bench.record(run).status).toBe('completed')
    expect(bench.started()).toEqual(['a', 'a', 'b', 'c', 'c'])
  })
})
