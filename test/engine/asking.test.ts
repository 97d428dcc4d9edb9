/** A person who is asked what is to be done about a failure: what is offered, what is recommended, and what each answer does. */
import { describe, expect, test } from 'vitest'
import { approvalStep, codeStep } from '../../src/model/manifest.fixture.ts'
import type { DecisionRecord } from '../../src/model/decision.ts'
import type { ErrorRecord } from '../../src/model/error-record.ts'
import type { RunId } from '../../src/model/ids.ts'
import type { StepManifest } from '../../src/model/manifest.ts'
import { type Policy, Rules, usualPolicy } from '../../src/model/policy/policy.ts'
import { asks, fails, standIn, unsafe } from './scripts.ts'
import { completed, failed, person, type Script, step, Workbench } from './workbench.ts'

const ask = { onFailure: 'ask' } as const
const once = { retry: { attempts: 1, initial: 0, factor: 1, max: 0, jitter: 0 } }

const policyOf = (rules: unknown): (() => Policy) => {
  const policy = { ...usualPolicy, usual: Rules.parse(rules) }
  return () => policy
}

async function asked(steps: readonly StepManifest[], script: Script, rules: unknown = {}): Promise<{ bench: Workbench; run: RunId; decision: DecisionRecord }> {
  const bench = new Workbench(steps, { script, policy: policyOf(rules) })
  const run = await bench.start()
  return { bench, run, decision: bench.decision(run) }
}

const names = ({ actions }: DecisionRecord) => actions.map(({ name }) => name)
const errorsOf = (bench: Workbench, run: RunId): readonly ErrorRecord[] => [...(bench.disk.runs.get(run)?.errors.values() ?? [])]
const recoveries = ({ recoveries: all }: ErrorRecord) => all.map(({ strategy, outcome }) => [strategy, outcome])

describe('what is offered', () => {
  test('is what applies, the recommended one first and alone as the primary', async () => {
    const { decision } = await asked([codeStep('a', [], ask)], { a: fails })
    expect(names(decision)).toEqual(['retry', 'restore', 'restart', 'fail', 'cancel'])
    expect(decision.actions.filter(({ role }) => role === 'primary')).toEqual([{ name: decision.recommended?.action, role: 'primary' }])
    expect(decision).toMatchObject({ tries: 1, checkpoint: 0, deadline: null, atDeadline: null })
  })

  test('leaves out nothing but what is optional: what needs it counts on its output', async () => {
    const chain = { recovery: { chain: ['ask', 'fail'] } }
    const optional = await asked([codeStep('a', [], { ...ask, optional: true }), codeStep('b', ['a'])], { a: fails }, chain)
    expect(names(optional.decision)).toContain('skip')
    await optional.bench.decide(optional.run, 'skip')
    expect(optional.bench.statuses(optional.run)).toEqual({ a: 'skipped', b: 'completed' })
    const { bench, run } = await asked([codeStep('a', [], ask), codeStep('b', ['a'])], { a: fails }, chain)
    await expect(bench.decide(run, 'skip')).rejects.toMatchObject({ name: 'Refused', failures: [{ path: 'action', wayOut: expect.stringContaining('retry, restore') }] })
    expect(bench.record(run).status).toBe('waiting')
  })

  test('leads back only to what is still kept', async () => {
    const bench = new Workbench([codeStep('a'), codeStep('b', ['a'], ask)], { script: { b: () => undefined } })
    const run = await bench.start()
    const { head } = bench.record(run)
    for (let number = 0; number < head; number += 1) bench.removeCheckpoint(run, number)
    const task = bench.execution.tasks.findLast(({ ref }) => ref.step === 'b')
    if (task !== undefined) bench.execution.sink?.ended(task.ref, failed('permanent'))
    await bench.settle()
    expect(names(bench.decision(run))).toEqual(['retry', 'restore', 'fail', 'cancel'])
    expect(bench.decision(run).checkpoint).toBe(bench.record(run).head - 1)
    expect(await bench.decide(run, 'restore')).toMatchObject({ branch: 1 })
  })

  test('has an alternative path only where one can still be taken', async () => {
    const steps = [codeStep('a', [], { ...ask, fallback: step('b') }), codeStep('b', [], standIn)]
    const before = await asked(steps, { a: fails }, { recovery: { chain: ['ask', 'fallback', 'fail'] } })
    expect(names(before.decision)).toContain('fallback')
    await before.bench.decide(before.run, 'fallback')
    expect(before.bench.step(before.run, 'a')).toMatchObject({ status: 'completed', via: 'b' })
    expect(errorsOf(before.bench, before.run).map(recoveries)).toEqual([[['ask', 'answered'], ['fallback', 'worked']]])
    const after = await asked(steps, { a: fails, b: fails })
    expect(names(after.decision)).not.toContain('fallback')
  })
})

