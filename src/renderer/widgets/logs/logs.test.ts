import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runId, sampleLog } from '../../../../test/conformance/samples.ts'
import { type Log, mergeLogs } from './merge-logs.ts'
import { searchLogs } from './search-logs.ts'

function log(message: string, at: number, fields: object = {}): Log {
  const signal = sampleLog(runId(1), message, { at, ...fields })
  if (signal.type !== 'log') throw new Error('no log')
  return signal
}

const lines = fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 0, max: 3 })), { maxLength: 20 })
  .map((said) => said.map(([message, at]) => log(message, at)).toSorted((one, other) => one.at - other.at))

test('wherever what was kept and what was told overlap, every line stands once, in order', () => {
  fc.assert(
    fc.property(lines, fc.nat(20), fc.nat(20), (all, from, until) => {
      const merged = mergeLogs(all.slice(0, until), all.slice(Math.min(from, until)))
      expect(merged.map(({ at }) => at)).toEqual(all.map(({ at }) => at))
      expect(merged.map(({ message }) => message).toSorted()).toEqual(all.map(({ message }) => message).toSorted())
    }),
  )
})

test('a line is found by what it says, its step or its data, and by its level', () => {
  const said = [log('hello', 1, { level: 'debug' }), log('world', 2, { level: 'warn', data: { Order: 'A-17' } })]
  expect(searchLogs(said, 'debug', 'HELLO')).toEqual([said[0]])
  expect(searchLogs(said, 'info', 'hello')).toEqual([])
  expect(searchLogs(said, 'debug', 'a-17')).toEqual([said[1]])
  expect(searchLogs(said, 'debug', 'draft')).toEqual(said)
})
