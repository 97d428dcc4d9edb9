import { describe, expect, test } from 'vitest'
import { approvalStep as approval, codeStep as code, waitStep as wait } from '../../src/model/manifest.fixture.ts'
import { asks, byPerson } from './scripts.ts'
import { completed, failed, person, step, Workbench } from './workbench.ts'

describe('approvals', () => {
  const steps = [code('draft'), approval('approve', ['draft']), code('send', ['approve'])]

  test('the run waits, and goes on with what the person answered', async () => {
    const bench = new Workbench(steps, { script: { approve: asks } })
    const run = await bench.start()
    expect(bench.record(run)).toMatchObject({ status: 'waiting', waiting: 'decision' })
    expect(bench.value(run, bench.decision(run).shown)).toEqual({ question: 'send it?' })
    await bench.decide(run, 'approve', { note: 'fine' })
    expect(bench.record(run).status).toBe('completed')
    expect(bench.execution.tasks.at(-1)?.view.outputs['approve']).toEqual({ action: 'approve', note: 'fine', by: 'ann' })
  })

  test('reject ends the run as cancelled, and what was done is compensated', async () => {
    const bench = new Workbench([code('draft', [], { compensates: true }), approval('approve', ['draft'])], { script: { approve: asks } })
    const run = await bench.start()
    await bench.decide(run, 'reject', { note: 'no' })
    expect(bench.record(run)).toMatchObject({ status: 'cancelled', failure: { message: 'ann rejected at approve: no' } })
    expect(bench.started().at(-1)).toBe('draft compensation')
  })

  test('revise goes back, as often as the bound allows', async () => {
    const loop = { to: [step('draft')], max: 1, onLimit: 'fail' as const }
    const bench = new Workbench([code('draft'), approval('approve', ['draft'], { loop })], { script: { approve: asks } })
    const run = await bench.start()
    await bench.decide(run, 'revise', { note: 'to draft' })
    expect(bench.step(run, 'draft').iteration).toBe(2)
    await expect(bench.decide(run, 'revise', { note: 'to draft' })).rejects.toMatchObject({ name: 'Refused', failures: [{ path: 'action' }] })
    expect(bench.decision(run).status).toBe('pending')
  })

  test('an edit is written by the approval; the output that was shown is kept', async () => {
    const edits = { step: step('draft'), path: ['body'] }
    const bench = new Workbench([code('draft'), approval('approve', ['draft'], { edits }), code('send', ['approve'])], {
      script: { approve: asks },
    })
    const run = await bench.start()
    const { of } = bench.decision(run).edits ?? { of: null }
    await bench.decide(run, 'approve', { edit: { body: 'better' } })
    expect(bench.value(run, of)).toBe('draft 1')
    expect(bench.value(run, bench.step(run, 'draft').output)).toEqual({ body: 'better' })
    expect(bench.events(run)).toContainEqual(expect.objectContaining({ type: 'output_edited', step: 'draft' }))
    expect(bench.execution.tasks.at(-1)?.view.outputs['draft']).toEqual({ body: 'better' })
  })

  test('of two who decide at once, one wins and the other is told', async () => {
    const bench = new Workbench(steps, { script: { approve: asks } })
    const run = await bench.start()
    const { id: decision } = bench.decision(run)
    const one = { run, decision, edit: null, reason: null, seen: bench.record(run).version, actor: person }
    const both = await bench.until(
      Promise.allSettled([
        bench.engine.decide({ ...one, action: 'approve' }),
        bench.engine.decide({ ...one, action: 'reject' }),
      ]),
    )
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const lost = both.find(({ status }) => status === 'rejected')
    expect(lost).toMatchObject({ reason: { name: 'Conflict' } })
  })

  test('an unknown action is refused by name', async () => {
    const bench = new Workbench(steps, { script: { approve: asks } })
    const run = await bench.start()
    await expect(bench.decide(run, 'aprove')).rejects.toThrow('aprove is no answer to approve')
  })

  test('a deadline never approves: it fails the step or leaves it out', async () => {
    for (const [onDeadline, status, send] of [['fail', 'failed', 'cancelled'], ['skip', 'completed', 'skipped']] as const) {
      const bench = new Workbench([approval('approve', [], { deadline: 1_000, onDeadline }), code('send', ['approve'])], {
        script: { approve: asks },
      })
      const run = await bench.start()
      await bench.pass(1_000)
      expect(bench.record(run).status).toBe(status)
      expect(bench.step(run, 'send').status).toBe(send)
    }
  })
})

