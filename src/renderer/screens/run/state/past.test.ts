import { expect, test } from 'vitest'
import { Checkpoint, type StateChange } from '../../../../model/checkpoint.ts'
import { Address } from '../../../../model/ids.ts'
import { outputOfKey } from '../../../widgets/identity/state-key.ts'
import { askedAt, changesOf, factsAt, stateAt } from './past.ts'

const address = (digit: string): Address => Address.parse(digit.repeat(64))

function checkpoint(number: number, changes: readonly StateChange[]): Checkpoint {
  return Checkpoint.parse({
    number,
    branch: 0,
    type: 'step_complete',
    step: 'draft',
    iteration: 1,
    note: null,
    changes,
    run: '01J0000000000000000000000A',
    at: number,
    parent: null,
    checksum: 'e'.repeat(64),
  })
}

const history = [
  checkpoint(0, [{ key: 'input', address: address('0') }]),
  checkpoint(1, [
    { key: 'output/draft/1', address: address('1') },
    { key: 'step/draft', fact: { iteration: 1, status: 'completed' } },
  ]),
  checkpoint(2, [{ key: 'step/draft', fact: { iteration: 2, status: 'pending' } }]),
  checkpoint(3, [{ key: 'output/draft/2', address: address('2') }]),
  checkpoint(4, [{ key: 'output/draft/2', address: address('3') }]),
]

test('the state at a checkpoint holds what was set up to it, and by which', () => {
  const then = stateAt(history, 2)
  expect([...then.values]).toEqual([
    ['input', { address: address('0'), since: 0 }],
    ['output/draft/1', { address: address('1'), since: 1 }],
  ])
  expect(then.facts).toEqual({ draft: { iteration: 2, status: 'pending' } })
})

test('what a migration dropped is not there from then on', () => {
  const dropped = checkpoint(5, ['output/draft/1', 'output/draft/2', 'step/draft'].map((key) => ({ key, gone: true as const })))
  const then = stateAt([...history, dropped], 5)
  expect([...then.values.keys()]).toEqual(['input'])
  expect(then.facts).toEqual({})
  expect(changesOf(dropped, stateAt(history, 4))).toEqual({ values: [], facts: [] })

  // However long ago it was set, and dropped.
  const later = Array.from({ length: 500 }, (_, index) => checkpoint(6 + index, [{ key: 'input', address: address('4') }]))
  const long = [...history, dropped, ...later]
  expect([...stateAt(long, 505).values]).toEqual([['input', { address: address('4'), since: 505 }]])
  expect(['output/draft/1', 'output/draft/2'].map((key) => askedAt(long, 505).values.get(key))).toEqual([undefined, undefined])
  expect(askedAt([...history, ...later], 505).values.get('output/draft/2')).toEqual({ address: address('3'), since: 4 })
})

test('among thousands of checkpoints a state is folded from few of them, and is the same', () => {
  let read = 0
  const long = Array.from({ length: 3_200 }, (_, number): Checkpoint => {
    const made = checkpoint(number, [
      { key: `output/draft/${(number % 40) + 1}`, address: address(String(number % 10)) },
      { key: 'step/draft', fact: { iteration: number + 1, status: 'completed' } },
    ])
    const { changes } = made
    return Object.defineProperty(made, 'changes', {
      get: () => {
        read += 1
        return changes
      },
    })
  })
  const first = stateAt(long, 3_100)
  expect(first.values.get('output/draft/21')).toEqual({ address: address('0'), since: 3_100 })
  expect(first.facts).toEqual({ draft: { iteration: 3_101, status: 'completed' } })
  read = 0
  for (const number of [3_199, 3_100, 1_700, 20]) {
    const { values, facts } = stateAt(long, number)
    expect(Math.max(...[...values.values()].map(({ since }) => since))).toBe(number)
    expect(facts).toEqual({ draft: { iteration: number + 1, status: 'completed' } })
  }
  expect(read).toBeLessThan(1_000)
  for (const number of [3_199, 1_499, 20]) expect(factsAt(long, number)).toEqual(stateAt(long, number).facts)
})

test('a state of which few values are asked for has the very same ones', () => {
  const keys = new Set(history.flatMap(({ changes }) => changes.map(({ key }) => key)))
  for (const { number } of history) {
    const [all, few] = [stateAt(history, number), askedAt(history, number)]
    expect(few.facts).toEqual(all.facts)
    expect([...keys].map((key) => few.values.get(key))).toEqual([...keys].map((key) => all.values.get(key)))
    expect([...keys].map((key) => few.values.has(key))).toEqual([...keys].map((key) => all.values.has(key)))
  }
})

test('an output is compared with the one of the iteration before, an edited one with what it was', () => {
  const change = (number: number) => {
    const found = history[number]
    if (found === undefined) throw new Error('no such checkpoint')
    return changesOf(found, askedAt(history, number - 1))
  }
  expect(change(1).values).toEqual([{ key: 'output/draft/1', after: address('1'), before: null }])
  expect(change(1).facts).toEqual([{ step: 'draft', before: null, after: { iteration: 1, status: 'completed' } }])
  expect(change(2).facts).toMatchObject([{ before: { status: 'completed' }, after: { status: 'pending' } }])
  expect(change(3).values).toMatchObject([{ before: { address: address('1'), key: 'output/draft/1' } }])
  expect(change(4).values).toMatchObject([{ before: { address: address('2'), key: 'output/draft/2' } }])
})

test('keys of outputs name their step and iteration', () => {
  expect(outputOfKey('output/review-1/12')).toEqual({ step: 'review-1', iteration: 12 })
  expect(outputOfKey('input')).toBeUndefined()
})
