import { expect, test } from 'vitest'
import { codeStep, manifestOf } from '../../../model/manifest.fixture.ts'
import { StepId } from '../../../model/ids.ts'
import { stepOf } from '../../../model/run.fixture.ts'
import type { AttemptRecord, StepRecord } from '../../../model/step.ts'
import { collapse } from './collapse.ts'
import { foldOverlayOf } from './fold-overlay.ts'
import { graphOf } from './graph-of.ts'
import { itemLook } from './item-look.ts'
import { type GraphMoment, type GraphRun, type Overlay, overlayOf } from './overlay.ts'
import { takenEdges } from './taken.ts'

const row = (step: string, more: Parameters<typeof stepOf>[1] = {}): StepRecord => stepOf(step, { startedAt: 1_000, endedAt: 2_000, ...more })

function undoing(step: string): AttemptRecord {
  return {
    branch: 0,
    step: StepId.parse(step),
    iteration: 1,
    attempt: 1,
    phase: 'compensate',
    status: 'running',
    effect: 'none',
    timeout: null,
    allowance: null,
    failure: null,
    startedAt: 3_000,
    endedAt: null,
  }
}

const loop = { to: [StepId.parse('draft')], max: 3, onLimit: 'fail' } as const
const steps = [
  codeStep('draft'),
  codeStep('review', ['draft'], { loop: { ...loop, to: [...loop.to] } }),
  codeStep('send', ['review'], { fallback: StepId.parse('later') }),
  codeStep('later', [], { onlyAsFallback: true }),
]
const graph = graphOf(manifestOf('outreach', steps))
const view = collapse(graph, { folds: false, kept: new Set(), opened: new Set() })

function overlay(rows: readonly StepRecord[], more: Partial<GraphRun> = {}, before?: Overlay): Overlay {
  return overlayOf(steps, { steps: rows, attempts: [], progress: new Map(), ...more }, before)
}

const taken = (rows: readonly StepRecord[], more: Partial<GraphRun> = {}): Record<string, string> =>
  Object.fromEntries(takenEdges(view, overlay(rows, more)))

test('a step is its newest iteration', () => {
  const shown = overlay([row('draft', { iteration: 2, status: 'running', attempts: 3 }), row('draft', { status: 'superseded' })])
  expect(shown.get('draft')).toMatchObject({ status: 'running', iteration: 2, attempt: 3 })
})

test('only the newest branch counts', () => {
  const shown = overlay([row('draft', { branch: 1 }), row('review', { branch: 0, iteration: 4 })])
  expect(shown.get('draft')?.status).toBe('completed')
  expect(shown.get('review')).toMatchObject({ status: 'pending', iteration: 1 })
})

test('progress is that of the iteration that runs', () => {
  const progress = new Map([['0/draft#2', { fraction: 0.4, note: 'page 4' }]])
  expect(overlay([row('draft', { iteration: 2, status: 'running' })], { progress }).get('draft')?.fraction).toBe(0.4)
  expect(overlay([row('draft', { iteration: 2 })], { progress }).get('draft')?.fraction).toBeNull()
  const again = row('draft', { branch: 1, iteration: 2, status: 'running' })
  expect(overlay([again], { progress }).get('draft')?.fraction).toBeNull()
})

test('a past moment shows what its checkpoint knew, and nothing of now', () => {
  const facts = { draft: { iteration: 1, status: 'completed' }, review: { iteration: 1, status: 'failed', loops: 2 } } as const
  const shown = overlay([row('draft', { iteration: 3, status: 'running' })], { at: { facts, underWay: [] }, loops: { review: 3 } })
  expect(shown.get('draft')).toMatchObject({ status: 'completed', iteration: 1, startedAt: null })
  expect(shown.get('review')).toMatchObject({ status: 'failed', loops: 2 })
})

