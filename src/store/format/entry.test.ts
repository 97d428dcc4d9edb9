import { expect, test } from 'vitest'
import { draft, loneRun, nowhere, sampleStep } from '../../../test/conformance/samples.ts'
import { engineActor } from '../../model/actor.ts'
import type { RunEntry } from '../../model/entry.ts'
import type { RunEvent } from '../../model/event.ts'
import { entryText, readEntry } from './entry.ts'

const { record } = loneRun(1)
const at = { step: draft, iteration: 1 } as const
const usual: RunEvent[] = [
  { type: 'attempt_ended', ...at, attempt: 1, status: 'completed', failure: null, counts: true },
  { type: 'step_completed', ...at, output: nowhere, via: null },
  { type: 'attempt_started', ...at, attempt: 1, phase: 'run', effect: 'none', timeout: null, allowance: null },
  { type: 'checkpoint_taken', number: 7, kind: 'step_complete', ...at },
]
const others: RunEvent[] = [
  { type: 'run_created', run: record, passes: [sampleStep(), sampleStep({ iteration: 2, status: 'completed', output: nowhere })] },
  { type: 'attempt_ended', ...at, attempt: 2, status: 'interrupted', failure: null, counts: false },
  { type: 'attempt_started', step: draft, iteration: 3, attempt: 2, phase: 'compensate', effect: 'begun', timeout: 9, allowance: { processor: 7 } },
  { type: 'run_moved', to: 'waiting', waiting: 'timer' },
  { type: 'checkpoint_taken', number: 0, kind: 'step_start', step: null, iteration: null },
]
const entry = (events: RunEvent[], actor = engineActor): RunEntry => ({ at: 5, actor, correlation: null, run: record.id, version: 3, events })

test.each([entry(usual), entry(others), entry([...others, ...usual], { kind: 'person', name: 'ann' })])(
  'an entry says what was written, and so does one that was written in full',
  (written) => {
    expect(readEntry(entryText(written))).toMatchObject({ success: true, data: written })
    expect(readEntry(JSON.stringify(written))).toMatchObject({ success: true, data: written })
  },
)

test('what is usual goes without saying', () => {
  expect(JSON.parse(entryText(entry(usual)))).toEqual({
    at: 5,
    actor: {},
    correlation: null,
    run: record.id,
    version: 3,
    events: [
      { type: 'attempt_ended', step: draft },
      { type: 'step_completed', step: draft, output: nowhere },
      { type: 'attempt_started', step: draft },
      { type: 'checkpoint_taken', number: 7, step: draft },
    ],
  })
})

test.each(['7', 'null', '[]', '{}', '{"events":[7]}', '{"events":{}}'])('%s is no entry', (text) => {
  expect(readEntry(text)).toMatchObject({ success: false })
})
