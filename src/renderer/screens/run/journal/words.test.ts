import { expect, test } from 'vitest'
import { sampleDecision } from '../../../../../test/conformance/samples.ts'
import type { RunEvent } from '../../../../model/event.ts'
import { Address, StepId } from '../../../../model/ids.ts'
import { wordsOf } from './words.ts'

const step = StepId.parse('draft')
const at = { step, iteration: 1 }
const failure = { class: 'transient' as const, name: 'Error', message: 'busy\nat once' }
const say = (...events: RunEvent[]): string[] => wordsOf(events, 'UTC').map(({ text }) => text)

test('what matters stands before what follows from it', () => {
  expect(
    say(
      { type: 'attempt_ended', ...at, attempt: 1, status: 'completed', failure: null, counts: true },
      { type: 'checkpoint_taken', number: 3, kind: 'step_complete', step, iteration: 1 },
      { type: 'step_completed', ...at, output: Address.parse('a'.repeat(64)), via: null },
    ),
  ).toEqual(['draft completed', 'draft: attempt 1 done', 'Checkpoint 3 (step complete)'])
})

test('failures are told by their first line, times in the zone', () => {
  expect(say({ type: 'attempt_ended', ...at, attempt: 2, status: 'failed', failure, counts: false })).toEqual([
    'draft: attempt 2 failed: busy (not counted)',
  ])
  expect(say({ type: 'step_waiting', ...at, for: 'backoff', until: 3_600_000, failure: null })).toEqual([
    'draft is tried again at 01:00:00',
  ])
  expect(say({ type: 'step_waiting', ...at, for: 'timer', until: 60_000, failure: null })).toEqual([
    'draft waits until 00:01:00',
  ])
})

test('loops, fallbacks and skips say what led there', () => {
  const sent = (count: number): string[] => say({ type: 'looped', step, iteration: 2, to: StepId.parse('plan'), count })
  expect(
    [1, 2, 3, 4, 11, 22]
      .flatMap(sent)
      .map((words) => words.replace('draft, iteration 2 sent the run back to plan, the ', '')),
  ).toEqual(['1st time', '2nd time', '3rd time', '4th time', '11th time', '22nd time'])
  expect(
    say({ type: 'step_completed', ...at, output: Address.parse('a'.repeat(64)), via: StepId.parse('byHand') }),
  ).toEqual(['draft completed by its fallback byHand'])
  expect(say({ type: 'step_skipped', ...at, reason: 'optional', failure })).toEqual([
    'draft was skipped: it is optional, and failed (busy)',
  ])
})

test('a decision names who decided what, and why', () => {
  const decision = sampleDecision({
    step,
    iteration: 1,
    openedAt: 0,
    deadline: 86_400_000,
    actions: [
      { name: 'approve', role: 'primary' },
      { name: 'reject', role: 'secondary' },
    ],
  })
  expect(say({ type: 'decision_opened', decision })).toEqual(['draft asks a person (approve, reject), due in 1 d'])
  const ada = { kind: 'person' as const, name: 'Ada' }
  expect(
    say({
      type: 'decision_closed',
      id: decision.id,
      status: 'edited',
      action: 'approve',
      note: 'shorter',
      edit: Address.parse('a'.repeat(64)),
      actor: ada,
    }),
  ).toEqual(['Decided: “approve” by Ada, with an edit — shorter'])
})
