import { expect, test } from 'vitest'
import { Consequence } from '../../../../model/consequence.ts'
import { carriesEdit, needsConfirming, needsReason, usualReason } from './confirming.ts'

const leading = (more: Partial<Record<keyof Consequence, unknown>> = {}): Consequence =>
  Consequence.parse({
    action: 'approve',
    role: 'primary',
    outcome: 'goes_on',
    ends: null,
    to: null,
    iteration: null,
    kept: [],
    runs: [],
    outside: [],
    compensates: [],
    refused: [],
    ...more,
  })
const mail = { step: 'send', kind: 'email', phase: 'run', repeat: 'unsafe', key: 'k', summary: null, before: [] }

test('what goes on inside the house is pressed once; what leaves it, ends or is in doubt, twice', () => {
  expect(needsConfirming('approval', leading())).toBe(false)
  expect(needsConfirming('approval', leading({ outside: [{ ...mail, certain: false }] }))).toBe(false)
  expect(needsConfirming('approval', leading({ outside: [{ ...mail, certain: true }] }))).toBe(true)
  expect(needsConfirming('approval', leading({ outcome: 'ends', ends: 'cancelled' }))).toBe(true)
  expect(needsConfirming('in_doubt', leading())).toBe(true)
  expect(needsConfirming('approval', undefined)).toBe(true)
})

test('an end wants a reason; an edit goes along only where the run goes on from it', () => {
  expect(needsReason(leading({ outcome: 'ends', ends: 'cancelled' }))).toBe(true)
  expect(needsReason(leading())).toBe(false)
  const ends = { outcome: 'ends', ends: 'failed' }
  expect(['retry', 'happened', 'skip'].map((action) => needsReason(leading({ action, ...ends })))).toEqual([false, false, true])
  expect(carriesEdit('secondary', leading())).toBe(true)
  expect(carriesEdit('primary', leading({ outcome: 'loops_back' }))).toBe(false)
  expect([carriesEdit('primary', undefined), carriesEdit('secondary', undefined)]).toEqual([true, false])
})

test('the reason that stands there is never put in the ear of a step that runs again', () => {
  expect(usualReason('approval', leading())).toBe('')
  expect(usualReason('approval', leading({ outcome: 'ends', ends: 'cancelled' }))).toBe('Not wanted any more')
  expect(usualReason('recovery', leading({ action: 'skip', outcome: 'ends', ends: 'failed' }))).toBe('')
  expect(usualReason('arm', leading({ action: 'arm' }))).toBe('It is meant to happen in this replay')
  expect(usualReason('arm', leading({ action: 'happened' }))).toBe('')
})
