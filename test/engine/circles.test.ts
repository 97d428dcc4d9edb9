/** Runs that go round in a circle are stopped, and those that get on are not. */
import { describe, expect, test } from 'vitest'
import type { LoopRules } from '../../src/model/policy/loop-rules.ts'
import { Rules, usualPolicy, type Policy } from '../../src/model/policy/policy.ts'
import { approvalStep, codeStep as code, emailStep, httpStep, waitStep } from '../../src/model/manifest.fixture.ts'
import type { Json } from '../../src/model/json.ts'
import type { LoopManifest, StepManifestOf } from '../../src/model/manifest.ts'
import type { Task } from '../../src/engine/ports.ts'
import { answer, byPerson, skipped, unsafe } from './scripts.ts'
import { completed, step, type Script, Workbench, type WorkbenchOptions } from './workbench.ts'

const back = (to: string, more: Partial<LoopManifest> = {}): { loop: LoopManifest } => ({ loop: { to: [step(to)], max: 500, onLimit: 'fail', ...more } })

/** Sends the run back each time, and puts out what it is told to for the iteration. */
const round = (to: string, output: (iteration: number) => Json = () => 'as ever', until = 10_000): Script[string] => {
  return ({ ref: { iteration } }: Task) => completed(output(iteration), iteration < until ? to : null)
}

const always = (output: Json): Script[string] => () => completed(output)

const rules = (loops: Partial<LoopRules>): NonNullable<WorkbenchOptions['policy']> => {
  const policy: Policy = { ...usualPolicy, usual: Rules.parse({ detection: { loops } }) }
  return () => policy
}

type Code = StepManifestOf<'code'>
const drafting = (check: Partial<Code> = back('draft'), draft: Partial<Code> = {}): Code[] => [code('route'), code('draft', ['route'], draft), code('check', ['draft'], check), code('send', ['check'])]