test('a past moment shows what went on then, beside what had come to its end', () => {
  const facts = { draft: { iteration: 1, status: 'completed' }, review: { iteration: 1, status: 'completed' }, send: { iteration: 1, status: 'completed' } } as const
  const on = (step: string, more: Partial<GraphMoment['underWay'][number]> = {}): GraphMoment['underWay'][number] => ({
    ...{ step: StepId.parse(step), iteration: 1, status: 'running', waitsFor: null, isUndone: false, ...more },
  })
  const at = { facts, underWay: [on('draft', { iteration: 2 }), on('review'), on('send', { status: 'completed', isUndone: true }), on('later', { status: 'waiting', waitsFor: 'timer' })] }
  const shown = overlay([], { at })
  expect(shown.get('draft')).toMatchObject({ status: 'running', iteration: 2 })
  expect(shown.get('review')).toMatchObject({ status: 'completed', compensation: 'none' })
  expect(shown.get('send')).toMatchObject({ status: 'completed', compensation: 'running' })
  expect(shown.get('later')).toMatchObject({ status: 'waiting', waitsFor: 'timer' })
  expect(overlay([], { at }, shown).get('later')).toBe(shown.get('later'))
})

test('what did not change is the same object', () => {
  const before = overlay([row('draft'), row('review', { status: 'running' })])
  const after = overlay([row('draft'), row('review')], {}, before)
  expect(after.get('draft')).toBe(before.get('draft'))
  expect(after.get('review')).not.toBe(before.get('review'))
})

test('an owed compensation is told of once the run is being undone', () => {
  const rows = [row('draft', { compensation: 'owed' }), row('review', { compensation: 'owed' })]
  expect(overlay(rows).get('draft')?.compensation).toBe('none')
  const shown = overlay(rows, { attempts: [undoing('review')] })
  expect([shown.get('draft')?.compensation, shown.get('review')?.compensation]).toEqual(['owed', 'running'])
})

test('the path of a run lies on its edges', () => {
  expect(taken([row('draft'), row('review', { status: 'running' })])).toEqual({
    'need:draft>review': 'running',
    'loop:review>draft': 'idle',
    'need:review>send': 'idle',
    'fallback:send>later': 'idle',
  })
  expect(taken([row('draft'), row('review'), row('send', { status: 'waiting', waiting: { for: 'fallback', until: null } }), row('later')], { loops: { review: 1 } })).toEqual({
    'need:draft>review': 'success',
    'loop:review>draft': 'attention',
    'need:review>send': 'running',
    'fallback:send>later': 'success',
  })
})

test('undoing a step is no try of it', () => {
  const tried = row('draft', { attempts: 3, tries: 2 })
  const again = { ...undoing('draft'), iteration: 2 }
  expect(overlay([tried], { attempts: [undoing('draft'), again] }).get('draft')?.attempt).toBe(2)
  expect(overlay([tried]).get('draft')?.attempt).toBe(3)
})

test('the way ahead is ready once what comes before is done', () => {
  expect(taken([row('draft')])['need:draft>review']).toBe('ready')
  expect(taken([row('draft'), row('review', { status: 'skipped', skipped: 'condition' })])['need:draft>review']).toBe('idle')
})

test('a fold counts its steps, the most urgent first', () => {
  const shown = overlay([row('draft'), row('review'), row('send', { status: 'failed' })])
  const fold = foldOverlayOf([...graph.steps.keys()], shown)
  expect(fold.counts).toEqual([
    ['failed', 1],
    ['completed', 2],
    ['pending', 1],
  ])
  expect(itemLook(fold).word).toBe('Failed')
  expect(foldOverlayOf([...graph.steps.keys()], shown, fold)).toBe(fold)
})

test('what has to be armed says so, whatever else it waits for or has done', () => {
  const shown = overlay([row('send', { status: 'waiting', waiting: { for: 'decision', until: null } }), row('draft')], { toBeArmed: new Set(['send']) })
  const words = ['send', 'draft'].map((step) => {
    const each = shown.get(step)
    return each && itemLook(each).word
  })
  expect(words).toEqual(['To be armed', 'Completed'])
})