describe('what is recommended', () => {
  const recommended = async (steps: readonly StepManifest[], script: Script, rules: unknown = {}) => (await asked(steps, script, rules)).decision.recommended

  test('is what policy has behind the question, if it applies', async () => {
    const steps = [codeStep('a', [], { ...ask, optional: true, fallback: step('b') }), codeStep('b', [], standIn)]
    const chain = (...behind: string[]) => ({ recovery: { chain: ['ask', ...behind] } })
    expect(await recommended(steps, { a: fails }, chain('skip', 'fallback'))).toEqual({ action: 'skip', why: 'policy has it next: it is optional' })
    expect(await recommended(steps, { a: fails }, chain('fallback'))).toMatchObject({ action: 'fallback', why: expect.stringContaining('b stands in') })
  })

  test('is to try again what may have passed, and to leave out what is optional where it has not', async () => {
    const transient = () => failed('transient')
    expect(await recommended([codeStep('a', [], { ...ask, ...once })], { a: transient })).toMatchObject({ action: 'retry' })
    const optional = [codeStep('a', [], { ...ask, optional: true })]
    expect(await recommended(optional, { a: fails }, { recovery: { chain: ['ask'] } })).toMatchObject({ action: 'skip' })
  })

  test('is to make anew what was given, if nothing outside happens twice by that', async () => {
    const wrong = () => failed('validation')
    const steps = (given: object) => [codeStep('first'), codeStep('given', ['first'], given), codeStep('a', ['given'], ask)]
    const well = await asked(steps({}), { a: wrong })
    expect(well.decision).toMatchObject({ recommended: { action: 'restore' }, checkpoint: 1 })
    const once = await asked(steps(unsafe), { a: wrong })
    expect(once.decision).toMatchObject({ recommended: { action: 'retry', why: expect.stringContaining('given') }, checkpoint: 1 })
  })

  test('is to begin anew what trying again does not help, as long as nothing is outside', async () => {
    const script = { a: () => failed('transient') }
    const { bench, run } = await asked([codeStep('first'), codeStep('a', ['first'], { ...ask, ...once })], script)
    await bench.decide(run, 'retry')
    await bench.decide(run, 'retry')
    expect(bench.decision(run).recommended).toMatchObject({ action: 'restart' })
    await bench.decide(run, 'restart')
    expect(bench.decision(run).recommended).toMatchObject({ action: 'fail' })
  })

  test('is not to give up where that leaves something outside that nothing takes back', async () => {
    const script = { a: () => failed('transient') }
    const { bench, run } = await asked([codeStep('pay', [], unsafe), codeStep('a', ['pay'], { ...ask, ...once })], script)
    await bench.decide(run, 'retry')
    await bench.decide(run, 'retry')
    expect(bench.decision(run).recommended).toMatchObject({ action: 'retry', why: expect.stringContaining('(pay) stays done') })
  })
})

describe('an answer that goes back', () => {
  const steps = [codeStep('first'), codeStep('given', ['first']), codeStep('a', ['given'], ask)]

  test('is told as it is done, goes to the checkpoint that is named, and takes its error along', async () => {
    let tries = 0
    const { bench, run, decision } = await asked(steps, { a: () => ((tries += 1) === 1 ? failed('validation') : completed()) })
    const told = async (checkpoint: number | null) => {
      const request = { run, decision: decision.id, actor: person, note: null, edit: null, checkpoint }
      const { actions } = await bench.until(bench.engine.consequences(request))
      return actions.find(({ action }) => action === 'restore')
    }
    expect(await told(null)).toMatchObject({ outcome: 'goes_back', checkpoint: 1, kept: ['first'], runs: [{ step: 'given' }, { step: 'a' }] })
    expect(await told(0)).toMatchObject({ outcome: 'goes_back', checkpoint: 0, kept: [] })
    expect(await told(99)).toMatchObject({ outcome: 'refused', refused: [{ path: 'checkpoint' }] })
    await bench.decide(run, 'restore')
    expect(bench.started(run)).toEqual(['first', 'given', 'a', 'given', 'a'])
    expect(bench.record(run)).toMatchObject({ status: 'completed', branch: 1, generation: 1 })
    const [error, ...others] = errorsOf(bench, run)
    expect(others).toEqual([])
    expect(error).toMatchObject({ step: 'a', branch: 1, status: 'recovered' })
    expect(error && recoveries(error)).toEqual([['ask', 'answered'], ['restore', 'worked']])
    expect(bench.disk.runs.get(run)?.decisions.get(decision.id)).toMatchObject({ status: 'approved', action: 'restore', actor: person })
  })

  test('that fails again is the same error, asked about once more', async () => {
    const { bench, run } = await asked(steps, { a: fails })
    await bench.decide(run, 'restart')
    const [error, ...others] = errorsOf(bench, run)
    expect(others).toEqual([])
    expect(error && recoveries(error)).toEqual([['ask', 'answered'], ['restart', 'failed'], ['ask', 'under_way']])
    expect(bench.decision(run)).toMatchObject({ branch: 1, status: 'pending' })
  })

  test('where there is no such checkpoint is refused, and one that does not go back takes none', async () => {
    const { bench, run, decision } = await asked(steps, { a: fails })
    const give = (action: string, checkpoint: number) =>
      bench.until(bench.engine.decide({ run, decision: decision.id, action, edit: null, checkpoint, reason: null, seen: null, actor: person }))
    await expect(give('restore', 99)).rejects.toMatchObject({ name: 'Refused', failures: [{ path: 'checkpoint', wayOut: expect.stringContaining('list') }] })
    await expect(give('retry', 1)).rejects.toMatchObject({ name: 'Refused', failures: [{ path: 'checkpoint' }] })
    expect(bench.decision(run).id).toBe(decision.id)
  })
})

