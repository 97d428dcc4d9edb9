/** A host takes up what an earlier one left: a few at a time, and checked first. */
import { expect, test } from 'vitest'
import { approvalStep as approval, codeStep as code, emailStep as email } from '../../src/model/manifest.fixture.ts'
import { completed, person, Workbench } from './workbench.ts'

async function recovered(bench: Workbench) {
  await bench.restart({ recovers: false })
  const report = await bench.until(bench.engine.recover())
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

