import { describe, expect, test } from 'vitest'
import type { RunId } from '../../src/model/ids.ts'
import { approvalStep as approval, codeStep as code, emailStep as email } from '../../src/model/manifest.fixture.ts'
import { stateAt } from '../simulation/memory-storage.ts'
import { asks, hangs, unsafe } from './scripts.ts'
import { completed, failed, person, step, Workbench } from './workbench.ts'

/** All that the disk holds of a run. */
function whole(bench: Workbench, run: RunId): unknown {
  return structuredClone({ rows: bench.disk.runs.get(run), entries: bench.disk.journal.filter((entry) => entry.run === run) })
}

function stateOf(bench: Workbench, run: RunId, checkpoint: number): Record<string, unknown> {
  const rows = bench.disk.runs.get(run)
  if (rows === undefined) throw new Error(`no run ${run}`)
  return Object.fromEntries(stateAt(rows, checkpoint))
}

describe('a replay', () => {
  test('is a run of its own that takes over what had completed by then, and leaves the other as it was', async () => {
    const bench = new Workbench([code('a'), code('b', ['a']), code('c', ['b'])])
    const run = await bench.start()
    const before = whole(bench, run)
    const checkpoint = bench.checkpoint(run, 'a')
    const replay = await bench.replay(run, checkpoint)
    expect(bench.started(replay)).toEqual(['b', 'c'])
    const { lineage, correlation, revision } = bench.record(run)
    expect(bench.record(replay)).toMatchObject({
      ...{ status: 'completed', branch: 0, generation: 0, lineage, correlation, revision, disarmed: true },
      origin: { run, checkpoint, edited: [] },
    })
    const [first] = bench.execution.tasks.filter(({ ref }) => ref.run === replay)
    expect(first).toMatchObject({ idempotencyKey: `${replay}/b/1/0`, view: { outputs: { a: 'a 1' } } })
    expect(bench.disk.runs.get(replay)?.checkpoints[0]).toMatchObject({ number: 0, type: 'step_start', note: 'tried again' })
    expect(stateOf(bench, replay, 0)).toMatchObject(stateOf(bench, run, checkpoint))
    expect(whole(bench, run)).toEqual(before)
  })

  test('from checkpoint 0 it is the whole run anew; from the end, nothing', async () => {
    const bench = new Workbench([code('a'), code('b', ['a'])])
    const run = await bench.start()
    expect(bench.started(await bench.replay(run, 0))).toEqual(['a', 'b'])
    const copy = await bench.replay(run, bench.record(run).head)
    expect(bench.started(copy)).toEqual([])
    expect(bench.record(copy).status).toBe('completed')
  })

  test('of a run under way leaves it under way, and a replay can be replayed', async () => {
    const bench = new Workbench([code('a'), code('b', ['a'])], { script: { b: () => undefined } })
    const run = await bench.start()
    const replay = await bench.replay(run, bench.checkpoint(run, 'a'))
    const again = await bench.replay(replay, 0)
    expect(bench.record(again).origin).toEqual({ run: replay, checkpoint: 0, edited: [] })
    expect(bench.execution.stopped).toEqual([])
    for (const each of [run, replay, again]) expect(bench.step(each, 'b').status).toBe('running')
  })

  test('asks for approvals anew', async () => {
    const bench = new Workbench([code('draft'), approval('approve', ['draft']), code('file', ['approve'])], { script: { approve: asks } })
    const run = await bench.start()
    await bench.decide(run, 'approve')
    const replay = await bench.replay(run, bench.checkpoint(run, 'draft'))
    expect(bench.decision(replay)).toMatchObject({ kind: 'approval', status: 'pending' })
    await bench.decide(replay, 'approve')
    expect(bench.record(replay).status).toBe('completed')
  })

  test('what was decided by then is taken over; what was asked then, or decided since, is asked anew', async () => {
    const steps = [approval('first'), approval('second', ['first']), approval('third', ['second']), code('file', ['third'])]
    const bench = new Workbench(steps, { script: { first: asks, second: asks, third: asks } })
    const run = await bench.start()
    await bench.decide(run, 'approve')
    await bench.until(bench.engine.checkpoint({ run, seen: null, actor: person, reason: 'while the second is asked' }))
    const asked = bench.record(run).head
    expect(bench.decision(run)).toMatchObject({ step: 'second' })
    await bench.decide(run, 'approve')
    await bench.decide(run, 'approve')
    expect((await bench.previewReplay(run, asked)).runs).toMatchObject([{ step: 'second', certain: true }, { step: 'third' }, { step: 'file' }])
    const replay = await bench.replay(run, asked)
    expect(bench.started(replay)).toEqual(['second'])
    expect(bench.decision(replay)).toMatchObject({ kind: 'approval', step: 'second' })
    await bench.decide(replay, 'approve')
    expect(bench.decision(replay)).toMatchObject({ kind: 'approval', step: 'third' })
    await bench.decide(replay, 'approve')
    expect(bench.started(replay)).toEqual(['second', 'third', 'file'])
    const decided = [...(bench.disk.runs.get(replay)?.decisions.values() ?? [])].map(({ step: id }) => id)
    expect(decided).toEqual(['second', 'third'])
    expect(bench.value(replay, bench.step(replay, 'first').output)).toMatchObject({ action: 'approve' })
  })

  test('outlives its host', async () => {
    const bench = new Workbench([code('a'), code('b', ['a'])], { script: { b: () => undefined } })
    const run = await bench.start()
    const replay = await bench.replay(run, bench.checkpoint(run, 'a'))
    await bench.restart()
    expect(bench.record(replay)).toMatchObject({ status: 'running', origin: { run } })
    expect(bench.step(replay, 'a')).toMatchObject({ status: 'completed', output: bench.step(run, 'a').output })
  })
})