test('an answer may end the run: what completed is undone, and the error matters no more', async () => {
  const steps = [codeStep('first', [], { compensates: true }), codeStep('a', ['first'], ask)]
  const { bench, run } = await asked(steps, { a: fails })
  await bench.decide(run, 'cancel', { note: 'not worth it' })
  expect(bench.record(run)).toMatchObject({ status: 'cancelled', failure: { message: 'not worth it' } })
  expect(bench.started(run)).toEqual(['first', 'a', 'first compensation'])
  expect(errorsOf(bench, run).map(({ step: of, status, recoveries: all }) => [of, status, all.at(-1)?.strategy])).toEqual([['a', 'withdrawn', 'cancel']])
})

describe('what the workspace says of asking', () => {
  const transient = () => failed('transient')

  test('a person is asked about classes of failures, whatever the definition says', async () => {
    const rules = { manual_intervention: { ask_for: ['permanent'] } }
    const { bench, run } = await asked([codeStep('a')], { a: fails }, rules)
    expect(errorsOf(bench, run)[0]?.recoveries[0]).toMatchObject({ strategy: 'ask', why: 'the workspace has a person asked about what is permanent' })
    const other = new Workbench([codeStep('a', [], once)], { script: { a: transient }, policy: policyOf(rules) })
    expect(other.record(await other.start()).status).toBe('failed')
  })

  test('a question that nobody answers in time ends as was told when it was asked', async () => {
    const within = (at: string, more: object = {}) => ({ manual_intervention: { deadline: '10s', at_deadline: at }, ...more })
    const ends = async (given: Partial<StepManifest>, rules: unknown) => {
      const { bench, run, decision } = await asked([codeStep('a', [], { ...ask, ...once, ...given }), codeStep('b', ['a'])], { a: transient }, rules)
      expect(decision.deadline).toBe(bench.time.now + 10_000)
      await bench.pass(9_999)
      expect(bench.record(run).status).toBe('waiting')
      await bench.pass(1)
      expect(bench.disk.runs.get(run)?.decisions.get(decision.id)).toMatchObject({ status: 'expired', action: null })
      return [bench.record(run).status, errorsOf(bench, run)[0]?.recoveries.at(-1)?.strategy]
    }
    expect(await ends({}, within('fail'))).toEqual(['failed', 'fail'])
    expect(await ends({}, within('skip'))).toEqual(['failed', 'fail'])
    expect(await ends({ optional: true }, within('skip', { recovery: { chain: ['ask'] } }))).toEqual(['completed', 'skip'])
    expect(await ends({ optional: true }, within('go_on', { recovery: { chain: ['ask', 'skip'] } }))).toEqual(['completed', 'skip'])
  })
})

test('a question about a compensation recommends to try that again, and has no deadline', async () => {
  const rules = { manual_intervention: { deadline: '10s' } }
  const steps = [codeStep('a', [], { compensates: true }), codeStep('b', ['a'])]
  const { decision } = await asked(steps, { b: fails, 'a compensation': fails }, rules)
  expect(names(decision)).toEqual(['retry', 'happened', 'skip'])
  expect(decision).toMatchObject({ recommended: { action: 'retry' }, deadline: null, tries: 1 })
})

test('the questions of an author recommend nothing', async () => {
  const { decision } = await asked([approvalStep('ok')], { ok: asks })
  expect(decision).toMatchObject({ recommended: null, checkpoint: null, tries: null })
})
