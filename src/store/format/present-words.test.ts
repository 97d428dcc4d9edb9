import { expect, test } from 'vitest'
import { RunEvent } from '../../model/event.ts'
import { inPresentWords } from './present-words.ts'

test('an entry of before the name was changed is read by the name of today', () => {
  const before = JSON.stringify({ events: [{ type: 'run_trusted' }, { type: 'run_paused' }] })
  const { events } = JSON.parse(inPresentWords(before))
  expect(RunEvent.array().parse(events)).toEqual([{ type: 'run_released' }, { type: 'run_paused' }])
})

test('what a person wrote of it stays as it was written', () => {
  const entry = { why: 'it said {"type":"run_trusted"}', type: 'run_trusted' }
  expect(JSON.parse(inPresentWords(JSON.stringify(entry)))).toEqual({ ...entry, type: 'run_released' })
})