describe('a loop', () => {
  test('of 50 iterations that get on raises nothing', async () => {
    const bench = new Workbench(drafting(), { script: { draft: always('the same draft'), check: round('draft', (n) => ({ score: n }), 50) } })
    const run = await bench.start()
    expect(bench.record(run)).toMatchObject({ status: 'completed', failure: null })
    expect(bench.step(run, 'check').iteration).toBe(50)
  })

  test('in which nothing changes is stopped once that has come three times, in the same instant', async () => {
    const bench = new Workbench(drafting(), { script: { draft: always('same'), check: round('draft') } })
    const began = bench.time.now
    const run = await bench.start()
    expect(bench.time.now - began).toBeLessThan(1_000)
    expect(bench.record(run)).toMatchObject({
      status: 'failed',
      failure: {
        class: 'loop',
        name: 'GoesInCircles',
        message: 'step check would send the run back to draft once more, but nothing changes: draft → check (2 passes) came to the same 3 times in a row, since iteration 1 of draft',
        cycle: { by: 'pattern', steps: ['draft', 'check'], repeats: 3, since: { step: 'draft', iteration: 1 }, to: 'draft' },
      },
    })
    expect(bench.step(run, 'check')).toMatchObject({ iteration: 3, status: 'completed' })
    expect(bench.step(run, 'send').status).toBe('cancelled')
  })

  test('of period 7 is found, after a beginning of its own', async () => {
    const bench = new Workbench([code('turn', [], back('turn'))], { script: { turn: round('turn', (n) => (n < 5 ? `first ${n}` : n % 7)) } })
    const run = await bench.start()
    expect(bench.record(run).failure).toMatchObject({ class: 'loop', cycle: { by: 'state', steps: Array.from({ length: 7 }, () => 'turn'), repeats: 3, since: { iteration: 5 } } })
    // Twice round, it is where it was for the third time.
    expect(bench.step(run, 'turn').iteration).toBe(5 + 2 * 7)
  })

  test('that comes to something new now and then is let go on', async () => {
    const bench = new Workbench(drafting(), { script: { draft: always('same'), check: round('draft', (n) => Math.floor(n / 2), 60) } })
    const run = await bench.start()
    expect(bench.record(run).status).toBe('completed')
  })

  test('within a loop is found though the outer one has a part in it, and not where that gets on', async () => {
    const nested = [code('plan'), code('try', ['plan']), code('check', ['try'], back('try')), code('judge', ['check'], back('plan'))]
    const twice = ({ ref: { iteration } }: Task) => completed('checked', iteration % 2 === 1 ? 'try' : null)
    const script = { plan: always('plan'), try: always('try'), check: twice }
    const circling = new Workbench(nested, { script: { ...script, judge: round('plan', () => 'not good enough') } })
    const run = await circling.start()
    expect(circling.record(run).failure).toMatchObject({ class: 'loop', cycle: { steps: ['plan', 'try', 'check', 'try', 'check', 'judge'], repeats: 3, to: 'plan' } })
    const learning = new Workbench(nested, { script: { ...script, judge: round('plan', (n) => `better by ${n}`, 30) } })
    expect(learning.record(await learning.start()).status).toBe('completed')
  })

  test('whose branches end now in one order, now in another, is found by what all has come to', async () => {
    const steps = [code('a'), code('b', ['a']), code('c', ['a']), code('d', ['b', 'c'], back('a'))]
    const bench = new Workbench(steps, { script: { a: always(1), b: () => undefined, c: () => undefined, d: round('a') } })
    const run = await bench.start()
    for (let lap = 1; lap <= 3; lap += 1) {
      const [first, second] = lap === 2 ? (['c', 'b'] as const) : (['b', 'c'] as const)
      await answer(bench, first, lap, completed(first))
      await answer(bench, second, lap, completed(second))
    }
    expect(bench.record(run).failure).toMatchObject({ class: 'loop', cycle: { by: 'state', repeats: 3 } })
  })

  test('with a step that is left out one time and not the next is no circle', async () => {
    const steps = [code('a'), code('b', ['a'], { conditional: true }), code('d', ['b'], { join: 'settled', ...back('a') })]
    const sometimes = ({ ref: { iteration } }: Task) => (iteration % 3 === 0 || iteration % 5 === 0 ? skipped() : completed('b'))
    const bench = new Workbench(steps, { script: { a: always(1), b: sometimes, d: round('a', () => 'd', 6) }, policy: rules({ max_repeats: 4 }) })
    expect(bench.record(await bench.start()).status).toBe('completed')
  })

  test('of sensitive outputs, whose addresses never repeat, is found all the same', async () => {
    const sensitive = drafting({ ...back('draft'), sensitive: true }, { sensitive: true })
    const bench = new Workbench(sensitive, { script: { draft: always({ secret: 1 }), check: round('draft', () => ({ secret: 2 })) } })
    const run = await bench.start()
    expect(bench.record(run).failure).toMatchObject({ class: 'loop', cycle: { repeats: 3, steps: ['draft', 'check'] } })
    const outputs = bench.rows(run).steps.filter(({ step: id }) => id === 'check').map(({ output }) => output)
    expect(new Set(outputs).size).toBe(3)
    const learning = new Workbench(sensitive, { script: { draft: always({ secret: 1 }), check: round('draft', (n) => ({ secret: n }), 30) } })
    expect(learning.record(await learning.start()).status).toBe('completed')
  })
})

describe('a loop that talks to others', () => {
  const steps = [code('draft'), emailStep('send', ['draft']), code('check', ['send'], back('draft'))]
  const sent = (to: (iteration: number) => string): Script[string] => ({ ref: { iteration } }: Task) =>
    completed({ messageId: `<run/send/${iteration}/0@cairn.local>`, accepted: [to(iteration)], rejected: [], response: `250 queued as ${iteration}` })

  test('and mails is a circle though each mail has a receipt of its own', async () => {
    const bench = new Workbench(steps, { script: { draft: always('same'), send: sent(() => 'ann@example.org'), check: round('draft') } })
    expect(bench.record(await bench.start()).failure).toMatchObject({ class: 'loop', cycle: { steps: ['draft', 'send', 'check'], repeats: 3 } })
  })

  test('and asks is a circle though each answer has a date of its own', async () => {
    const ask = (body: (iteration: number) => Json): Script[string] => ({ ref: { iteration } }: Task) => completed({ status: 200, headers: { date: `at ${iteration}` }, body: body(iteration) })
    const asking = [httpStep('ask'), code('check', ['ask'], back('ask'))]
    const circling = new Workbench(asking, { script: { ask: ask(() => 'no'), check: round('ask') } })
    expect(circling.record(await circling.start()).failure).toMatchObject({ class: 'loop', cycle: { steps: ['ask', 'check'], repeats: 3 } })
    const learning = new Workbench(asking, { script: { ask: ask((n) => `page ${n}`), check: round('ask', () => 'as ever', 20) } })
    expect(learning.record(await learning.start()).status).toBe('completed')
  })

  test('is none where each goes to somebody else', async () => {
    const bench = new Workbench(steps, { script: { draft: always('same'), send: sent((n) => `${n}@example.org`), check: round('draft', () => 'as ever', 20) } })
    expect(bench.record(await bench.start()).status).toBe('completed')
  })
})

