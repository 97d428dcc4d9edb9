/** A host takes up what an earlier one left: a few at a time, checked first, and never again what brings hosts down. */
import { expect, test } from 'vitest'
import { approvalStep as approval, codeStep as code, emailStep as email } from '../../src/model/manifest.fixture.ts'
import type { RunId } from '../../src/model/ids.ts'
import type { TakeUps } from '../../src/engine/control.ts'
import { nothingRemembered } from '../../src/engine/scheduler/recovering.ts'
import { completed, person, Workbench } from './workbench.ts'

const hangs = (): undefined => undefined

/** What hosts ended over, and what this one says that it takes up. */
class Remembered implements TakeUps {
  readonly said: string[] = []
  readonly #ends: ReadonlyMap<RunId, number>

  constructor(ends: readonly (readonly [RunId, number])[]) {
    this.#ends = new Map(ends)
  }

  ends(run: RunId): number {
    return this.#ends.get(run) ?? 0
  }

  begin(runs: readonly RunId[]): void {
    this.said.push(`begin ${runs.length}`)
  }

  done(runs: readonly RunId[]): void {
    this.said.push(`done ${runs.length}`)
  }
}

async function recovered(bench: Workbench, takeUps: TakeUps = nothingRemembered) {
  await bench.restart({ recovers: false })
  const report = await bench.until(bench.engine.recover(takeUps))
  await bench.settle()
  return report
}

test('it says what goes on, what waits for a person, and what failed meanwhile', async () => {
  const bench = new Workbench([code('a'), email('send', ['a']), approval('ask', ['send'])], {
    timeout: 10_000,
    script: { a: ({ view }) => (view.input === 'long' ? undefined : completed()), send: ({ view }) => (view.input === 'asked' ? completed() : undefined), ask: () => ({ type: 'asked', shown: null }) },
  })
  const [long, asked, doubted] = [await bench.start('long'), await bench.start('asked'), await bench.start('doubted')]
  const task = bench.execution.tasks.findLast(({ ref }) => ref.run === doubted)
  if (task !== undefined && bench.execution.sink !== undefined) await bench.until(bench.execution.sink.effectBegins(task.ref))
  const paused = await bench.start('long')
  await bench.until(bench.engine.pause({ run: paused, seen: null, actor: person, reason: null }))
  const report = await recovered(bench)
  expect(report).toMatchObject({
    recovered: [{ run: long, interrupted: 1 }],
    waiting: [
      { run: asked, why: 'a decision is open' },
      { run: doubted, why: 'it is not known whether an effect happened' },
      { run: paused, why: 'it is paused' },
    ],
    failed: [],
  })
})

test('what came due meanwhile comes first: a run that fails by it is told as failed', async () => {
  const bench = new Workbench([approval('ask', [], { deadline: 1_000 })], { script: { ask: () => ({ type: 'asked', shown: null }) } })
  const run = await bench.start()
  await bench.die(5_000)
  expect((await recovered(bench)).failed).toMatchObject([{ run, why: expect.stringContaining('deadline') }])
  expect(bench.record(run).status).toBe('failed')
})

test('a few are taken up at a time, and those that a host ended over after all others and alone', async () => {
  const bench = new Workbench([code('a')], { script: { a: hangs } })
  const runs: RunId[] = []
  for (let number = 0; number < 20; number += 1) runs.push(await bench.start())
  const [first, , third] = runs
  if (first === undefined || third === undefined) throw new Error('no run was started')
  const remembered = new Remembered([[first, 1], [third, 1]])
  const report = await recovered(bench, remembered)
  expect(remembered.said).toEqual(['begin 8', 'done 8', 'begin 8', 'done 8', 'begin 2', 'done 2', 'begin 1', 'done 1', 'begin 1', 'done 1'])
  expect(report.recovered.map(({ run }) => run).slice(-2)).toEqual([first, third])
  expect(report.recovered).toHaveLength(20)
})

test('one that two hosts ended over is set aside: nothing of it runs until a person has it go on', async () => {
  const bench = new Workbench([code('a'), code('b', ['a'])], { script: { a: ({ ref }) => (ref.attempt === 1 ? undefined : completed()) } })
  const run = await bench.start()
  const report = await recovered(bench, new Remembered([[run, 2]]))
  expect(report.waiting).toMatchObject([{ run, why: expect.stringContaining('2 hosts ended') }])
  expect(bench.record(run)).toMatchObject({ status: 'quarantined', failure: { name: 'CrashLoop' } })
  expect(bench.started()).toEqual([])

  expect((await recovered(bench)).waiting).toHaveLength(1)
  expect(bench.started()).toEqual([])

  await bench.until(bench.engine.resume({ run, seen: null, actor: person, reason: 'mended' }))
  await bench.settle()
  expect(bench.started()).toEqual(['a', 'b'])
  expect(bench.record(run)).toMatchObject({ status: 'completed', failure: null })
})

test('one over which even setting it aside brought a host down is left as it is', async () => {
  const bench = new Workbench([code('a')], { script: { a: hangs } })
  const run = await bench.start()
  const remembered = new Remembered([[run, 3]])
  expect(await recovered(bench, remembered)).toMatchObject({ recovered: [], waiting: [], left: [{ run }] })
  expect(remembered.said).toEqual([])
})
