import { expect, test } from 'vitest'
import { sampleAttempt, sampleDecision } from '../../../../../test/conformance/samples.ts'
import { Checkpoint, type StepFact } from '../../../../model/checkpoint.ts'
import { detailOf } from '../../../../model/run.fixture.ts'
import { noStop, stopBeside, stopsOf } from './stops.ts'

function checkpoint(number: number, type: Checkpoint['type'], facts: Readonly<Record<string, StepFact>> = {}): Checkpoint {
  const changes = Object.entries(facts).map(([step, fact]) => ({ key: `step/${step}`, fact }))
  const of = { step: null, iteration: null, note: null, run: '01J0000000000000000000000A', parent: null, checksum: 'e'.repeat(64) }
  return Checkpoint.parse({ number, branch: 0, type, changes, at: number * 10, ...of })
}

const line = [
  checkpoint(0, 'step_start'),
  checkpoint(1, 'step_complete', { draft: { iteration: 1, status: 'completed' } }),
  checkpoint(2, 'step_complete', { draft: { iteration: 2, status: 'pending' } }),
  checkpoint(3, 'error_recovery'),
  checkpoint(4, 'step_complete', { draft: { iteration: 2, status: 'completed' } }),
  checkpoint(5, 'step_complete', { send: { iteration: 1, status: 'failed' } }),
  checkpoint(6, 'step_start', { draft: { iteration: 3, status: 'pending' } }),
]
const failure = { class: 'transient' as const, name: 'Error', message: 'busy' }
const detail = detailOf({
  attempts: [sampleAttempt({ startedAt: 2, endedAt: 5, failure, status: 'failed' })],
  decisions: [sampleDecision({ openedAt: 42, closedAt: 50 }), sampleDecision({ openedAt: 61, closedAt: null })],
})
const at = (number?: number) => ({ line, detail, chosen: line.find((each) => each.number === number) })

test('errors, loops and decisions are found among the moments', () => {
  expect(stopsOf('error', at())).toEqual([0, 3, 5])
  expect(stopsOf('loop', at())).toEqual([2])
  expect(stopsOf('decision', at())).toEqual([4, 5, 6])
})

test('they are stepped through from where one stands, and from the present back', () => {
  expect(stopBeside('error', at(0), 1)).toBe(3)
  expect(stopBeside('error', at(3), -1)).toBe(0)
  expect(stopBeside('error', at(5), 1)).toBeUndefined()
  expect(stopBeside('error', at(), -1)).toBe(5)
  expect(stopBeside('error', at(), 1)).toBeUndefined()
})

test('where there is none that way, it is said how many there are the other way', () => {
  expect(noStop('error', at(), 1)).toEqual(['No later error on this branch', 'From here there is none later, 3 earlier.'])
  expect(noStop('error', at(0), -1)).toEqual(['No earlier error on this branch', 'From here there is none earlier, 2 later.'])
  expect(noStop('loop', { ...at(), line: [] }, 1)).toEqual(['No later loop on this branch', 'From here there is none later, and no earlier one.'])
})