describe('what is new to a run', () => {
  test('a person who sends it back knows why', async () => {
    const bench = new Workbench([code('draft'), approvalStep('approve', ['draft'], back('draft'))], {
      script: { draft: always('same'), approve: () => ({ type: 'asked', shown: null }) },
    })
    const run = await bench.start()
    for (let time = 0; time < 10; time += 1) await bench.decide(run, 'revise', { note: 'to draft' })
    expect(bench.record(run).status).toBe('waiting')
    expect(bench.step(run, 'draft').iteration).toBe(11)
  })

  test('between two answers of a person, it may go round as often as always', async () => {
    const steps = [code('draft'), code('check', ['draft'], back('draft')), approvalStep('approve', ['check'], back('draft'))]
    const twice = ({ ref: { iteration } }: Task) => completed('checked', iteration % 2 === 1 ? 'draft' : null)
    const bench = new Workbench(steps, { script: { draft: always('same'), check: twice, approve: () => ({ type: 'asked', shown: null }) } })
    const run = await bench.start()
    for (let time = 0; time < 5; time += 1) await bench.decide(run, 'revise', { note: 'to draft' })
    expect(bench.record(run).status).toBe('waiting')
  })

  test('a wait lets the world change: a poll goes on for as long as its author lets it, or the workspace', async () => {
    const steps = [waitStep('pause', [], 60_000), code('poll', ['pause'], back('pause', { max: 60 }))]
    const patient = new Workbench(steps, { script: { poll: round('pause', () => 'not yet', 41) } })
    const run = await patient.start()
    await patient.pass(41 * 60_000)
    expect(patient.record(run).status).toBe('completed')
    const hurried = new Workbench(steps, { script: { poll: round('pause', () => 'not yet') }, policy: rules({ max_polls: 10 }) })
    const other = await hurried.start()
    await hurried.pass(60 * 60_000)
    expect(hurried.record(other).failure).toMatchObject({ class: 'loop', cycle: { steps: ['pause', 'poll'], repeats: 10 } })
  })

  test('a branch begins the count anew', async () => {
    const bench = new Workbench(drafting(), { script: { draft: always('same'), check: round('draft') } })
    const run = await bench.start()
    await bench.restore(run, bench.checkpoint(run, 'draft'))
    expect(bench.record(run)).toMatchObject({ status: 'failed', branch: 1, failure: { class: 'loop', cycle: { repeats: 3 } } })
    // The check that follows upon the draft of before is not counted with those after it: nothing is known to be the same.
    const passes = bench.started(run).filter((id) => id === 'check')
    expect(passes).toHaveLength(3 + 1 + 3)
  })

  test('a host that dies forgets nothing of it', async () => {
    const script: Script = { draft: always('same'), check: (task) => (task.ref.iteration === 3 && bench.execution.tasks.length < 3 ? round('draft')(task) : task.ref.iteration < 3 ? round('draft')(task) : undefined) }
    const bench: Workbench = new Workbench(drafting(), { script })
    const run = await bench.start()
    expect(bench.step(run, 'check')).toMatchObject({ iteration: 3, status: 'running' })
    await bench.restart()
    await answer(bench, 'check', 1, completed('as ever', 'draft'))
    expect(bench.record(run).failure).toMatchObject({ class: 'loop', cycle: { repeats: 3, since: { iteration: 1 } } })
  })
})

