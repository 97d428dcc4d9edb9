/** What a run holds over several of its steps, and what is said of wants that there is never enough for. */
import { describe, expect, test } from 'vitest'
import { approvalStep as approval, codeStep as code } from '../../src/model/manifest.fixture.ts'
import { CorruptionFound } from '../../src/model/storage-errors.ts'
import { begin, errorsOf, held, holds, resources, status } from './holding.ts'
import { answer, asks, byPerson, hangs, skipped } from './scripts.ts'
import { completed, failed, step, Workbench } from './workbench.ts'

describe('what a run holds over several steps', () => {
  const steps = [code('take', [], holds('machine')), approval('look', ['take']), code('give', ['look'], holds('machine')), code('after', ['give'])]

  test('is held from the first of them to the last, also while it waits in between, and no longer', async () => {
    const bench = new Workbench(steps, { script: { look: asks, after: hangs } })
    const first = await bench.start()
    const second = await bench.start()
    expect(held(bench, 'machine')).toMatchObject({ held: 1, waiting: 1, holders: [{ run: first, step: 'take', for: 'steps' }], waiters: [{ run: second, step: 'take' }] })
    expect(status(bench, first, second)).toEqual(['waiting', 'waiting'])
    await bench.decide(first, 'approve')
    expect(bench.step(first, 'after').status).toBe('running')
    expect(bench.record(first).holds).toBeNull()
    expect(held(bench, 'machine')).toMatchObject({ held: 1, waiting: 0, holders: [{ run: second }] })
  })

  test('outlives its host, neither lost nor doubled', async () => {
    const bench = new Workbench(steps, { script: { look: asks } })
    const runs = [await bench.start(), await bench.start(), await bench.start()]
    await bench.restart()
    expect(held(bench, 'machine')).toMatchObject({ held: 1, waiting: 2, holders: [{ run: runs[0] }] })
    for (const run of runs) await bench.decide(run, 'approve')
    expect(status(bench, ...runs)).toEqual(['completed', 'completed', 'completed'])
  })

  test('keeps the place of its run with it, also while that is set aside: it goes on where it is, and nobody is one too many', async () => {
    const bench = new Workbench(steps, { script: { look: asks }, policy: resources({}, { runs: 1 }) })
    const first = await bench.start()
    await bench.until(bench.engine.quarantine(first, new CorruptionFound('value', 'ab', 'a bit has flipped')))
    const second = await bench.start()
    expect(status(bench, first, second)).toEqual(['quarantined', 'queued'])
    await bench.until(bench.engine.release(first))
    await bench.settle()
    expect(status(bench, first, second)).toEqual(['waiting', 'queued'])
    expect(held(bench, '@runs')).toMatchObject({ capacity: 1, held: 1 })
    await bench.decide(first, 'approve')
    expect(status(bench, first, second)).toEqual(['completed', 'waiting'])
  })

  test('is held until what was done with it is undone', async () => {
    const undone = [code('take', [], { ...holds('machine'), compensates: true }), code('fail', ['take']), code('give', ['fail'], holds('machine'))]
    const bench = new Workbench(undone, { script: { fail: () => failed('permanent'), 'take compensation': hangs } })
    const first = await bench.start()
    const second = await bench.start()
    expect(bench.record(first).status).toBe('compensating')
    expect(held(bench, 'machine')).toMatchObject({ holders: [{ run: first }], waiters: [{ run: second }] })
    await answer(bench, 'take', 2)
    expect(bench.record(first)).toMatchObject({ status: 'failed', holds: null })
    expect(held(bench, 'machine')).toMatchObject({ holders: [{ run: second }] })
  })

  test('is taken by what undoes a step where it was let go of before', async () => {
    const undone = [code('take', [], { ...holds('machine'), compensates: true }), code('late', ['take'])]
    const bench = new Workbench(undone, { script: { late: hangs, 'take compensation': hangs } })
    const first = await bench.start()
    const other = await bench.start()
    await bench.until(bench.engine.cancel({ ...byPerson, run: first }))
    await bench.until(bench.engine.cancel({ ...byPerson, run: other }))
    await bench.settle()
    expect(held(bench, 'machine')).toMatchObject({ held: 1, waiting: 1, holders: [{ run: first, for: 'attempt' }] })
  })

  test('is let go of by who is sent back, which takes it again in its turn', async () => {
    const bench = new Workbench(steps, { script: { look: asks } })
    const first = await begin(bench, 'bench')
    const second = await begin(bench, 'bench')
    await bench.restore(first, 0)
    expect(held(bench, 'machine')).toMatchObject({ holders: [{ run: second }], waiters: [{ run: first }] })
  })

  test('does not begin with a step that its condition leaves out', async () => {
    const bench = new Workbench([code('take', [], { ...holds('machine'), conditional: true }), code('long', ['take'], { join: 'settled' }), code('give', ['long'], holds('machine'))], {
      script: { take: skipped, long: hangs },
    })
    const run = await bench.start()
    expect(bench.record(run)).toMatchObject({ status: 'running', holds: null })
    await answer(bench, 'long', 1)
    expect(bench.record(run).status).toBe('completed')
    expect(bench.events(run).flatMap((event) => (event.type === 'resources_held' ? event.step : []))).toEqual(['take', 'give'])
  })

  test('goes on over a loop, and begins anew where one comes after it', async () => {
    const loop = { to: [step('take')], max: 1, onLimit: 'continue' as const }
    let rounds = 0
    const bench = new Workbench([code('take', [], holds('machine')), code('give', ['take'], { ...holds('machine'), loop }), code('end', ['give'])], {
      script: { give: () => completed(null, (rounds += 1) === 1 ? 'take' : null) },
    })
    const run = await bench.start()
    expect(bench.record(run)).toMatchObject({ status: 'completed', holds: null })
    expect(bench.events(run).filter(({ type }) => type === 'resources_held' || type === 'resources_released').map(({ type }) => type)).toEqual(['resources_held', 'resources_released'])
  })
})

describe('more than there is', () => {
  test('is said at once, asks a person, and goes on once there is enough', async () => {
    let policy = resources({ license: 2 })()
    const bench = new Workbench([code('build', [], { uses: { license: 3 } })], { policy: () => policy })
    const run = await bench.start()
    expect(errorsOf(bench, run)).toMatchObject([{ status: 'waiting', failure: { class: 'deadlock', name: 'NeverEnough', message: 'build wants 3 of license, and there is 2 of it in all' } }])
    policy = resources({ license: 3 })()
    bench.engine.reconsider()
    await bench.decide(run, 'retry')
    expect(bench.record(run).status).toBe('completed')
  })

  test('is said of who waits when there comes to be less, and not of what somebody has closed', async () => {
    let policy = resources({ license: 2 })()
    const bench = new Workbench([code('build', [], { uses: { license: 2 } })], { script: { build: hangs }, policy: () => policy })
    await bench.start()
    const second = await bench.start()
    const become = async (license: number): Promise<void> => {
      policy = resources({ license })()
      bench.engine.reconsider()
      await bench.settle()
    }
    await become(0)
    expect(bench.record(second)).toMatchObject({ status: 'waiting', waiting: 'resource' })
    await become(1)
    expect(bench.record(second)).toMatchObject({ status: 'waiting', waiting: 'decision' })
  })
})
