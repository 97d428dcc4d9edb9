/** A step that begins a run of another workflow: how the two go on with one another, whatever comes in between. */
import { describe, expect, test } from 'vitest'
import type { JournalEntry } from '../../src/model/entry.ts'
import type { RunId } from '../../src/model/ids.ts'
import { isEnded } from '../../src/model/status.ts'
import { approvalStep as approval, codeStep as code, workflowStep as child } from '../../src/model/manifest.fixture.ts'
import { answer, asks, byPerson, calls, hangs } from './scripts.ts'
import { completed, failed, step, Workbench, type WorkbenchOptions } from './workbench.ts'

const undoes = { compensates: true } as const
const parent = [code('first', [], undoes), child('letter', 'letters', ['first']), code('after', ['letter'])]
const letters = [code('write', [], undoes), code('send', ['write'], undoes)]

function benchOf(script: WorkbenchOptions['script'] = {}, more: WorkbenchOptions = {}, steps = parent): Workbench {
  return new Workbench(steps, { others: { letters }, script: { letter: calls({ to: 'ann' }), ...script }, ...more })
}

const ended = (bench: Workbench, run: RunId) => bench.events(run).filter(({ type }) => type === 'child_ended')
const childrenOf = (bench: Workbench): RunId[] => [...bench.disk.runs.values()].flatMap(({ record }) => (record.parent === null ? [] : [record.id]))

describe('a child', () => {
  test('is created with the end of the attempt that called it, and what its last steps put out is the output', async () => {
    const bench = benchOf({ send: () => completed({ sent: true }) })
    const run = await bench.start()
    const letter = bench.child(run, 'letter')
    expect(bench.record(run)).toMatchObject({ status: 'completed' })
    expect(bench.record(letter)).toMatchObject({ status: 'completed', workflow: 'letters', correlation: bench.record(run).correlation })
    expect(bench.record(letter).parent).toEqual({ run, step: 'letter', iteration: 1, attempt: 1, depth: 1, held: false })
    expect(bench.value(letter, bench.record(letter).input)).toEqual({ to: 'ann' })
    expect(bench.value(run, bench.step(run, 'letter').output)).toEqual({ send: { sent: true } })
    const begun = bench.disk.journal.findIndex(({ events }) => events.some(({ type }) => type === 'child_begun'))
    expect(bench.disk.journal.slice(begun, begun + 2).map(({ run: of, events }) => [of, events.some(({ type }) => type === 'run_created' || type === 'child_begun')])).toEqual([
      [run, true],
      [letter, true],
    ])
  })

  test('is what the parent waits for, while it waits for nothing else', async () => {
    const bench = benchOf({ write: hangs })
    const run = await bench.start()
    expect(bench.record(run)).toMatchObject({ status: 'waiting', waiting: 'child' })
    expect(bench.record(bench.child(run, 'letter'))).toMatchObject({ status: 'running' })
    await answer(bench, 'write', 1)
    expect(bench.record(run)).toMatchObject({ status: 'completed' })
  })

  test('that fails has its step fail of the same, and the error says of which', async () => {
    const bench = benchOf({ send: () => failed('permanent', 'no such address') })
    const run = await bench.start()
    const letter = bench.child(run, 'letter')
    expect(bench.started(letter)).toEqual(['write', 'send', 'write compensation'])
    expect(bench.record(run)).toMatchObject({ status: 'failed', failure: { class: 'permanent', child: { run: letter } } })
    const error = [...(bench.disk.runs.get(letter)?.errors.values() ?? [])].find(({ step }) => step === null)
    const own = [...(bench.disk.runs.get(run)?.errors.values() ?? [])].find(({ step }) => step === 'letter')
    expect(own).toMatchObject({ status: 'failed', causedBy: error?.id, failure: { child: { run: letter, error: error?.id } } })
    expect(bench.started(run)).toEqual(['first', 'letter', 'first compensation'])
  })

  test('that fails in a way that may pass is tried again by another child', async () => {
    let tries = 0
    const retry = { attempts: 1, initial: 10, factor: 1, max: 10, jitter: 0 }
    const bench = new Workbench([child('letter', 'letters', [], { retry: { ...retry, attempts: 2 } })], {
      others: { letters: [code('send', [], { retry })] },
      script: { letter: calls(), send: () => (tries++ === 0 ? failed('transient') : completed()) },
    })
    const run = await bench.start()
    await bench.pass(10)
    expect(bench.record(run).status).toBe('completed')
    expect(childrenOf(bench).map((id) => [bench.record(id).status, bench.record(id).parent?.attempt])).toEqual([
      ['failed', 1],
      ['completed', 2],
    ])
  })

  test('that fails while its parent is ending ends the error of its step, whatever was done about that before', async () => {
    const back = { savepoint: 'before-letter', rollback: { to: 'before-letter', max: 2 } } as const
    const bench: Workbench = benchOf({ send: () => failed('permanent'), 'write compensation': ({ ref }) => (childrenOf(bench)[0] === ref.run ? completed() : undefined) }, {}, [child('letter', 'letters', [], back)])
    const run = await bench.start()
    expect(bench.record(run)).toMatchObject({ branch: 1, status: 'waiting', waiting: 'child' })
    await bench.until(bench.engine.cancel({ run, ...byPerson }))
    await answer(bench, 'write', 4)
    expect(bench.record(run).status).toBe('cancelled')
    const errors = [...(bench.disk.runs.get(run)?.errors.values() ?? [])]
    expect(errors).toMatchObject([{ step: 'letter', status: 'failed', recoveries: [{ strategy: 'rollback', outcome: 'failed' }] }])
  })

  test('that a person cancels fails its step as rejected', async () => {
    const bench = benchOf({ write: hangs })
    const run = await bench.start()
    const letter = bench.child(run, 'letter')
    await bench.until(bench.engine.cancel({ run: letter, ...byPerson, reason: 'not today' }))
    await bench.settle()
    expect(bench.record(run)).toMatchObject({ status: 'failed', failure: { class: 'rejected', name: 'ChildCancelled', child: { run: letter } } })
  })

  test('whose definition refuses what it is given is never begun', async () => {
    const failures = [{ class: 'validation' as const, name: 'Invalid', message: 'input.to: it is missing', path: 'input.to', wayOut: 'give it' }]
    const bench = new Workbench(parent, {
      others: { letters },
      script: { letter: calls('bad') },
      answer: (question) => {
        if (question.type !== 'begin') throw new Error('nothing else is asked')
        return question.input === 'bad' ? { type: 'refused', failures } : { type: 'began', input: question.input, context: question.context }
      },
    })
    const run = await bench.start()
    expect(bench.record(run)).toMatchObject({ status: 'failed', failure: { class: 'validation', name: 'ChildRefused', path: 'input.to' } })
    expect(childrenOf(bench)).toEqual([])
  })

  test('that calls itself without an end is stopped by how deep it is', async () => {
    const again = [child('again', 'letters')]
    const bench = new Workbench([child('letter', 'letters')], { others: { letters: again }, script: { letter: calls(), again: calls() } })
    const run = await bench.start()
    expect(childrenOf(bench)).toHaveLength(16)
    expect(bench.record(run).failure?.message).toContain('16 runs stand above it already')
  })

  test('whose last steps are sensitive does not put that out where its step does not say so', async () => {
    const secret = { others: { letters: [code('send', [], { sensitive: true })] } }
    const open = benchOf({}, secret)
    const run = await open.start()
    expect(open.record(run).failure).toMatchObject({ name: 'ChildOutputRefused' })
    const closed = benchOf({}, secret, [child('letter', 'letters', [], { sensitive: true })])
    expect(closed.record(await closed.start()).status).toBe('completed')
  })
})

