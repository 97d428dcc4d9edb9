/** A run of which something is damaged, and policy that has it go back by itself: how far, under which keys, how often, and when a person is asked. */
import { describe, expect, test } from 'vitest'
import type { ErrorRecord } from '../../src/model/error-record.ts'
import type { RunId } from '../../src/model/ids.ts'
import { approvalStep, codeStep, waitStep, workflowStep } from '../../src/model/manifest.fixture.ts'
import type { StepManifest } from '../../src/model/manifest.ts'
import { Rules, usualPolicy } from '../../src/model/policy/policy.ts'
import { CorruptionFound } from '../../src/model/storage-errors.ts'
import { asks, byPerson, calls, fails, hangs, unsafe } from './scripts.ts'
import { completed, failed, type Script, Workbench } from './workbench.ts'

const safe = { effect: { repeat: 'safe' } } as const
const mends = { chains: { corruption: ['restore_valid', 'ask'] } }

interface Given {
  readonly script?: Script
  readonly recovery?: object
  readonly stored?: (bench: Workbench) => void
}

function benchOf(steps: readonly StepManifest[], { script = {}, recovery = mends, stored = () => undefined }: Given = {}): Workbench {
  const policy = { ...usualPolicy, usual: Rules.parse({ recovery }) }
  const bench: Workbench = new Workbench(steps, {
    script,
    policy: () => policy,
    checksMoments: true,
    stored: ({ events }) => void (events.some(({ type }) => type === 'run_quarantined') && stored(bench)),
  })
  return bench
}

const errorsOf = (bench: Workbench, run: RunId): readonly ErrorRecord[] => [...(bench.disk.runs.get(run)?.errors.values() ?? [])].filter(({ step }) => step === null)
const keysOf = (bench: Workbench, id: string) => bench.execution.tasks.filter(({ ref }) => ref.step === id).map(({ idempotencyKey }) => idempotencyKey)

/** What a patrol says that has found the newest output of a step damaged. */
async function damage(bench: Workbench, run: RunId, id: string): Promise<void> {
  bench.lose(run, bench.step(run, id).output)
  await bench.until(bench.engine.quarantine(run, new CorruptionFound('value', id, 'its bytes do not have this address')))
  await bench.settle()
}

/** The person who is asked is told why it did not go back by itself. */
function expectAsked(bench: Workbench, run: RunId, why: string): void {
  expect(bench.record(run).status).toBe('quarantined')
  const recovery = errorsOf(bench, run).at(-1)?.recoveries.at(-1)
  expect(recovery).toMatchObject({ strategy: 'ask', outcome: 'under_way', passedOver: [{ strategy: 'restore_valid', why: expect.stringContaining(why) }] })
}

describe('it goes back by itself', () => {
  const steps = [codeStep('a'), codeStep('b', ['a'], safe), waitStep('rest', ['b'], 1_000), codeStep('c', ['rest'])]

  test('to the newest checkpoint that is whole, under the same keys, and what was done is on record with how long it took', async () => {
    const bench = benchOf(steps)
    const run = await bench.start()
    await damage(bench, run, 'b')
    expect(bench.record(run)).toMatchObject({ status: 'waiting', waiting: 'timer', branch: 1, generation: 0, sentBack: 1, recoveries: 1, failure: null })
    expect(bench.started(run)).toEqual(['a', 'b', 'b'])
    expect(new Set(keysOf(bench, 'b')).size).toBe(1)
    const [error, ...others] = errorsOf(bench, run)
    expect(others).toEqual([])
    expect(error).toMatchObject({ failure: { class: 'corruption' }, status: 'recovered', recoveries: [{ strategy: 'restore_valid', why: 'checkpoint 1 is the newest that is whole', outcome: 'worked' }] })
    const [{ beganAt, endedAt } = { beganAt: 0, endedAt: null }] = error?.recoveries ?? []
    expect(endedAt).toBeGreaterThanOrEqual(beganAt)
    await bench.pass(1_000)
    expect(bench.record(run).status).toBe('completed')
  })

  test('where nothing of what it goes on from is damaged, to where it is', async () => {
    const bench = benchOf(steps)
    const run = await bench.start()
    await bench.until(bench.engine.quarantine(run, new CorruptionFound('keyframe', `${run}/0`, 'it was changed')))
    await bench.settle()
    expect(bench.record(run)).toMatchObject({ status: 'waiting', branch: 1 })
    expect(bench.started(run)).toEqual(['a', 'b'])
  })

  test('as it is taken up, and once more where the host died in between', async () => {
    let deaths = 0
    const bench = benchOf(steps, { stored: (each) => void ((deaths += 1) === 1 && each.crash()) })
    const run = await bench.start()
    bench.lose(run, bench.step(run, 'b').output)
    bench.restart().catch(() => undefined)
    await bench.pass(10)
    expect(deaths).toBe(1)
    expect(bench.record(run)).toMatchObject({ status: 'quarantined', branch: 0 })
    await bench.restart()
    expect(bench.record(run)).toMatchObject({ status: 'waiting', branch: 1, generation: 0, recoveries: 1 })
    expect(errorsOf(bench, run)).toMatchObject([{ status: 'recovered', recoveries: [{ strategy: 'restore_valid', outcome: 'worked' }] }])
  })

  test('and asks a person anew what nobody has answered yet', async () => {
    const bench = benchOf([codeStep('a'), codeStep('b', ['a']), approvalStep('ok', ['b'])], { script: { ok: asks } })
    const run = await bench.start()
    const { id } = bench.decision(run)
    await damage(bench, run, 'b')
    expect(bench.decision(run).id).not.toBe(id)
    await bench.decide(run, 'approve')
    expect(bench.record(run)).toMatchObject({ status: 'completed', branch: 1 })
  })
})

