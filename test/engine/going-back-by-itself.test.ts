/** A run that policy sends back by itself: how far, how often, under which keys, and when not. */
import { describe, expect, test } from 'vitest'
import { approvalStep, codeStep } from '../../src/model/manifest.fixture.ts'
import type { ErrorRecord } from '../../src/model/error-record.ts'
import type { RunId } from '../../src/model/ids.ts'
import type { StepManifest } from '../../src/model/manifest.ts'
import { Rules, usualPolicy } from '../../src/model/policy/policy.ts'
import { asks, fails, hangs, skipped, standIn, unsafe } from './scripts.ts'
import { completed, failed, type Script, step, Workbench } from './workbench.ts'

const safe = { effect: { repeat: 'safe' } } as const

function benchWith(strategy: string, steps: readonly StepManifest[], script: Script, more: object = {}): Workbench {
  const policy = { ...usualPolicy, usual: Rules.parse({ recovery: { chain: ['retry', strategy, 'ask', 'fail'], ...more } }) }
  return new Workbench(steps, { script, policy: () => policy })
}

const errorsOf = (bench: Workbench, run: RunId): readonly ErrorRecord[] => [...(bench.disk.runs.get(run)?.errors.values() ?? [])]
const keysOf = (bench: Workbench, id: string) => bench.execution.tasks.filter(({ ref }) => ref.step === id).map(({ idempotencyKey }) => idempotencyKey)

/** Fails so often, then goes well. */
function badly(times: number): Script[string] {
  let tries = 0
  return () => ((tries += 1) <= times ? failed('validation') : completed())
}

/** Why the strategy was passed over for what was done about the newest error of a step. */
const passedOver = (bench: Workbench, run: RunId, strategy: string) =>
  errorsOf(bench, run).findLast(({ step }) => step !== null)?.recoveries.flatMap((each) => each.passedOver).find((each) => each.strategy === strategy)?.why

describe('from a checkpoint', () => {
  const steps = [codeStep('first'), codeStep('given', ['first'], safe), codeStep('s', ['given'])]

  test('what the step goes by is made anew, under the same keys, and its error goes along', async () => {
    const bench = benchWith('restart_from_checkpoint', steps, { s: badly(1) })
    const run = await bench.start()
    expect(bench.started(run)).toEqual(['first', 'given', 's', 'given', 's'])
    expect(new Set(keysOf(bench, 'given')).size).toBe(1)
    expect(bench.record(run)).toMatchObject({ status: 'completed', branch: 1, generation: 0, sentBack: 1, touched: 1 })
    const [error, ...others] = errorsOf(bench, run)
    expect(others).toEqual([])
    expect(error).toMatchObject({ branch: 1, status: 'recovered', recoveries: [{ strategy: 'restart_from_checkpoint', why: 'what s goes by is made anew', outcome: 'worked' }] })
  })

  test('it goes back so often at most, and then does what stands behind it', async () => {
    const bench = benchWith('restart_from_checkpoint', steps, { s: fails }, { most_restarts: 3 })
    const run = await bench.start()
    expect(bench.started(run).filter((id) => id === 's')).toHaveLength(4)
    expect(bench.record(run)).toMatchObject({ status: 'failed', branch: 3 })
    expect(passedOver(bench, run, 'restart_from_checkpoint')).toContain('gone back by itself 3 times')
  })

  test('not where an effect would be had twice, or what a person said asked again', async () => {
    const after = (given: StepManifest, script: Script = {}) => benchWith('restart_from_checkpoint', [codeStep('first'), given, codeStep('s', [given.id])], { s: fails, ...script })
    const paid = after(codeStep('pay', ['first'], unsafe))
    const run = await paid.start()
    expect(paid.record(run)).toMatchObject({ status: 'failed', branch: 0 })
    expect(passedOver(paid, run, 'restart_from_checkpoint')).toBe('pay has touched the outside world, and would again')
    const owing = after(codeStep('book', ['first'], { ...safe, compensates: true }))
    expect(passedOver(owing, await owing.start(), 'restart_from_checkpoint')).toBe('what book did would have to be undone first')
    const decided = after(approvalStep('ok', ['first']), { ok: asks })
    const asked = await decided.start()
    await decided.decide(asked, 'approve')
    expect(passedOver(decided, asked, 'restart_from_checkpoint')).toBe('a person has decided ok, and would be asked again')
    const own = benchWith('restart_from_checkpoint', [codeStep('first'), codeStep('s', ['first'], unsafe)], { s: fails })
    expect(passedOver(own, await own.start(), 'restart_from_checkpoint')).toContain('s may have touched the outside world')
  })

  test('not while another step is inside an effect that must not be had twice', async () => {
    const beside = [codeStep('first'), codeStep('pay', [], unsafe), codeStep('s', ['first'])]
    const bench = benchWith('restart_from_checkpoint', beside, { pay: hangs, s: fails })
    expect(passedOver(bench, await bench.start(), 'restart_from_checkpoint')).toBe('pay is inside an effect that must not be had twice')
  })

  test('not in the turn in which something else settles: the step is tried once more, and what has settled stays on its branch', async () => {
    const chain = ['fallback', 'restart_from_checkpoint', 'fail']
    const standing = [...steps.slice(0, 2), codeStep('s', ['given'], { fallback: step('spare') }), codeStep('spare', ['given'], standIn)]
    const bench = benchWith('', standing, { s: badly(2), spare: skipped }, { chain })
    const run = await bench.start()
    expect(bench.started(run)).toEqual(['first', 'given', 's', 'spare', 's', 'given', 's'])
    expect(bench.record(run)).toMatchObject({ status: 'completed', branch: 1, sentBack: 1 })
  })

  test('a death of the host on the way changes nothing of it', async () => {
    let made = 0
    const script = { s: badly(1), first: () => ((made += 1) === 2 ? undefined : completed()) }
    const bench = benchWith('restart_from_checkpoint', [codeStep('first'), codeStep('s', ['first'])], script)
    const run = await bench.start()
    expect(bench.record(run)).toMatchObject({ branch: 1, status: 'running' })
    await bench.restart()
    expect(bench.record(run)).toMatchObject({ branch: 1, status: 'completed', sentBack: 1 })
    expect(errorsOf(bench, run)).toMatchObject([{ status: 'recovered', branch: 1, recoveries: [{ strategy: 'restart_from_checkpoint', outcome: 'worked' }] }])
  })
})

describe('from the beginning', () => {
  test('where nothing has been done outside', async () => {
    const bench = benchWith('restart', [codeStep('a'), codeStep('b', ['a']), codeStep('s', ['b'])], { s: badly(1) })
    const run = await bench.start()
    expect(bench.started(run)).toEqual(['a', 'b', 's', 'a', 'b', 's'])
    expect(bench.record(run)).toMatchObject({ status: 'completed', generation: 0 })
  })

  test('not where something has, not even what its receiver would know again', async () => {
    const bench = benchWith('restart', [codeStep('a', [], safe), codeStep('s', ['a'])], { s: fails })
    expect(passedOver(bench, await bench.start(), 'restart')).toBe('a has been done outside, and nothing has taken it back')
  })
})