describe('timeouts', () => {
  test('an attempt that takes too long is stopped and tried again', async () => {
    let tries = 0
    const bench = new Workbench([code('a', [], { timeout: 1_000 })], { script: { a: () => ((tries += 1) === 1 ? undefined : completed()) } })
    const run = await bench.start()
    await bench.pass(999)
    expect(bench.execution.stopped).toEqual([])
    await bench.pass(1)
    expect(bench.execution.stopped).toHaveLength(1)
    expect(bench.step(run, 'a').failure).toMatchObject({ class: 'timeout' })
    await bench.pass(1_000)
    expect(bench.record(run).status).toBe('completed')
  })

  test('waiting for a process does not count', async () => {
    const bench = new Workbench([code('a', [], { timeout: 1_000 })], { script: { a: () => undefined } })
    bench.execution.hasRoom = false
    const run = await bench.start()
    await bench.pass(60_000)
    expect(bench.record(run).status).toBe('running')
    const [task] = bench.execution.tasks
    if (task !== undefined) bench.execution.sink?.began(task.ref)
    await bench.pass(999)
    expect(bench.record(run).status).toBe('running')
    await bench.pass(1)
    expect(bench.step(run, 'a').failure).toMatchObject({ class: 'timeout' })
  })

  test('a run past its timeout fails; waiting for a person or in a wait does not count', async () => {
    const bench = new Workbench([wait('w', [], 60_000), approval('ask', ['w']), code('a', ['ask'])], {
      timeout: 5_000,
      script: { ask: asks, a: () => undefined },
    })
    const run = await bench.start()
    await bench.pass(60_000)
    await bench.pass(60_000)
    await bench.decide(run, 'approve')
    await bench.pass(4_999)
    expect(bench.record(run).status).toBe('running')
    await bench.pass(1)
    expect(bench.record(run)).toMatchObject({ status: 'failed', failure: { name: 'RunTimeout' } })
  })

  test('time between two hosts does not count', async () => {
    const bench = new Workbench([code('a')], { timeout: 5_000, script: { a: () => undefined } })
    const run = await bench.start()
    await bench.die(600_000)
    await bench.restart()
    await bench.pass(4_999)
    expect(bench.record(run).status).toBe('running')
    await bench.pass(1)
    expect(bench.record(run)).toMatchObject({ status: 'failed', failure: { name: 'RunTimeout' } })
  })
})

describe('pause, resume, cancel', () => {
  test('paused, nothing starts and no wait ends; resumed, it goes on', async () => {
    let answer: (() => void) | undefined
    const bench = new Workbench([code('a'), code('b', ['a'])], { script: { a: () => undefined } })
    const run = await bench.start()
    await bench.until(bench.engine.pause({ ...byPerson, run }))
    const a = bench.execution.tasks[0]
    if (a !== undefined) answer = () => bench.execution.sink?.ended(a.ref, completed())
    answer?.()
    await bench.settle()
    expect(bench.statuses(run)).toEqual({ a: 'completed', b: 'pending' })
    expect(bench.record(run).status).toBe('paused')
    await bench.until(bench.engine.resume({ ...byPerson, run }))
    await bench.settle()
    expect(bench.record(run).status).toBe('completed')
  })

  test('a backoff that came due while paused is taken up on resume', async () => {
    let tries = 0
    const bench = new Workbench([code('a')], { script: { a: () => ((tries += 1) === 1 ? failed('transient') : completed()) } })
    const run = await bench.start()
    await bench.until(bench.engine.pause({ ...byPerson, run }))
    await bench.pass(120_000)
    expect(tries).toBe(1)
    await bench.until(bench.engine.resume({ ...byPerson, run }))
    await bench.settle()
    expect(bench.record(run).status).toBe('completed')
  })

  test('cancel stops what runs, withdraws what is asked, and compensates', async () => {
    const bench = new Workbench(
      [code('a', [], { compensates: true }), code('slow', ['a']), approval('ask', ['a'])],
      { script: { slow: () => undefined, ask: asks } },
    )
    const run = await bench.start()
    await bench.until(bench.engine.cancel({ ...byPerson, run, reason: 'enough' }))
    await bench.settle()
    expect(bench.record(run)).toMatchObject({ status: 'cancelled', failure: { message: 'enough' } })
    expect(bench.execution.stopped).toMatchObject([{ step: 'slow' }])
    expect(bench.started().at(-1)).toBe('a compensation')
    expect(bench.events(run)).toContainEqual(expect.objectContaining({ type: 'decision_closed', status: 'withdrawn' }))
    await expect(bench.until(bench.engine.pause({ ...byPerson, run }))).rejects.toThrow('has ended: cancelled')
  })

  test('who acts on what somebody else has changed since is told so', async () => {
    const bench = new Workbench([code('a')], { script: { a: () => undefined } })
    const run = await bench.start()
    const seen = bench.record(run).version
    await bench.until(bench.engine.pause({ ...byPerson, run, seen }))
    await expect(bench.until(bench.engine.cancel({ ...byPerson, run, seen }))).rejects.toMatchObject({
      name: 'Conflict',
      status: 'paused',
    })
  })
})