describe('a person is asked instead', () => {
  test('where what is damaged would not be left behind: its control rows it needs wherever it goes on', async () => {
    const bench = benchOf([codeStep('a'), waitStep('rest', ['a'], 1_000)])
    const run = await bench.start()
    await bench.until(bench.engine.quarantine(run, new CorruptionFound('run', run, 'a step of it is missing', 1)))
    await bench.settle()
    expect(bench.record(run)).toMatchObject({ status: 'quarantined', branch: 0, failure: { wayOut: expect.not.stringContaining('go back') } })
    expect(errorsOf(bench, run).at(-1)?.recoveries).toMatchObject([{ strategy: 'ask' }])
  })

  test('unless policy has it first in the chain of the class', async () => {
    for (const recovery of [{}, { chains: { corruption: ['ask', 'restore_valid'] } }]) {
      const bench = benchOf([codeStep('a'), waitStep('rest', ['a'], 1_000)], { recovery })
      const run = await bench.start()
      await damage(bench, run, 'a')
      expect(bench.record(run)).toMatchObject({ status: 'quarantined', branch: 0 })
      expect(errorsOf(bench, run)).toMatchObject([{ recoveries: [{ strategy: 'ask', passedOver: [] }] }])
    }
  })

  test('where an effect would be had twice, or what a person said asked again', async () => {
    const rest = waitStep('rest', ['b'], 1_000)
    const paid = benchOf([codeStep('a'), codeStep('b', ['a'], unsafe), rest])
    const run = await paid.start()
    await damage(paid, run, 'b')
    expectAsked(paid, run, 'b has touched the outside world, and would again')
    const tried = benchOf([codeStep('a'), codeStep('try', ['a'], { ...unsafe, optional: true }), codeStep('b', ['a']), rest], { script: { try: fails } })
    const left = await tried.start()
    await damage(tried, left, 'a')
    expectAsked(tried, left, 'try may have touched the outside world')
    const decided = benchOf([approvalStep('ok'), codeStep('b', ['ok']), rest], { script: { ok: asks } })
    const asked = await decided.start()
    await decided.decide(asked, 'approve')
    await damage(decided, asked, 'ok')
    expectAsked(decided, asked, 'a person has decided ok')
    const failing = benchOf([codeStep('a'), codeStep('b', ['a'])], { script: { b: fails }, recovery: { ...mends, chain: ['dead_letter'] } })
    const queued = await failing.start()
    await damage(failing, queued, 'a')
    expectAsked(failing, queued, 'a person is being asked about b')
  })

  test('while an effect is under way, or what was done is being undone', async () => {
    const inside = benchOf([codeStep('a'), codeStep('pay', ['a'], unsafe)], { script: { pay: hangs } })
    const run = await inside.start()
    const task = inside.execution.tasks.find(({ ref }) => ref.step === 'pay')
    if (task !== undefined) await inside.until(Promise.resolve(inside.execution.sink?.effectBegins(task.ref)))
    await damage(inside, run, 'a')
    expectAsked(inside, run, 'pay is inside an effect that must not be had twice')
    const undoing = benchOf([codeStep('a', [], { compensates: true }), codeStep('b', ['a'])], { script: { b: fails, 'a compensation': hangs } })
    const failing = await undoing.start()
    await damage(undoing, failing, 'a')
    expectAsked(undoing, failing, 'what it did is being undone')
  })

  test('where no checkpoint is whole, or only one that was left', async () => {
    const bench = benchOf([codeStep('a'), waitStep('rest', ['a'], 1_000)])
    const run = await bench.start()
    bench.lose(run, bench.record(run).input)
    await damage(bench, run, 'a')
    expectAsked(bench, run, 'no checkpoint of it is whole')
    const left = benchOf([codeStep('a'), waitStep('rest', ['a'], 1_000)])
    const back = await left.start()
    await left.restore(back, 1)
    await damage(left, back, 'a')
    expectAsked(left, back, 'is of a branch that it has left')
  })

  test('of a child: by itself as by a person it goes back only with its parent, and does what that wants by then', async () => {
    const policy = { ...usualPolicy, usual: Rules.parse({ recovery: mends }) }
    const others = { letters: [codeStep('write'), codeStep('send', ['write'])] }
    const bench = new Workbench([workflowStep('letter', 'letters')], { others, policy: () => policy, checksMoments: true, script: { letter: calls(), send: hangs } })
    const run = await bench.start()
    const letter = bench.child(run, 'letter')
    await damage(bench, letter, 'write')
    expectAsked(bench, letter, 'it is a child, which goes back with its parent alone')
    await expect(bench.restore(letter, 0)).rejects.toThrow('a child is restored through its parent')
    await expect(bench.until(bench.engine.recoverRun({ ...byPerson, run: letter, strategy: null }))).rejects.toThrow('a child is restored through its parent')
    await bench.restore(run, 0)
    expect(bench.child(run, 'letter')).not.toBe(letter)
    expect(bench.record(letter).status).toBe('quarantined')
    await bench.until(bench.engine.release(letter))
    await bench.settle()
    expect(bench.record(letter)).toMatchObject({ status: 'cancelled', branch: 0 })
  })

  test('once it has gone back, or recovered, as often by itself as it may, until a person acts on it', async () => {
    const steps = [codeStep('a'), waitStep('rest', ['a'], 1_000)]
    const elsewhere = (bench: Workbench, run: RunId) => bench.until(bench.engine.quarantine(run, new CorruptionFound('keyframe', `${run}/0`, 'it was changed')))
    const bench = benchOf(steps, { recovery: { ...mends, most_restarts: 1 } })
    const run = await bench.start()
    await elsewhere(bench, run)
    await bench.settle()
    expect(bench.record(run)).toMatchObject({ status: 'waiting', branch: 1 })
    await elsewhere(bench, run)
    expectAsked(bench, run, 'gone back by itself once, which is its bound')
    await bench.until(bench.engine.recoverRun({ ...byPerson, run, strategy: null }))
    await elsewhere(bench, run)
    await bench.settle()
    expect(bench.record(run)).toMatchObject({ status: 'waiting', branch: 3 })

    const bounded = benchOf(steps, { recovery: { ...mends, limit: 0 } })
    const other = await bounded.start()
    await elsewhere(bounded, other)
    expectAsked(bounded, other, 'which is its limit')
  })
})

test('what had run under the key of another generation does not run again by itself, under a key that its receiver does not know', async () => {
  const steps = [codeStep('first'), codeStep('given', ['first'], safe), codeStep('s', ['given'])]
  const bench = benchOf(steps, { script: { s: ({ ref }) => (ref.branch === 0 ? completed() : failed('validation')) }, recovery: { chain: ['restart_from_checkpoint', 'fail'] } })
  const sent = await bench.start()
  await bench.restore(sent, bench.checkpoint(sent, 'given'))
  expect(keysOf(bench, 'given')).toHaveLength(1)
  const [error] = [...(bench.disk.runs.get(sent)?.errors.values() ?? [])]
  expect(error?.recoveries[0]?.passedOver).toContainEqual({ strategy: 'restart_from_checkpoint', why: 'given has touched the outside world under a key of before a person sent the run back' })
})