describe('what is done to the parent', () => {
  test('cancel: the child is cancelled and undone before anything of the parent is', async () => {
    const bench = benchOf({ send: hangs })
    const run = await bench.start()
    await bench.until(bench.engine.cancel({ run, ...byPerson, reason: 'enough' }))
    await bench.settle()
    expect(bench.record(bench.child(run, 'letter')).status).toBe('cancelled')
    expect(bench.record(run).status).toBe('cancelled')
    expect(bench.statuses(run)).toEqual({ first: 'completed', letter: 'cancelled', after: 'cancelled' })
    expect(bench.started().slice(-2)).toEqual(['write compensation', 'first compensation'])
  })

  test('its timeout: that is told at once, the child is cancelled, and the step fails of the timeout once that has ended', async () => {
    const bench = benchOf({ send: hangs, 'write compensation': hangs }, {}, [child('letter', 'letters', [], { timeout: 500, retry: { attempts: 1, initial: 1, factor: 1, max: 1, jitter: 0 } })])
    const run = await bench.start()
    await bench.pass(499)
    expect(bench.record(bench.child(run, 'letter')).status).toBe('running')
    await bench.pass(1)
    expect(bench.record(bench.child(run, 'letter')).status).toBe('compensating')
    expect(bench.record(run)).toMatchObject({ status: 'waiting', waiting: 'child' })
    const errors = () => [...(bench.disk.runs.get(run)?.errors.values() ?? [])].filter((each) => each.step === 'letter')
    const at = bench.time.now
    expect(errors()).toMatchObject([{ status: 'recovering', openedAt: at, failure: { name: 'StepTimeout' }, recoveries: [{ strategy: 'end_child', outcome: 'under_way' }] }])
    await bench.pass(60_000)
    await answer(bench, 'write', 2)
    expect(bench.record(run)).toMatchObject({ status: 'failed', failure: { class: 'timeout', name: 'StepTimeout' } })
    expect(errors()).toMatchObject([{ status: 'failed', openedAt: at, recoveries: [{ strategy: 'end_child' }, { strategy: 'fail' }] }])
  })

  test('pause: the child is paused with it and goes on with it, but not where a person has paused it', async () => {
    const bench = benchOf({ write: hangs })
    const run = await bench.start()
    const letter = bench.child(run, 'letter')
    await bench.until(bench.engine.pause({ run, ...byPerson }))
    await bench.settle()
    expect(bench.record(letter)).toMatchObject({ status: 'paused', parent: { held: true } })
    await expect(bench.until(bench.engine.resume({ run: letter, ...byPerson }))).rejects.toThrow(`run ${run}, which is paused`)
    await answer(bench, 'write', 1)
    expect(bench.started(letter)).toEqual(['write'])
    await bench.until(bench.engine.resume({ run, ...byPerson }))
    await bench.settle()
    expect(bench.record(run).status).toBe('completed')

    const other = await bench.start()
    const own = bench.child(other, 'letter')
    await bench.until(bench.engine.pause({ run: own, ...byPerson }))
    await bench.until(bench.engine.pause({ run: other, ...byPerson }))
    await bench.until(bench.engine.resume({ run: other, ...byPerson }))
    await bench.settle()
    expect(bench.record(own)).toMatchObject({ status: 'paused', parent: { held: false } })
  })

  test('what is undone of it: the child that had completed is, its last step first, and before what came before it', async () => {
    const bench = benchOf({ after: () => failed('permanent') })
    const run = await bench.start()
    const letter = bench.child(run, 'letter')
    expect(bench.record(run).status).toBe('failed')
    expect(bench.record(letter)).toMatchObject({ status: 'cancelled', failure: { name: 'CalledBack' } })
    expect(bench.step(run, 'letter').compensation).toBe('done')
    expect(bench.started().slice(-3)).toEqual(['send compensation', 'write compensation', 'first compensation'])
    // It had left the host, and nothing of it was under way when that took it up again.
    expect(bench.events(letter).filter(({ type }) => type === 'attempt_ended')).toHaveLength(4)
  })

  test('a child that owes nothing stays completed', async () => {
    const bench = benchOf({ after: () => failed('permanent') }, { others: { letters: [code('write')] } })
    const run = await bench.start()
    expect(bench.record(run).status).toBe('failed')
    expect(bench.record(bench.child(run, 'letter')).status).toBe('completed')
  })

  test('a loop over it: the child is cancelled, and the next pass begins when that has ended', async () => {
    const steps = [code('base'), child('letter', 'letters', ['base']), code('judge', ['base'], { loop: { to: [step('base')], max: 1, onLimit: 'continue' } })]
    const bench = benchOf({ send: hangs, judge: hangs }, {}, steps)
    const run = await bench.start()
    await answer(bench, 'judge', 1, completed(null, 'base'))
    const [first, second, ...rest] = childrenOf(bench)
    expect(rest).toEqual([])
    expect(bench.record(first ?? run).status).toBe('cancelled')
    expect(bench.record(second ?? run)).toMatchObject({ status: 'running', parent: { iteration: 2 } })
    expect(bench.started().filter((id) => id.startsWith('write'))).toEqual(['write', 'write compensation', 'write'])
  })

  test('restore: a child begun since is cancelled, and the branch begins another; the child itself cannot be sent back', async () => {
    const bench = benchOf({ send: hangs })
    const run = await bench.start()
    const letter = bench.child(run, 'letter')
    const preview = await bench.until(bench.engine.preview({ run, checkpoint: bench.checkpoint(run, 'first'), definition: 'pinned' }))
    expect(preview.cancels).toEqual([{ step: 'letter', iteration: 1, child: letter }])
    await bench.restore(run, bench.checkpoint(run, 'first'))
    expect(bench.record(letter).status).toBe('cancelled')
    const next = bench.child(run, 'letter')
    expect(next).not.toBe(letter)
    expect(bench.record(next).status).toBe('running')
    await expect(bench.restore(letter, 0)).rejects.toThrow(`a child of run ${run}`)
    await answer(bench, 'send', 2)
    expect(bench.record(run).status).toBe('completed')
  })

  test('replay: the children that it begins are disarmed as it is', async () => {
    const bench = benchOf({}, { others: { letters: [code('send', [], { effect: { repeat: 'unsafe' } })] } })
    const run = await bench.start()
    const again = await bench.replay(run, 0)
    const letter = bench.child(again, 'letter')
    expect(bench.record(letter)).toMatchObject({ disarmed: true, status: 'waiting', waiting: 'decision' })
    expect(bench.record(again)).toMatchObject({ status: 'waiting', waiting: 'child' })
    await bench.decide(letter, 'arm')
    expect(bench.record(again).status).toBe('completed')
  })
})

