import { expect, test } from 'vitest'
import { codeStep, emailStep, waitStep } from '../../../model/manifest.fixture.ts'
import { StepId } from '../../../model/ids.ts'
import type { FoldOverlay } from './fold-overlay.ts'
import { overlayOf, type StepOverlay } from './overlay.ts'
import { countdown, foldName, loopWords, policyWords, stepName } from './words.ts'

function shown(more: Partial<StepOverlay>): StepOverlay {
  const plain = overlayOf([codeStep('draft')], { steps: [], attempts: [], progress: new Map() }).get('draft')
  return { ...(plain ?? expect.fail('no overlay')), ...more }
}

test('a name says how a step went', () => {
  const done = shown({ status: 'completed', iteration: 2, attempt: 1, startedAt: 0, endedAt: 1_400 })
  expect(stepName(codeStep('draft'), done)).toBe('draft, code, completed, iteration 2, attempt 1, 1.4 s')
  const skipped = shown({ status: 'skipped', skipped: 'condition' })
  expect(stepName(codeStep('gift', [], { title: 'Wrap it', conditional: true }), skipped)).toBe(
    'Wrap it (gift), code, skipped, its condition was false, conditional',
  )
})

test('of a step that nobody tried no time is told: what began after its end was its compensation', () => {
  const undone = shown({ status: 'completed', startedAt: 6_400, endedAt: 1_400, compensation: 'done' })
  expect(stepName(codeStep('draft'), undone)).toBe('draft, code, completed, undone')
})

test('without a run a name says what the step is', () => {
  expect(stepName(emailStep('send', [], { fallback: StepId.parse('later') }), undefined)).toBe(
    'send, e-mail, acts on the outside world, falls back to later',
  )
})

test('a fold says how many of its steps stand how', () => {
  const counts: FoldOverlay['counts'] = [
    ['failed', 1],
    ['completed', 9],
  ]
  const steps = ['a', 'b', 'c'].map((id) => StepId.parse(id))
  expect(foldName({ type: 'fold', id: 'lanes:', shape: 'lanes', steps }, { counts })).toBe(
    '3 steps side by side, folded: a to c, 1 failed, 9 completed',
  )
})

test('policies and loops are told in few words', () => {
  expect(policyWords(waitStep('cool', [], 300_000))).toBe('5 min')
  const loop = codeStep('review', [], { loop: { to: [StepId.parse('draft')], max: 3, onLimit: 'fail' } })
  expect(loopWords(loop, 'draft', null)).toBe('back to draft, at most 3 times')
  expect(loopWords(loop, 'draft', 1)).toBe('back to draft, 1 of 3')
})

test('a countdown never counts past its end', () => {
  expect(countdown(64_000, 1_000)).toBe('in 1 min')
  expect(countdown(1_000, 90_000)).toBe('now')
})
