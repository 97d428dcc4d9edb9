import { describe, expect, test } from 'vitest'
import { codeStep as code } from '../../src/model/manifest.fixture.ts'
import { completed, failed, failure, person, type Script, Workbench } from './workbench.ts'

const compensates = { compensates: true } as const
const retry = (attempts: number) => ({ attempts, initial: 1_000, factor: 1, max: 1_000, jitter: 0 })

/** `pay` is done and `b` fails, so that `pay` is to be undone. */
function undoing(undo: NonNullable<Script[string]>, more: Parameters<typeof code>[2] = {}): Workbench {
  return new Workbench([code('pay', [], { ...compensates, ...more }), code('b', ['pay'])], {
    script: { b: () => failed('permanent'), 'pay compensation': undo },
  })
}

const undone = (bench: Workbench): number => bench.started().filter((name) => name === 'pay compensation').length

describe('the compensation of a step', () => {
  test('is tried four times in all where its author says nothing, and then a person is asked', async () => {
    const bench = undoing(() => failed('transient'), { retry: retry(9) })
    const run = await bench.start()
    expect(bench.record(run).status).toBe('compensating')
    await bench.pass(60_000)
    expect(undone(bench)).toBe(4)
    expect(bench.decision(run)).toMatchObject({ kind: 'recovery', phase: 'compensate', step: 'pay' })
  })

  test('is tried as often as its author says, under one key', async () => {
    let tries = 0
    const bench = undoing(() => ((tries += 1) < 7 ? failed('transient') : completed()), { compensation: { retry: retry(7), timeout: null } })
    const run = await bench.start()
    await bench.pass(5_999)
    expect(bench.record(run).status).toBe('compensating')
    await bench.pass(1)
    expect(bench.record(run).status).toBe('failed')
    expect(bench.step(run, 'pay')).toMatchObject({ compensation: 'done', compensationTries: 7, tries: 1 })
    const keys = bench.execution.tasks.filter(({ phase }) => phase === 'compensate').map(({ idempotencyKey }) => idempotencyKey)
    expect([keys.length, new Set(keys).size]).toEqual([7, 1])
  })

  test('may take as long as its author says, and as long as the step where nothing is said', async () => {
    const tookTooLong = async (timeout: number | null): Promise<number> => {
      const bench = undoing(() => undefined, { timeout: 9_000, compensation: { retry: retry(1), timeout } })
      const run = await bench.start()
      const began = bench.time.now
      while (bench.disk.runs.get(run)?.decisions.size === 0) await bench.time.step()
      expect(bench.decision(run).failure?.name).toBe('StepTimeout')
      return bench.time.now - began
    }
    expect([await tookTooLong(2_000), await tookTooLong(null)]).toEqual([2_000, 9_000])
  })

  test('that failed for good may have been seen to by hand: then it is done', async () => {
    const bench = undoing(() => failed('permanent'))
    const run = await bench.start()
    await bench.decide(run, 'happened', { note: 'refunded in the shop' })
    expect(bench.step(run, 'pay').compensation).toBe('done')
    expect(bench.record(run).status).toBe('failed')
    expect(undone(bench)).toBe(1)
  })

  test('may be left out, with a reason: what was done stands', async () => {
    const bench = undoing(() => failed('permanent'))
    const run = await bench.start()
    const answers = await bench.until(bench.engine.consequences({ run, decision: bench.decision(run).id, actor: person, note: null, edit: null }))
    expect(answers.actions.map(({ action, outcome, ends }) => [action, outcome, ends])).toEqual([
      ['retry', 'ends', 'failed'],
      ['happened', 'ends', 'failed'],
      ['skip', 'ends', 'failed'],
    ])
    await expect(bench.decide(run, 'skip', { note: ' ' })).rejects.toMatchObject({ name: 'Refused', failures: [{ path: 'reason' }] })
    await bench.decide(run, 'skip', { note: 'the customer keeps it' })
    expect(bench.step(run, 'pay').compensation).toBe('given_up')
    expect(bench.record(run).status).toBe('failed')
    const told = bench.events(run).find((event) => event.type === 'decision_closed')
    expect(told).toMatchObject({ action: 'skip', note: 'the customer keeps it', status: 'rejected' })
  })

  test('is in doubt where the host died inside its effect, and is not begun again by guess', async () => {
    const bench = undoing(({ attempt }) => (attempt === 1 ? undefined : completed()), { effect: { repeat: 'unsafe' } })
    const run = await bench.start()
    await bench.restart()
    expect(undone(bench)).toBe(0)
    expect(bench.decision(run)).toMatchObject({ kind: 'in_doubt', phase: 'compensate' })
    await bench.decide(run, 'happened')
    expect(bench.step(run, 'pay').compensation).toBe('done')
    expect(bench.record(run).status).toBe('failed')
  })

  test('is begun again where it touches nothing outside', async () => {
    const bench = undoing(() => undefined)
    const run = await bench.start()
    await bench.restart()
    expect(undone(bench)).toBe(1)
    expect(bench.step(run, 'pay')).toMatchObject({ compensation: 'owed', compensationTries: 0 })
  })
})

describe('the order of compensations', () => {
  test('is that of completion backwards, whichever branch of the workflow a step is on', async () => {
    const wait = (millis: number) => ({ type: 'failed', failure: { ...failure('transient', 'later'), retryAfter: millis } }) as const
    const slow = (millis: number) => ({ attempt }: { readonly attempt: number }) => (attempt === 1 ? wait(millis) : completed())
    const steps = [
      ...['a', 'b', 'c', 'd'].map((id) => code(id, [], { ...compensates, retry: retry(2) })),
      code('end', ['a', 'b', 'c', 'd']),
    ]
    const bench = new Workbench(steps, { script: { a: slow(3_000), b: slow(1_000), c: slow(4_000), d: slow(2_000), end: () => failed('permanent') } })
    const run = await bench.start()
    await bench.pass(4_000)
    expect(bench.started().slice(-4)).toEqual(['c', 'a', 'd', 'b'].map((id) => `${id} compensation`))
    expect(bench.record(run).status).toBe('failed')
  })
})
