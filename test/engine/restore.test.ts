import { describe, expect, test } from 'vitest'
import { approvalStep as approval, codeStep as code, emailStep as email, waitStep as wait } from '../../src/model/manifest.fixture.ts'
import type { TaskResult } from '../../src/engine/ports.ts'
import { asks, hangs } from './scripts.ts'
import { completed, failed, person, step, Workbench } from './workbench.ts'

describe('going back', () => {
  test('what had completed by then is not run again, what came after is, on a branch of its own', async () => {
    const bench = new Workbench([code('a'), code('b', ['a']), code('c', ['b'])])
    const run = await bench.start()
    const before = bench.record(run)
    await bench.restore(run, bench.checkpoint(run, 'a'))
    expect(bench.started()).toEqual(['a', 'b', 'c', 'b', 'c'])
    expect(bench.record(run)).toMatchObject({ status: 'completed', branch: 1, generation: 1, lineage: before.lineage })
    expect(bench.execution.tasks.map(({ idempotencyKey }) => idempotencyKey.split('/').slice(1).join('/'))).toEqual([
      'a/1/0', 'b/1/0', 'c/1/0', 'b/1/1', 'c/1/1',
    ])
    expect(bench.execution.tasks[3]?.view.outputs).toEqual({ a: 'a 1' })
    expect(bench.events(run).filter(({ type }) => type === 'run_restored')).toHaveLength(1)
  })

  test('checkpoint 0 is the whole run anew', async () => {
    const bench = new Workbench([code('a'), code('b', ['a'])])
    const run = await bench.start()
    await bench.restore(run, 0)
    expect(bench.started()).toEqual(['a', 'b', 'a', 'b'])
  })

  test('a run that failed goes on from before its failure, and has none any more', async () => {
    let broken = true
    const script = { b: () => (broken ? failed('permanent') : completed('mended')) }
    const bench = new Workbench([code('a'), code('b', ['a'])], { script })
    const run = await bench.start()
    expect(bench.record(run).status).toBe('failed')
    broken = false
    await bench.restore(run, bench.record(run).head)
    expect(bench.record(run)).toMatchObject({ status: 'completed', failure: null, closing: null })
    expect(bench.started()).toEqual(['a', 'b', 'b'])
  })

  test('the branch that was left stays as it was, and can be gone back to', async () => {
    let next = 0
    const bench = new Workbench([code('a'), code('b', ['a']), code('c', ['b'])], { script: { b: () => completed(`b ${(next += 1)}`) } })
    const run = await bench.start()
    const atB = bench.checkpoint(run, 'b')
    await bench.restore(run, bench.checkpoint(run, 'a'))
    expect(bench.execution.tasks.at(-1)?.view.outputs['b']).toBe('b 2')
    await bench.restore(run, atB)
    expect(bench.execution.tasks.at(-1)?.view.outputs['b']).toBe('b 1')
    expect(bench.record(run)).toMatchObject({ status: 'completed', branch: 2 })
    expect(bench.started()).toEqual(['a', 'b', 'c', 'b', 'c', 'c'])
  })

  test('after a loop, earlier passes are there as they were', async () => {
    const loop = { loop: { to: [step('draft')], max: 2, onLimit: 'continue' as const } }
    const bench = new Workbench([code('draft'), code('check', ['draft'], loop), code('send', ['check'])], {
      script: { check: ({ ref }) => completed(`check ${ref.iteration}`, ref.iteration < 3 ? 'draft' : null) },
    })
    const run = await bench.start()
    const first = bench.disk.runs.get(run)?.checkpoints.find((checkpoint) => checkpoint.step === 'check')?.number ?? -1
    await bench.restore(run, first)
    expect(bench.started().slice(7)).toEqual(['draft', 'check', 'draft', 'check', 'send'])
    const again = bench.execution.tasks[7]
    expect(again?.ref).toMatchObject({ step: 'draft', iteration: 2, branch: 1 })
    expect(again?.view.iterations).toEqual({ draft: ['draft 1'], check: ['check 1'] })
    expect(bench.record(run)).toMatchObject({ status: 'completed', loops: { check: 2 } })
  })

  test('inside parallel branches, each keeps what it had by then: what is under way is stopped, and what had completed since runs again', async () => {
    let isFirst = true
    const pack = (): TaskResult | undefined => (isFirst ? undefined : completed('packed'))
    const steps = [
      code('order'),
      code('pick', ['order']), code('weigh', ['pick']), code('pack', ['weigh']),
      code('charge', ['order']), code('invoice', ['charge']), code('book', ['invoice']),
      code('ship', ['pack', 'book']),
    ]
    const bench = new Workbench(steps, { script: { pack } })
    const run = await bench.start()
    expect(bench.statuses(run)).toMatchObject({ weigh: 'completed', pack: 'running', book: 'completed', ship: 'pending' })
    const checkpoint = Math.max(bench.checkpoint(run, 'pick'), bench.checkpoint(run, 'charge'))
    const told = await bench.until(bench.engine.preview({ run, checkpoint, definition: 'pinned' }))
    expect(told.reused).toEqual(['order', 'pick', 'charge'])
    expect(told.stops).toMatchObject([{ step: 'pack', iteration: 1, attempt: 1 }])
    const again = ['weigh', 'pack', 'invoice', 'book', 'ship']
    expect(told.runs.filter(({ certain }) => certain).map(({ step: id }) => id).toSorted()).toEqual(again.toSorted())

    const [late] = bench.execution.tasks.filter(({ ref }) => ref.step === 'pack')
    isFirst = false
    await bench.restore(run, checkpoint)
    expect(bench.execution.stopped.map((ref) => ref.step)).toEqual(['pack'])
    if (late !== undefined) bench.execution.sink?.ended(late.ref, completed('late'))
    await bench.settle()
    expect(bench.started().slice(7).toSorted()).toEqual(again.toSorted())
    expect(bench.record(run)).toMatchObject({ status: 'completed', branch: 1 })
    expect(bench.execution.tasks.at(-1)).toMatchObject({ ref: { step: 'ship', branch: 1 }, view: { outputs: { pack: 'packed', book: 'book 1' } } })
    expect(bench.disk.runs.get(run)?.steps.get('0/pack/1')?.status).toBe('superseded')
    expect(bench.step(run, 'charge')).toMatchObject({ generation: 0, output: bench.disk.runs.get(run)?.steps.get('0/charge/1')?.output })
  })

  test('a step that may run once more is told under the key that it has then', async () => {
    const loop = { loop: { to: [step('draft')], max: 2, onLimit: 'continue' as const } }
    const touches = { effect: { repeat: 'safe' as const } }
    const bench = new Workbench([code('draft', [], touches), code('check', ['draft'], loop)], {
      script: { check: ({ ref }) => completed(null, ref.branch === 1 && ref.iteration === 1 ? 'draft' : null) },
    })
    const run = await bench.start()
    const checkpoint = bench.checkpoint(run, 'draft')
    const told = await bench.until(bench.engine.preview({ run, checkpoint, definition: 'pinned' }))
    expect(told.outside).toMatchObject([{ step: 'draft', certain: false, key: `${run}/draft/2/1` }])
    await bench.restore(run, checkpoint)
    expect(bench.execution.tasks.filter(({ ref }) => ref.step === 'draft').at(-1)?.idempotencyKey).toBe(told.outside[0]?.key)
  })

  test('what was done outside on a branch that was left long ago is told by whatever would do it again', async () => {
    const bench = new Workbench([code('draft'), approval('approve', ['draft']), code('pay', ['approve'], { effect: { repeat: 'unsafe' } })], { script: { approve: asks } })
    const run = await bench.start()
    await bench.decide(run, 'approve')
    const before = [{ key: `${run}/pay/1/0`, at: bench.step(run, 'pay').endedAt, inDoubt: false }]
    const checkpoint = bench.checkpoint(run, 'draft')
    await bench.restore(run, checkpoint)
    const preview = () => bench.until(bench.engine.preview({ run, checkpoint, definition: 'pinned' }))
    expect((await preview()).outside).toMatchObject([{ step: 'pay', certain: false, before }])
    const told = async () => (await bench.until(bench.engine.consequences({ run, decision: bench.decision(run).id, edit: null, note: null, actor: person }))).actions[0]
    expect(await told()).toMatchObject({ action: 'approve', outside: [{ step: 'pay', key: `${run}/pay/1/1`, before }] })
    await bench.restore(run, checkpoint)
    expect((await preview()).outside).toMatchObject([{ step: 'pay', before }])
    const { outside } = await bench.previewReplay(run, checkpoint)
    expect(outside).toMatchObject([{ step: 'pay', before }])
    await bench.restart()
    expect(await told()).toMatchObject({ action: 'approve', outside: [{ step: 'pay', before }] })
  })

  test('what was in doubt on a branch that was left is told by whatever would do it again, for as long as there is the run', async () => {
    const bench = new Workbench([code('draft'), approval('approve', ['draft']), code('pay', ['approve'], { effect: { repeat: 'unsafe' } })], {
      script: { approve: asks, pay: ({ ref }) => (ref.branch === 0 ? hangs() : completed()) },
    })
    const run = await bench.start()
    await bench.decide(run, 'approve')
    const doubt = { key: `${run}/pay/1/0`, at: bench.step(run, 'pay').startedAt, inDoubt: true }
    const checkpoint = bench.checkpoint(run, 'draft')
    const preview = () => bench.until(bench.engine.preview({ run, checkpoint, definition: 'pinned' }))
    expect(await preview()).toMatchObject({ outside: [{ step: 'pay', key: `${run}/pay/1/1`, before: [doubt] }], inDoubt: [{ step: 'pay' }] })
    await bench.restore(run, checkpoint)
    const told = async () => (await bench.until(bench.engine.consequences({ run, decision: bench.decision(run).id, edit: null, note: null, actor: person }))).actions[0]
    expect(await told()).toMatchObject({ action: 'approve', outside: [{ step: 'pay', key: `${run}/pay/1/1`, before: [doubt] }] })
    await bench.decide(run, 'approve')
    const done = { key: `${run}/pay/1/1`, at: bench.step(run, 'pay').endedAt, inDoubt: false }
    expect(await preview()).toMatchObject({ outside: [{ step: 'pay', key: `${run}/pay/1/2`, before: [done, doubt] }], inDoubt: [] })
    expect((await bench.previewReplay(run, checkpoint)).outside).toMatchObject([{ step: 'pay', before: [done, doubt] }])
    await bench.restore(run, checkpoint)
    await bench.restart()
    expect(await told()).toMatchObject({ outside: [{ step: 'pay', before: [done, doubt] }] })
  })

  test('what is under way is stopped, its answer journaled and refused', async () => {
    const bench = new Workbench([code('a'), code('b', ['a']), code('other')], { script: { b: hangs, other: hangs } })
    const run = await bench.start()
    const [late] = bench.execution.tasks.filter(({ ref }) => ref.step === 'b')
    if (late === undefined) throw new Error('b did not start')
    await bench.restore(run, 0)
    expect(bench.execution.stopped.map((ref) => ref.step).toSorted()).toEqual(['b', 'other'])
    bench.execution.sink?.ended(late.ref, completed('late'))
    await bench.settle()
    expect(bench.events(run)).toContainEqual(expect.objectContaining({ type: 'result_refused', branch: 0, step: 'b', result: 'completed' }))
    expect(bench.step(run, 'b')).toMatchObject({ branch: 1, status: 'running', output: null })
    await expect(bench.until(bench.execution.sink?.effectBegins(late.ref) ?? Promise.resolve())).rejects.toThrow('not live')
  })

  test('timers and questions of the branch that is left are withdrawn', async () => {
    const steps = [code('a'), approval('approve', ['a'], { deadline: 5_000 }), wait('later', ['a'], 60_000), code('b', ['later', 'approve'])]
    const bench = new Workbench(steps, { script: { approve: asks } })
    const run = await bench.start()
    const { id } = bench.decision(run)
    await bench.restore(run, bench.checkpoint(run, 'a'))
    expect(bench.disk.runs.get(run)?.decisions.get(id)?.status).toBe('withdrawn')
    expect(bench.decision(run)).toMatchObject({ branch: 1, status: 'pending' })
    expect(bench.decision(run).id).not.toBe(id)
    await bench.decide(run, 'approve')
    await bench.pass(60_000)
    expect(bench.record(run).status).toBe('completed')
  })

  test('an effect that was cut off inside is in doubt on the branch that was left', async () => {
    const bench = new Workbench([code('a'), email('send', ['a'])], { script: { send: hangs } })
    const run = await bench.start()
    const [task] = bench.execution.tasks.filter(({ ref }) => ref.step === 'send')
    if (task === undefined) throw new Error('send did not start')
    await bench.until(bench.execution.sink?.effectBegins(task.ref) ?? Promise.resolve())
    await bench.restore(run, 0)
    const old = bench.disk.runs.get(run)?.steps.get('0/send/1')
    expect(old).toMatchObject({ status: 'in_doubt', failure: { name: 'SentBack' } })
    expect(bench.record(run)).toMatchObject({ status: 'running', branch: 1 })
    expect(bench.step(run, 'send')).toMatchObject({ branch: 1, status: 'running' })
  })

  test('what was compensated since runs again, and what needs it', async () => {
    let broken = true
    const compensates = { compensates: true } as const
    const bench = new Workbench(
      [code('look'), code('charge', ['look'], compensates), code('pack', ['charge']), code('ship', ['pack', 'look'])],
      { script: { ship: () => (broken ? failed('permanent') : completed('shipped')) } },
    )
    const run = await bench.start()
    expect(bench.started()).toEqual(['look', 'charge', 'pack', 'ship', 'charge compensation'])
    broken = false
    await bench.restore(run, bench.checkpoint(run, 'pack'))
    expect(bench.started().slice(5)).toEqual(['charge', 'pack', 'ship'])
    expect(bench.step(run, 'charge')).toMatchObject({ iteration: 2, compensation: 'owed', status: 'completed' })
    expect(bench.record(run).status).toBe('completed')
  })

  test('so does what has the output of a fallback that was compensated', async () => {
    let broken = true
    const steps = [
      code('charge', [], { fallback: step('invoice') }),
      code('invoice', [], { onlyAsFallback: true, compensates: true }),
      code('ship', ['charge']),
    ]
    const bench = new Workbench(steps, {
      script: { charge: () => failed('permanent'), ship: () => (broken ? failed('permanent') : completed('shipped')) },
    })
    const run = await bench.start()
    expect(bench.started()).toEqual(['charge', 'invoice', 'ship', 'invoice compensation'])
    broken = false
    await bench.restore(run, bench.checkpoint(run, 'invoice'))
    expect(bench.record(run).status).toBe('completed')
    expect(bench.step(run, 'charge')).toMatchObject({ iteration: 2, via: 'invoice' })
  })

  test('that holds on whichever branch it was compensated', async () => {
    let broken = true
    const bench = new Workbench([code('charge', [], { compensates: true }), code('ship', ['charge'])], {
      script: { ship: () => (broken ? failed('permanent') : completed('shipped')) },
    })
    broken = false
    const run = await bench.start()
    const charged = bench.checkpoint(run, 'charge')
    broken = true
    await bench.restore(run, charged)
    expect(bench.started()).toEqual(['charge', 'ship', 'ship', 'charge compensation'])
    broken = false
    await bench.restore(run, charged)
    expect(bench.started().slice(4)).toEqual(['charge', 'ship'])
  })

  test('a paused run stays paused', async () => {
    const bench = new Workbench([code('a'), code('b', ['a'])])
    const run = await bench.start()
    await bench.restore(run, 0)
    const paused = new Workbench([code('a'), approval('ok', ['a'])], { script: { ok: asks } })
    const held = await paused.start()
    await paused.until(paused.engine.pause({ run: held, seen: null, actor: person, reason: null }))
    await paused.restore(held, 0)
    expect(paused.record(held)).toMatchObject({ status: 'paused', branch: 1 })
    await paused.until(paused.engine.resume({ run: held, seen: null, actor: person, reason: null }))
    await paused.settle()
    expect(paused.started()).toEqual(['a', 'ok', 'a', 'ok'])
  })

  test('a run in quarantine goes on from a moment that is whole', async () => {
    const bench = new Workbench([code('a'), wait('later', ['a'], 1_000), code('b', ['later'])])
    const run = await bench.start()
    bench.lose(run, bench.step(run, 'a').output)
    await bench.restart()
    await bench.pass(1_000)
    expect(bench.record(run)).toMatchObject({ status: 'quarantined', failure: { class: 'corruption' } })
    await bench.restore(run, 0)
    await bench.pass(1_000)
    expect(bench.record(run)).toMatchObject({ status: 'completed', branch: 1, failure: null })
    expect(bench.started()).toEqual(['a', 'b'])
  })

  test('its timeout counts anew', async () => {
    const bench = new Workbench([code('a'), wait('rest', ['a'], 10_000), code('b', ['rest'])], { timeout: 5_000, script: { b: hangs } })
    const run = await bench.start()
    await bench.pass(15_000)
    expect(bench.record(run).status).toBe('failed')
    await bench.restore(run, bench.checkpoint(run, 'rest'))
    await bench.pass(4_999)
    expect(bench.record(run).status).toBe('running')
    await bench.pass(1)
    expect(bench.record(run).status).toBe('failed')
  })

  test('a host that dies right after goes on from there', async () => {
    const bench = new Workbench([code('a'), code('b', ['a'])], { script: { b: hangs } })
    const run = await bench.start()
    await bench.until(bench.engine.restore({ run, checkpoint: 0, definition: 'pinned', revision: null, seen: null, reason: null, actor: person }))
    await bench.restart()
    expect(bench.step(run, 'a')).toMatchObject({ branch: 1, status: 'completed' })
  })
})