describe('what becomes of a run that goes round in a circle', () => {
  const same: Script = { draft: always('same'), check: round('draft') }

  test('where its loop goes on at its bound, it goes on, and the journal says why', async () => {
    const bench = new Workbench(drafting(back('draft', { onLimit: 'continue' })), { script: same })
    const run = await bench.start()
    expect(bench.record(run)).toMatchObject({ status: 'completed', loops: { check: 2 } })
    expect(bench.events(run).filter(({ type }) => type === 'loop_left')).toMatchObject([{ step: 'check', iteration: 3, failure: { class: 'loop', cycle: { repeats: 3 } } }])
  })

  test('the rules may be others for a step', async () => {
    const own = Rules.parse({ detection: { loops: { max_repeats: 6 } } })
    const bench = new Workbench(drafting(), { script: same, policy: () => policy })
    const workflow = bench.manifest.name
    const policy: Policy = { ...usualPolicy, workflows: new Map([[workflow, { rules: usualPolicy.usual, steps: new Map([[step('check'), own]]) }]]) }
    const run = await bench.start()
    expect(bench.record(run).failure).toMatchObject({ cycle: { repeats: 6 } })
  })

  const asking = drafting({ ...back('draft'), onFailure: 'ask', ...unsafe, compensates: true })

  test('where its step asks, a person says whether it goes past it, once more, or not at all', async () => {
    const bench = new Workbench(asking, { script: same })
    const run = await bench.start()
    expect(bench.record(run)).toMatchObject({ status: 'waiting', waiting: 'decision' })
    const { kind, actions, failure, shown } = bench.decision(run)
    expect({ kind, actions: actions.map(({ name }) => name), failure }).toMatchObject({ kind: 'loop', actions: ['go-on', 'go-back', 'fail'], failure: { class: 'loop' } })
    expect(bench.value(run, shown)).toBe('as ever')
    const { actions: foreseen } = await bench.until(bench.engine.consequences({ run, decision: bench.decision(run).id, actor: byPerson.actor, note: null, edit: null }))
    expect(foreseen.map(({ action, outcome, to }) => ({ action, outcome, to }))).toEqual([
      { action: 'go-on', outcome: 'goes_on', to: null },
      { action: 'go-back', outcome: 'loops_back', to: 'draft' },
      { action: 'fail', outcome: 'ends', to: null },
    ])
    await bench.decide(run, 'go-back')
    expect(bench.step(run, 'check')).toMatchObject({ iteration: 6, status: 'waiting' })
    await bench.decide(run, 'go-on')
    expect(bench.record(run).status).toBe('completed')
    expect(bench.step(run, 'check')).toMatchObject({ iteration: 6, status: 'completed', attempts: 1 })
  })

  test('what waited for a person has done its work, and is undone with the rest where the run ends', async () => {
    for (const end of ['fail', 'cancel'] as const) {
      const bench = new Workbench(asking, { script: same })
      const run = await bench.start()
      if (end === 'fail') await bench.decide(run, 'fail')
      else await bench.until(bench.engine.cancel({ run, ...byPerson }))
      await bench.settle()
      expect(bench.record(run).status).toBe(end === 'fail' ? 'failed' : 'cancelled')
      const undone = bench.execution.tasks.filter(({ phase }) => phase === 'compensate').map(({ ref }) => ref.iteration)
      expect(undone).toEqual([3, 2, 1])
    }
  })

  test('and where another loop goes over it, its work stands', async () => {
    const steps = [code('draft'), code('check', ['draft'], { ...back('draft'), onFailure: 'ask' }), code('beside', ['draft'], back('draft'))]
    const bench = new Workbench(steps, { script: { draft: always('same'), check: round('draft'), beside: () => undefined } })
    const run = await bench.start()
    expect(bench.decision(run)).toMatchObject({ kind: 'loop', iteration: 3 })
    await answer(bench, 'beside', 3, completed('other', 'draft'))
    expect(bench.rows(run).steps.find(({ step: id, iteration }) => id === 'check' && iteration === 3)).toMatchObject({ status: 'completed' })
    expect(bench.events(run)).toContainEqual(expect.objectContaining({ type: 'decision_closed', status: 'withdrawn' }))
  })
})
