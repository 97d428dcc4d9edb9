import { describe, expect, test } from 'vitest'
import type { RunId } from '../../src/model/ids.ts'
import { CorruptionFound } from '../../src/model/storage-errors.ts'
import { approvalStep as approval, codeStep as code, waitStep as wait } from '../../src/model/manifest.fixture.ts'
import { answer, asks, byPerson, hangs, unsafe } from './scripts.ts'
import { Workbench } from './workbench.ts'

describe('a quarantined run', () => {
  /** `slow` is inside its effect when `b` turns out to need a value that is lost. */
  async function quarantined(): Promise<{ bench: Workbench; run: RunId }> {
    const bench = new Workbench(
      [
        code('a', [], { compensates: true }),
        wait('soon', [], 500),
        code('slow', ['soon'], unsafe),
        code('after', ['slow']),
        wait('later', ['a'], 1_000),
        code('b', ['later'], unsafe),
      ],
      { script: { slow: hangs } },
    )
    const run = await bench.start()
    bench.lose(run, bench.step(run, 'a').output)
    await bench.restart()
    await bench.pass(1_000)
    expect(bench.record(run).status).toBe('quarantined')
    return { bench, run }
  }

  test('keeps what ends, and starts nothing', async () => {
    const { bench, run } = await quarantined()
    await answer(bench, 'slow', 1)
    expect(bench.step(run, 'slow').status).toBe('completed')
    expect(bench.statuses(run)).toMatchObject({ b: 'pending', after: 'pending' })
    expect(bench.record(run).status).toBe('quarantined')
    expect(bench.started()).toEqual(['slow'])
  })

  test('is not gone on with by pause or resume', async () => {
    const { bench, run } = await quarantined()
    await expect(bench.until(bench.engine.pause({ ...byPerson, run }))).rejects.toMatchObject({ name: 'Conflict' })
    await expect(bench.until(bench.engine.resume({ ...byPerson, run }))).rejects.toMatchObject({ name: 'Conflict' })
  })

  test('can be cancelled; an effect that a host left under way is in doubt and not begun again', async () => {
    const { bench, run } = await quarantined()
    await bench.restart()
    expect(bench.step(run, 'slow').status).toBe('in_doubt')
    await bench.until(bench.engine.cancel({ ...byPerson, run }))
    await bench.settle()
    expect(bench.started()).toEqual([])
    expect(bench.record(run).status).toBe('compensating')
    await bench.decide(run, 'did-not-happen')
    // The compensation of `a` wants the output that is lost.
    expect(bench.record(run).status).toBe('quarantined')
  })

  test('is one also where a person was the first to look', async () => {
    const bench = new Workbench([code('a'), approval('ask', ['a'])], { script: { ask: asks } })
    const run = await bench.start()
    bench.lose(run, bench.step(run, 'a').output)
    await expect(bench.decide(run, 'approve')).rejects.toMatchObject({ name: 'CorruptionFound' })
    expect(bench.record(run).status).toBe('quarantined')
  })
})

describe('a run that is trusted again', () => {
  test('goes on where it stood, with what came due meanwhile', async () => {
    const bench = new Workbench([code('a'), wait('w', ['a'], 1_000), code('b', ['w'])])
    const run = await bench.start()
    await bench.until(bench.engine.quarantine(run, new CorruptionFound('value', 'v', 'it was changed', 1)))
    expect(bench.record(run)).toMatchObject({ status: 'quarantined', failure: { wayOut: 'go back to checkpoint 1, cancel the run, or bring back a backup of the store from before' } })
    await bench.pass(1_000)
    expect(bench.started()).toEqual(['a'])
    await bench.until(bench.engine.release(run))
    await bench.settle()
    expect(bench.record(run)).toMatchObject({ status: 'completed', failure: null })
    expect(bench.started()).toEqual(['a', 'b'])
  })

  test('that is paused, stays so; one that was not set aside is not touched', async () => {
    const bench = new Workbench([code('a'), wait('w', ['a'], 1_000), code('b', ['w'])])
    const run = await bench.start()
    const { version } = bench.record(run)
    await bench.until(bench.engine.release(run))
    expect(bench.record(run).version).toBe(version)
    await bench.until(bench.engine.pause({ ...byPerson, run }))
    await bench.until(bench.engine.quarantine(run, new CorruptionFound('value', 'v', 'it was changed')))
    await bench.until(bench.engine.release(run))
    await bench.pass(2_000)
    expect(bench.record(run)).toMatchObject({ status: 'paused' })
    expect(bench.started()).toEqual(['a'])
  })
})

describe('a run that has ended', () => {
  const damage = new CorruptionFound('value', 'v', 'it was changed', 1)
  const errorsOf = (bench: Workbench, run: RunId) => [...(bench.disk.runs.get(run)?.errors.values() ?? [])]

  test('has an error of what is damaged since, and stays as it was; mended, that is recovered', async () => {
    const bench = new Workbench([code('a')])
    const run = await bench.start()
    const { version, ...before } = bench.record(run)
    await bench.until(bench.engine.quarantine(run, damage))
    await bench.until(bench.engine.quarantine(run, damage))
    expect(errorsOf(bench, run)).toMatchObject([
      { step: null, status: 'waiting', failure: { class: 'corruption', wayOut: expect.stringMatching(/^go back to checkpoint 1, or bring back a backup/) }, recoveries: [{ strategy: 'ask' }, { strategy: 'ask' }] },
    ])
    expect(bench.record(run)).toMatchObject({ status: before.status, failure: null, endedAt: before.endedAt })
    expect(bench.record(run).version).toBeGreaterThan(version)
    await bench.restart()
    await bench.until(bench.engine.release(run))
    expect(errorsOf(bench, run)).toMatchObject([{ status: 'recovered', closedAt: expect.any(Number) }])
    await bench.until(bench.engine.release(run))
    expect(bench.started()).toEqual([])
  })

  test('that goes back leaves what was damaged behind', async () => {
    const bench = new Workbench([code('a'), code('b', ['a'])])
    const run = await bench.start()
    await bench.until(bench.engine.quarantine(run, damage))
    await bench.restore(run, 1)
    expect(bench.record(run)).toMatchObject({ status: 'completed', branch: 1 })
    expect(errorsOf(bench, run).map(({ status }) => status)).toEqual(['withdrawn'])
  })
})

describe('a value that is not what it was', () => {
  test('quarantines the run, and nothing of it moves', async () => {
    const bench = new Workbench([code('a'), wait('w', ['a'], 1_000), code('b', ['w'])])
    const run = await bench.start()
    bench.lose(run, bench.step(run, 'a').output)
    await bench.pass(1_000)
    expect(bench.record(run)).toMatchObject({ status: 'quarantined', failure: { class: 'corruption' } })
    expect(bench.started()).toEqual(['a'])
    await bench.restart()
    expect(bench.record(run).status).toBe('quarantined')
    expect(bench.started()).toEqual([])
  })
})
