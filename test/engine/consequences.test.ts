import { describe, expect, test } from 'vitest'
import type { Consequence } from '../../src/model/consequence.ts'
import { RunId } from '../../src/model/ids.ts'
import type { Json } from '../../src/model/json.ts'
import { approvalStep, codeStep, emailStep, waitStep } from '../../src/model/manifest.fixture.ts'
import type { Task } from '../../src/engine/ports.ts'
import { asking, asksFirst } from './scripts.ts'
import { completed, failed, failure, person, step, Workbench } from './workbench.ts'

const ids = (...names: readonly string[]) => names.map(step)
const loop = (to: string, max = 3, onLimit: 'continue' | 'fail' = 'continue') => ({ loop: { to: ids(to), max, onLimit } })
const asks = () => ({ type: 'asked', shown: null }) as const

interface Given {
  readonly edit?: Json
  readonly note?: string
}

/** What each action of a decision leads to; of the one of this step, or the only one. */
async function told(bench: Workbench, run: RunId, of?: string, given: Given = {}) {
  const pending = [...(bench.disk.runs.get(run)?.decisions.values() ?? [])].filter(({ status }) => status === 'pending')
  const decision = pending.find((one) => of === undefined || one.step === of)
  if (decision === undefined) throw new Error(`${of ?? 'nothing'} asks nothing`)
  const { edit = null, note = null } = given
  const request = { run, decision: decision.id, actor: person, note, edit }
  const { actions } = await bench.until(bench.engine.consequences(request))
  return (name: string): Consequence => {
    const found = actions.find(({ action }) => action === name)
    if (found === undefined) throw new Error(`${decision.step} has no ${name}`)
    return found
  }
}

type Brief = readonly [step: string, certain: boolean, why: string | null]

const briefly = ({ runs }: Consequence): Brief[] => runs.map(({ step: id, certain, why = null }) => [id, certain, why])
const byStep = ([a]: Brief, [b]: Brief): number => (a < b ? -1 : 1)

