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

const lines = fc
  .array(fc.tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 0, max: 3 })), { maxLength: 20 })
  .map((said) => said.map(([message, at]) => log(message, at)).toSorted((one, other) => one.at - other.at))

test('of what was kept and what was told every line stands as often as either has it, oldest first', () => {
  const count = (logs: readonly Log[]): Map<string, number> =>
    logs.reduce(
      (counts, { at, message }) => counts.set(`${at} ${message}`, (counts.get(`${at} ${message}`) ?? 0) + 1),
      new Map<string, number>(),
    )
  fc.assert(
    fc.property(lines, lines, (kept, told) => {
      const merged = mergeLogs(kept, told)
      const [ofKept, ofTold, ofMerged] = [count(kept), count(told), count(merged)]
      for (const line of new Set([...ofKept.keys(), ...ofTold.keys()])) {
        expect(ofMerged.get(line)).toBe(Math.max(ofKept.get(line) ?? 0, ofTold.get(line) ?? 0))
      }
      expect(merged.map(({ at }) => at)).toEqual(merged.map(({ at }) => at).toSorted((one, other) => one - other))
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