describe('a host that dies', () => {
  /** Everything that two runs come to, however often the host died on the way. */
  async function lived(bench: Workbench, doing: (bench: Workbench, run: RunId) => Promise<unknown>): Promise<unknown> {
    await bench.settle()
    for (let lives = 0; lives < 3; lives += 1) await bench.restart()
    const run = [...bench.disk.runs.values()].find(({ record }) => record.parent === null)?.record.id
    if (run === undefined) return undefined
    // Once more where the host died over it before anything of it was stored.
    for (let times = 0; times < 2; times += 1) if (!isEnded(bench.record(run).status)) await doing(bench, run)
    await bench.pass(60_000)
    return {
      parent: bench.record(run).status,
      children: childrenOf(bench).map((id) => bench.record(id).status),
      told: ended(bench, run).length,
      undone: bench.rows(run).steps.map(({ step, compensation }) => [step, compensation]),
      work: childrenOf(bench).map((id) => bench.rows(id).steps.map(({ step, status, compensation }) => [step, status, compensation])),
    }
  }

  const cancels = async (bench: Workbench, run: RunId) => {
    void bench.engine.cancel({ run, ...byPerson, reason: 'enough' }).catch(() => undefined)
    await bench.settle()
    await bench.restart()
  }
  const stories: readonly (readonly [string, WorkbenchOptions['script'], (bench: Workbench, run: RunId) => Promise<unknown>])[] = [
    ['a child that completes', {}, async () => undefined],
    ['a child that fails', { send: () => failed('permanent') }, async () => undefined],
    ['a parent that fails after its child', { after: () => failed('permanent') }, async () => undefined],
    ['a parent that is cancelled while its child runs', { send: hangs }, cancels],
  ]

  test.each(stories)('at whichever commit: %s', async (_, script, doing) => {
    const whole = benchOf(script)
    const expected = await lived(await begun(whole), doing)
    expect(whole.disk.journal.length).toBeGreaterThan(5)
    for (let at = 1; at <= whole.disk.journal.length; at += 1) {
      const dies = ({ position }: JournalEntry): void => {
        if (position === at) bench.crash()
      }
      const bench: Workbench = benchOf(script, { stored: dies })
      const came = await lived(await begun(bench), doing)
      expect(came, `killed after entry ${at}`).toEqual(expected)
    }
  })

  test('after its parent was sent back, and before the child heard of that: it is cancelled also where somebody acts on it first', async () => {
    const dies = ({ events }: JournalEntry): void => {
      if (events.some(({ type }) => type === 'run_restored')) bench.crash()
    }
    const bench: Workbench = benchOf({ write: hangs }, { stored: dies })
    const run = await bench.start()
    const letter = bench.child(run, 'letter')
    const sendsBack = { run, checkpoint: 0, seen: null, definition: 'pinned', revision: null, reason: 'sent back', actor: byPerson.actor } as const
    void bench.engine.restore(sendsBack).catch(() => undefined)
    await bench.settle()
    await bench.restart({ recovers: false })
    void bench.engine.checkpoint({ run: letter, ...byPerson }).catch(() => undefined)
    await bench.until(bench.engine.recover())
    await bench.settle()
    expect(bench.record(letter).status).toBe('cancelled')
    expect(bench.record(run)).toMatchObject({ status: 'waiting', branch: 1 })
  })

  async function begun(bench: Workbench): Promise<Workbench> {
    const { name: workflow } = bench.manifest
    void bench.engine.start({ workflow, input: {}, context: {}, correlation: null, actor: { kind: 'person', name: 'ann' } }).catch(() => undefined)
    return bench
  }

  test('with a group that was stored though nobody heard of it, the child is found', async () => {
    let commits = 0
    const bench = benchOf({ send: asks }, { fate: () => (++commits === 3 ? 'lost' : 'stored'), others: { letters: [code('write'), approval('send', ['write'])] } })
    const run = await bench.start()
    await bench.pass(10_000)
    expect(childrenOf(bench)).toHaveLength(1)
    await bench.decide(bench.child(run, 'letter'), 'approve')
    expect(bench.record(run).status).toBe('completed')
  })
})