describe('what an answer leads to', () => {
  test('the last one ends the run', async () => {
    const bench = new Workbench([codeStep('a'), approvalStep('ok', ['a'])], { script: { ok: asks } })
    const run = await bench.start()
    const action = await told(bench, run)
    const last = { outcome: 'ends', ends: 'completed', kept: ['a', 'ok'], runs: [], compensates: [] }
    expect(action('approve')).toMatchObject(last)
    expect(action('reject')).toMatchObject({ outcome: 'ends', ends: 'cancelled' })
  })

  test('a loop says where it goes, which iteration that is, and how long its steps took', async () => {
    const took = [100, 400, 200]
    const bench = new Workbench([codeStep('a'), codeStep('b', ['a']), approvalStep('ok', ['b'], loop('b'))], {
      script: {
        ok: asks,
        b: ({ ref }) => {
          bench.time.after(took[ref.iteration - 1] ?? 0, () => bench.execution.sink?.ended(ref, completed()))
          return undefined
        },
      },
    })
    const run = await bench.start()
    for (const [at, millis] of took.entries()) {
      await bench.pass(millis)
      const revise = (await told(bench, run, 'ok', { note: 'to b' }))('revise')
      expect(revise).toMatchObject({ outcome: 'loops_back', to: 'b', iteration: at + 2, ends: null, kept: ['a'] })
      expect(revise.runs[0]).toMatchObject({ step: 'b', certain: true, typical: [100, 100, 200][at] })
      await bench.decide(run, 'revise', { note: 'to b' })
    }
  })

  test('steps behind chance say on what they hang; beside it they are certain', async () => {
    const steps = [
      approvalStep('ok', []),
      codeStep('picky', ['ok'], { conditional: true }),
      codeStep('after', ['picky']),
      codeStep('anyway', ['picky'], { join: 'settled' }),
      codeStep('check', ['ok'], { ...loop('check', 1, 'fail'), fallback: step('spare') }),
      codeStep('spare', ['ok'], { onlyAsFallback: true }),
      emailStep('send', ['check']),
      approvalStep('more', ['ok'], { deadline: 5_000, onDeadline: 'skip' }),
      codeStep('last', ['more']),
      waitStep('rest', ['ok'], 1_000),
    ]
    const bench = new Workbench(steps, { script: { ok: asks } })
    const run = await bench.start()
    expect(briefly((await told(bench, run))('approve')).toSorted(byStep)).toEqual([
      ['after', false, 'unless picky is left out'],
      ['anyway', true, null],
      ['check', true, null],
      ['last', false, 'once more is decided'],
      ['more', true, null],
      ['picky', false, 'only if its condition says so'],
      ['rest', true, null],
      ['send', false, 'unless check sends the run back'],
      ['spare', false, 'only if check fails'],
    ])
  })

  test('what a later step can send the run back over may run again, under the key of that pass', async () => {
    const steps = [
      emailStep('note'),
      approvalStep('ok', ['note']),
      codeStep('inner', ['ok'], loop('inner', 1)),
      approvalStep('final', ['inner'], loop('note')),
    ]
    const bench = new Workbench(steps, { script: { ok: asks, final: asks } })
    const run = await bench.start()
    const { kept, runs, outside } = (await told(bench, run))('approve')
    expect(kept).toEqual([])
    expect(runs[0]).toMatchObject({ step: 'note', certain: false, why: 'only if final sends the run back to note' })
    expect(outside).toMatchObject([{ step: 'note', key: `${run}/note/2/0`, certain: false, summary: null }])
  })

  test('a step beside one that loops over it is not certain to get there first', async () => {
    const steps = [approvalStep('ok'), codeStep('a', ['ok']), codeStep('b', ['ok'], loop('ok')), codeStep('c', ['a'])]
    const bench = new Workbench(steps, { script: { ok: asks } })
    const run = await bench.start()
    expect(briefly((await told(bench, run))('approve'))).toEqual([
      ['ok', false, 'only if b sends the run back to ok'],
      ['a', false, 'unless b sends the run back first'],
      ['b', true, null],
      ['c', false, 'unless b sends the run back first'],
    ])
  })

  test('the bound of an inner loop that is used up is whole again behind an outer one', async () => {
    const steps = [
      codeStep('a'),
      codeStep('b', ['a'], loop('a', 1)),
      approvalStep('ok', ['b']),
      approvalStep('final', ['ok'], loop('b')),
    ]
    const once = ({ ref }: Task) => completed(null, ref.iteration === 1 ? 'a' : null)
    const bench = new Workbench(steps, { script: { b: once, ok: asks, final: asks } })
    const run = await bench.start()
    expect(bench.record(run).loops).toEqual({ b: 1 })
    expect(briefly((await told(bench, run))('approve'))).toEqual([
      ['a', false, 'only if b sends the run back to a'],
      ['b', false, 'only if final sends the run back to b'],
      ['ok', false, 'only if final sends the run back to b'],
      ['final', true, null],
    ])
  })

  test('what runs beside it already is told of as such', async () => {
    const steps = [approvalStep('ok'), codeStep('slow'), emailStep('send', ['ok', 'slow'])]
    const bench = new Workbench(steps, { script: { ok: asks, slow: () => undefined } })
    const run = await bench.start()
    const action = await told(bench, run)
    expect(briefly(action('approve'))).toEqual([
      ['slow', true, 'it is under way already'],
      ['send', true, null],
    ])
    expect(action('approve').outside).toMatchObject([{ step: 'send', certain: true, summary: null }])
    expect(briefly(action('reject'))).toEqual([])
  })

  test('telling changes nothing of a run that is paused, and nothing of one that goes on', async () => {
    const bench = new Workbench([approvalStep('ok'), emailStep('send', ['ok'])], { script: { ok: asks } })
    const run = await bench.start()
    const before = (await told(bench, run))('approve')
    expect(before.outside).toMatchObject([{ step: 'send', summary: 'ada@example.com', certain: true }])
    await bench.until(bench.engine.pause({ run, seen: null, actor: person, reason: null }))
    const entries = bench.disk.journal.length
    const paused = (await told(bench, run))('approve')
    expect(paused.outside).toEqual(before.outside)
    expect(paused.runs).toEqual([{ step: 'send', kind: 'email', certain: true, typical: null }])
    expect(bench.disk.journal).toHaveLength(entries)
  })
})