describe('what is refused', () => {
  test('a checkpoint or a run that is not there, by name', async () => {
    const bench = new Workbench([code('a')])
    const run = await bench.start()
    await expect(bench.restore(run, 99)).rejects.toMatchObject({ name: 'NotFound', noun: 'checkpoint', key: `${run}/99` })
    expect(bench.record(run).branch).toBe(0)
  })

  test('what was compensated on another branch is not compensated again', async () => {
    let stays = true
    const steps = [code('a', [], { compensates: true }), code('b', ['a'])]
    const bench = new Workbench(steps, { script: { b: () => (stays ? undefined : failed('permanent')) } })
    const run = await bench.start()
    stays = false
    await bench.restore(run, 1)
    await bench.restore(run, 1)
    const compensated = bench.execution.tasks.filter(({ phase }) => phase === 'compensate').map(({ idempotencyKey }) => idempotencyKey)
    expect(new Set(compensated).size).toBe(compensated.length)
    expect(compensated).toHaveLength(2)
  })

  test('of two who send it back at once, one wins and the other is told', async () => {
    const bench = new Workbench([code('a'), approval('ok', ['a'])], { script: { ok: asks } })
    const run = await bench.start()
    const seen = bench.record(run).version
    const request = { run, checkpoint: 0, definition: 'pinned', revision: null, seen, reason: null, actor: person } as const
    const both = await bench.until(Promise.allSettled([bench.engine.restore(request), bench.engine.restore(request)]))
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(both[1]).toMatchObject({ reason: { name: 'Conflict' } })
    expect(bench.record(run).branch).toBe(1)
  })
})
