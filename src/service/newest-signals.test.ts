import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { draft, runId, sampleHeartbeat, sampleLog, sampleProgress } from '../../test/conformance/samples.ts'
import type { Signal } from '../model/log.ts'
import { newestSignals } from './newest-signals.ts'

const run = runId(1)
const messages = (signals: readonly Signal[]): string[] =>
  signals.map((signal) => (signal.type === 'log' ? signal.message : `${signal.type} of ${signal.attempt}`))

describe('of what was kept and what is at hand', () => {
  test('each line stands once, however much of it was written', () => {
    const lines = fc.array(fc.record({ at: fc.nat(3), attempt: fc.integer({ min: 1, max: 2 }) }))
    fc.assert(
      fc.property(lines, fc.nat(30), fc.nat(30), (said, written, forgotten) => {
        const all = said.map((from, index) => sampleLog(run, String(index), from))
        const kept = all.slice(0, written)
        const atHand = all.slice(Math.min(forgotten, written))
        expect(newestSignals(kept, atHand, 1_000)).toEqual(all.toSorted((a, b) => a.at - b.at))
      }),
    )
  })

  test('a line that was cut in the store is the same line', () => {
    const long = 'x'.repeat(10_000)
    const kept = sampleLog(run, `${long.slice(0, 8_192)} … (10000 characters, cut here)`)
    expect(newestSignals([kept], [sampleLog(run, long)], 10)).toEqual([kept])
  })

  test('the same words twice within a millisecond are two lines', () => {
    const twice = [sampleLog(run, 'again'), sampleLog(run, 'again')]
    expect(newestSignals(twice.slice(1), twice, 10)).toEqual(twice)
  })

  test('only the last progress and heartbeat of an attempt stand', () => {
    const said = [
      sampleProgress(run, 0.1, { at: 1 }),
      sampleHeartbeat(run, 1, { at: 2 }),
      sampleProgress(run, 0.2, { at: 3 }),
      sampleLog(run, 'a line', { at: 4 }),
      sampleProgress(run, 0.3, { at: 5, attempt: 2 }),
      sampleHeartbeat(run, 2, { at: 6, step: draft }),
    ]
    expect(newestSignals(said.slice(0, 1), said, 10)).toEqual(said.slice(2))
    expect(messages(newestSignals([], said, 2))).toEqual(['progress of 2', 'heartbeat of 1'])
  })
})