describe('disarmed', () => {
  const steps = [code('a'), email('send', ['a']), code('book', ['send'], unsafe), code('end', ['book'])]

  test('each effect waits to be armed, one by one', async () => {
    const bench = new Workbench(steps)
    const run = await bench.start()
    const replay = await bench.replay(run, 0)
    expect(bench.started(replay)).toEqual(['a'])
    expect(bench.record(replay)).toMatchObject({ status: 'waiting', waiting: 'decision' })
    expect(bench.decision(replay)).toMatchObject({ kind: 'arm', step: 'send', actions: [{ name: 'arm' }, { name: 'happened' }] })
    await bench.decide(replay, 'arm')
    expect(bench.started(replay)).toEqual(['a', 'send'])
    expect(bench.decision(replay)).toMatchObject({ kind: 'arm', step: 'book' })
    await bench.decide(replay, 'happened', { edit: { room: 7 } })
    expect(bench.started(replay)).toEqual(['a', 'send', 'end'])
    expect(bench.execution.tasks.at(-1)?.view.outputs['book']).toEqual({ room: 7 })
    expect(bench.record(replay).status).toBe('completed')
  })

  test('each answer says beforehand what it leads to', async () => {
    const bench = new Workbench(steps)
    const replay = await bench.replay(await bench.start(), 0)
    const { id: decision } = bench.decision(replay)
    const told = await bench.until(bench.engine.consequences({ run: replay, decision, actor: person, note: null, edit: null }))
    const [arm, happened] = told.actions
    expect(arm).toMatchObject({
      outcome: 'goes_on',
      runs: [
        { step: 'send', certain: true },
        { step: 'book', certain: false, why: 'only if book is armed' },
        { step: 'end', certain: false, why: 'once book is decided' },
      ],
      outside: [{ step: 'send', certain: true, key: `${replay}/send/1/0`, summary: 'ada@example.com' }, { step: 'book', certain: false }],
    })
    expect(happened).toMatchObject({ kept: ['a', 'send'], refused: [{ path: 'edit' }], outside: [{ step: 'book', certain: false }] })
  })

  test('who arms a step is told what the run that is replayed did, or may have done, and the one that that replays', async () => {
    let tries = 0
    const bench = new Workbench([approval('approve'), code('pay', ['approve'], { effect: { repeat: 'unsafe' } })], {
      script: { approve: asks, pay: () => ((tries += 1) === 1 ? hangs() : completed()) },
    })
    const first = await bench.start()
    await bench.decide(first, 'approve')
    const doubt = { key: `${first}/pay/1/0`, at: bench.step(first, 'pay').startedAt, inDoubt: true }
    await bench.restore(first, 0)
    await bench.decide(first, 'approve')
    const done = { key: `${first}/pay/1/1`, at: bench.step(first, 'pay').endedAt, inDoubt: false }
    const armed = async (run: RunId) => {
      const { actions } = await bench.until(bench.engine.consequences({ run, decision: bench.decision(run).id, actor: person, note: null, edit: null }))
      return actions.find(({ action }) => action === 'arm')?.outside
    }
    const second = await bench.replay(first, 0)
    await bench.decide(second, 'approve')
    expect(await armed(second)).toMatchObject([{ step: 'pay', key: `${second}/pay/1/0`, before: [done, doubt] }])
    await bench.decide(second, 'arm')
    const again = { key: `${second}/pay/1/0`, at: bench.step(second, 'pay').endedAt, inDoubt: false }

    // What a person says to have happened, nobody has done under the key of that run.
    const third = await bench.replay(second, 0)
    await bench.decide(third, 'approve')
    await bench.decide(third, 'happened', { edit: { paid: true } })
    const fourth = await bench.replay(third, 0)
    await bench.decide(fourth, 'approve')
    expect(await armed(fourth)).toMatchObject([{ step: 'pay', before: [again, done, doubt] }])
    await bench.restart()
    expect(await armed(fourth)).toMatchObject([{ step: 'pay', before: [again, done, doubt] }])
  })

  test('what was armed is tried again without asking, also by another host', async () => {
    let tries = 0
    const script = { send: () => ((tries += 1) < 3 ? failed('transient') : undefined) }
    const bench = new Workbench([email('send', [], { effect: { repeat: 'safe' } })], { script })
    const replay = await bench.replay(await bench.start(), 0)
    await bench.decide(replay, 'arm')
    await bench.pass(60_000)
    expect(bench.step(replay, 'send')).toMatchObject({ status: 'running', armed: 'run' })
    await bench.restart()
    expect(bench.step(replay, 'send').status).toBe('running')
  })

  test('armed while the run is paused, it starts when that goes on', async () => {
    const bench = new Workbench([email('send')])
    const replay = await bench.replay(await bench.start(), 0)
    const act = { run: replay, seen: null, actor: person, reason: null }
    await bench.until(bench.engine.pause(act))
    await bench.decide(replay, 'arm')
    expect(bench.started(replay)).toEqual([])
    await bench.until(bench.engine.resume(act))
    await bench.settle()
    expect(bench.started(replay)).toEqual(['send'])
  })

  test('only an optional step can be left out', async () => {
    const bench = new Workbench([email('send', [], { optional: true }), code('end', ['send'])])
    const replay = await bench.replay(await bench.start(), 0)
    expect(bench.decision(replay).actions.map(({ name }) => name)).toEqual(['arm', 'happened', 'skip'])
    await bench.decide(replay, 'skip')
    expect(bench.started(replay)).toEqual(['end'])
    expect(bench.step(replay, 'send')).toMatchObject({ status: 'skipped', skipped: 'person' })
  })

  test('every pass of a loop is asked about, and so is a branch that goes back', async () => {
    const loop = { loop: { to: [step('send')], max: 1, onLimit: 'continue' as const } }
    const bench = new Workbench([email('send'), code('check', ['send'], loop)], {
      script: { check: ({ ref }) => completed(null, ref.iteration < 2 ? 'send' : null) },
    })
    const replay = await bench.replay(await bench.start(), 0)
    await bench.decide(replay, 'arm')
    expect(bench.decision(replay)).toMatchObject({ kind: 'arm', iteration: 2 })
    await bench.decide(replay, 'arm')
    expect(bench.record(replay).status).toBe('completed')
    await bench.restore(replay, 0)
    expect(bench.decision(replay)).toMatchObject({ kind: 'arm', branch: 1, iteration: 1 })
    expect(bench.started(replay)).toEqual(['send', 'check', 'send', 'check'])
  })

  test('a compensation with an effect waits too, and can be left', async () => {
    let goesWell = true
    const bench = new Workbench([code('pay', [], { ...unsafe, compensates: true }), code('b', ['pay'])], {
      script: { b: () => (goesWell ? completed() : failed('permanent')) },
    })
    const run = await bench.start()
    goesWell = false
    const replay = await bench.replay(run, 0)
    await bench.decide(replay, 'arm')
    expect(bench.record(replay).status).toBe('compensating')
    expect(bench.decision(replay)).toMatchObject({ kind: 'arm', step: 'pay', actions: [{ name: 'arm' }, { name: 'happened' }, { name: 'skip' }] })
    expect(bench.started(replay)).toEqual(['pay', 'b'])
    await bench.decide(replay, 'arm')
    expect(bench.started(replay)).toEqual(['pay', 'b', 'pay compensation'])
    expect(bench.record(replay).status).toBe('failed')

    const other = await bench.replay(run, 0)
    await bench.decide(other, 'arm')
    await bench.decide(other, 'skip')
    expect(bench.step(other, 'pay').compensation).toBe('given_up')
    expect(bench.record(other).status).toBe('failed')
  })

  test('a step that nobody did, since a person said that it had happened, has taken no time once it is compensated', async () => {
    const bench = new Workbench([code('pay', [], { ...unsafe, compensates: true }), approval('approve', ['pay'])], { script: { approve: asks } })
    const replay = await bench.replay(await bench.start(), 0)
    await bench.decide(replay, 'happened', { edit: { paid: true } })
    await bench.pass(5_000)
    await bench.until(bench.engine.cancel({ run: replay, seen: null, actor: person, reason: null }))
    await bench.settle()
    await bench.decide(replay, 'arm')
    expect(bench.step(replay, 'pay')).toMatchObject({ compensation: 'done' })
    const told = await bench.until(bench.engine.preview({ run: replay, checkpoint: 0, definition: 'pinned' }))
    expect(told.runs).toContainEqual(expect.objectContaining({ step: 'pay', typical: null }))
  })

  test('what the other run did is not taken back', async () => {
    let goesWell = true
    const bench = new Workbench([code('pay', [], { compensates: true }), code('b', ['pay'])], {
      script: { b: () => (goesWell ? completed() : failed('permanent')) },
    })
    const run = await bench.start()
    goesWell = false
    const replay = await bench.replay(run, bench.checkpoint(run, 'pay'))
    expect(bench.started(replay)).toEqual(['b'])
    expect(bench.record(replay).status).toBe('failed')
  })

  test('what the other run has compensated since runs again, once it is armed', async () => {
    let broken = true
    const bench = new Workbench([code('pay', [], { ...unsafe, compensates: true }), code('pack', ['pay']), code('ship', ['pack'])], {
      script: { ship: () => (broken ? failed('permanent') : completed()) },
    })
    const run = await bench.start()
    broken = false
    const checkpoint = bench.checkpoint(run, 'pack')
    expect(await bench.previewReplay(run, checkpoint)).toMatchObject({ undone: ['pay'], renewed: ['pack'], reused: [] })
    const replay = await bench.replay(run, checkpoint)
    expect(bench.decision(replay)).toMatchObject({ kind: 'arm', step: 'pay', iteration: 1 })
    await bench.decide(replay, 'arm')
    expect(bench.started(replay)).toEqual(['pay', 'pack', 'ship'])
  })
})

describe('told beforehand', () => {
  test('what is reused, runs, may run, and has to be armed; telling changes nothing', async () => {
    const bench = new Workbench([code('a'), email('send', ['a']), code('end', ['send'])])
    const run = await bench.start()
    const before = [whole(bench, run), bench.disk.runs.size]
    expect(await bench.previewReplay(run, bench.checkpoint(run, 'a'))).toEqual({
      version: bench.record(run).version,
      checkpoint: bench.checkpoint(run, 'a'),
      becomes: 'waiting',
      reused: ['a'],
      runs: [
        { step: 'send', kind: 'email', certain: false, why: 'only if send is armed', typical: expect.any(Number) },
        { step: 'end', kind: 'code', certain: false, why: 'once send is decided', typical: expect.any(Number) },
      ],
      outside: [{ step: 'send', kind: 'email', phase: 'run', repeat: 'unsafe', summary: null, certain: false, before: [{ key: `${run}/send/1/0`, at: expect.any(Number), inDoubt: false }] }],
      revision: { hash: bench.record(run).revision, version: 1 },
      migration: null,
      migrated: [],
      children: [],
      undone: [],
      renewed: [],
      edits: [],
    })
    expect([whole(bench, run), bench.disk.runs.size]).toEqual(before)
  })
})
