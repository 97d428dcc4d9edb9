import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { View } from '../../engine/ports.ts'
import { RunId } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import { Views } from './child/views.ts'
import { toldOnce, ToldViews } from './told-views.ts'

const runOf = (number: number): RunId => RunId.parse(String(number).padStart(26, '0'))
const first = runOf(1)

function viewOf(outputs: View['outputs']): View {
  return { input: { of: 'a run' }, context: {}, outputs, iterations: {} }
}

test('law: a process has each view as it is, whatever it was told before and whatever code did to it', () => {
  const value = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.array(fc.string()), fc.dictionary(fc.string(), fc.string()), fc.constant('x'.repeat(9_000)))
  const stock = fc.array(value, { minLength: 1, maxLength: 6 })
  const task = fc.record({ run: fc.nat(90), steps: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'constructor'), fc.nat(5)) })
  fc.assert(
    fc.property(stock, fc.array(task, { maxLength: 200 }), (values, tasks) => {
      const [host, process] = [new ToldViews(), new Views()]
      for (const { run, steps } of tasks) {
        const view = viewOf(Object.fromEntries(Object.entries(steps).map(([step, at]): [string, Json] => [step, values[at % values.length] ?? null])))
        const got = process.view(structuredClone(host.tell(runOf(run), view)))
        expect(got).toEqual(view)
        expect(Object.keys(got.outputs)).toEqual(Object.keys(view.outputs))
        for (const output of Object.values(got.outputs)) if (Array.isArray(output)) output.push('spoilt')
      }
    }),
  )
})

test('what a process was told with an earlier step of the run is named only', () => {
  const host = new ToldViews()
  const a = { text: 'a' }
  host.tell(first, viewOf({ a }))
  const { input, context } = viewOf({})
  const [, , ofA, ofB] = host.tell(first, { input, context, outputs: { a, b: 'b' }, iterations: {} }).parts
  expect([ofA, ofB]).toEqual([['output/a'], ['output/b', 'b', true]])
})

test('another value of a key is told, and so is each to another run', () => {
  const host = new ToldViews()
  host.tell(first, viewOf({ a: 1 }))
  expect(host.tell(first, viewOf({ a: 2 })).parts[2]).toEqual(['output/a', 2, true])
  expect(host.tell(runOf(2), viewOf({ a: 2 })).parts[2]).toEqual(['output/a', 2, true])
})

test('what is large is told each time and kept nowhere', () => {
  const host = new ToldViews()
  const large = Array.from({ length: 2_000 }, () => 'of many')
  host.tell(first, viewOf({ large }))
  expect(host.tell(first, viewOf({ large })).parts[2]).toEqual(['output/large', large, false])
})

test('a process keeps something of so many runs: the one of which it was told least recently goes', () => {
  const host = new ToldViews()
  const forgotten = Array.from({ length: 66 }, (_, number) => host.tell(runOf(number), viewOf({})).forget)
  expect(forgotten.slice(-3)).toEqual([null, runOf(0), runOf(1)])
})

test('a process that has to itself what it does keeps nothing', () => {
  expect(toldOnce(first, viewOf({ a: 1 })).parts.every(([, , isKept]) => isKept === false)).toBe(true)
})