describe('what an answer to the engine\'s own question leads to', () => {
  const crash = () => ({ type: 'cut_off', failure: failure('crash', 'gone'), own: true }) as const

  test('in doubt: it goes on with an output that is yet to be given, or runs again under the same key', async () => {
    const pay = codeStep('pay', [], { effect: { repeat: 'unsafe' } })
    const bench = new Workbench([pay, codeStep('b', ['pay'])], { script: { pay: crash } })
    const run = await bench.start()
    const action = await told(bench, run)
    const happened = action('happened')
    expect(happened).toMatchObject({ outcome: 'goes_on', kept: ['pay'], refused: [{ path: 'edit' }], outside: [] })
    const given = await told(bench, run, 'pay', { edit: { id: 7 } })
    expect(given('happened')).toEqual({ ...happened, refused: [] })
    const again = { outcome: 'goes_on', kept: [], outside: [{ key: `${run}/pay/1/0` }], refused: [] }
    expect(action('did-not-happen')).toMatchObject(again)
  })

  test('recovery: again, without it, or the run fails and is undone', async () => {
    const steps = [
      codeStep('a', [], { compensates: true, effect: { repeat: 'safe' } }),
      codeStep('b', ['a'], asking),
      codeStep('c', ['b']),
    ]
    const bench = new Workbench(steps, { script: { b: () => failed('permanent') }, policy: asksFirst })
    const run = await bench.start()
    const action = await told(bench, run)
    expect(briefly(action('retry'))).toEqual([
      ['b', true, null],
      ['c', true, null],
    ])
    expect(briefly(action('skip'))).toEqual([['c', true, null]])
    expect(action('fail')).toMatchObject({
      outcome: 'ends',
      ends: 'failed',
      compensates: ['a'],
      outside: [{ step: 'a', phase: 'compensate', repeat: 'safe', key: `${run}/a/1/0/compensate` }],
    })
  })

  test('questions elsewhere leave to chance what comes after them', async () => {
    const steps = [
      approvalStep('ok'),
      codeStep('pay', [], { effect: { repeat: 'unsafe' } }),
      codeStep('paid', ['pay']),
      codeStep('lame', [], { onFailure: 'ask' }),
      codeStep('tried', ['lame']),
      codeStep('main', [], { fallback: step('spare'), onFailure: 'ask' }),
      approvalStep('spare', [], { onlyAsFallback: true }),
      codeStep('stood', ['main']),
      approvalStep('late', [], { deadline: 5_000, onFailure: 'ask' }),
    ]
    const never = () => failed('permanent')
    const bench = new Workbench(steps, { script: { ok: asks, spare: asks, late: asks, pay: crash, lame: never, main: never } })
    const run = await bench.start()
    expect(briefly((await told(bench, run, 'ok'))('approve')).toSorted(byStep)).toEqual([
      ['lame', false, 'only if a person has it tried again'],
      ['late', false, 'only if its deadline passes and a person has it tried again'],
      ['main', false, 'only if spare fails and a person has it tried again'],
      ['paid', false, 'once it is known whether pay happened'],
      ['pay', false, 'only if it did not happen'],
      ['stood', false, 'once spare is decided'],
      ['tried', false, 'once lame is decided'],
    ])
  })

  test('a pass that waits for an earlier one in doubt waits for a person', async () => {
    const steps = [
      codeStep('base'),
      codeStep('pay', ['base'], { effect: { repeat: 'unsafe' } }),
      approvalStep('see', ['base'], loop('base')),
    ]
    const bench = new Workbench(steps, { script: { see: asks, pay: () => undefined } })
    const run = await bench.start()
    await bench.decide(run, 'revise', { note: 'to base' })
    const [first] = bench.execution.tasks.filter(({ ref }) => ref.step === 'pay')
    if (first === undefined) throw new Error('pay has begun')
    bench.execution.sink?.ended(first.ref, crash())
    await bench.settle()
    expect(briefly((await told(bench, run, 'see'))('approve'))).toEqual([
      ['pay', false, 'once it is known whether pay happened'],
    ])
  })
})

describe('nothing is told', () => {
  test('of a decision that is over, of a run that has ended, or of none', async () => {
    const bench = new Workbench([approvalStep('ok'), approvalStep('more', ['ok'])], { script: { ok: asks, more: asks } })
    const run = await bench.start()
    const { id: decision } = bench.decision(run)
    const given = { decision, actor: person, note: null, edit: null }
    const ask = (of: RunId) => bench.until(bench.engine.consequences({ ...given, run: of }))
    await bench.decide(run, 'approve')
    await expect(ask(run)).rejects.toMatchObject({ name: 'Conflict', message: expect.stringContaining('look again') })
    await bench.decide(run, 'approve')
    await expect(ask(run)).rejects.toMatchObject({ name: 'Conflict', status: 'completed' })
    await expect(ask(RunId.parse('0'.repeat(26)))).rejects.toMatchObject({ name: 'NotFound' })
  })
})
