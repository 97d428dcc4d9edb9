import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { approvalStep, codeStep, manifestOf } from '../../../model/manifest.fixture.ts'
import type { StepManifest } from '../../../model/manifest.ts'
import { collapse, type Folding, type View } from './collapse.ts'
import { graphOf } from './graph-of.ts'

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1)
const folded: Folding = { folds: true, kept: new Set(), opened: new Set() }

function view(steps: readonly StepManifest[], folding: Partial<Folding> = {}): View {
  return collapse(graphOf(manifestOf('many', steps)), { ...folded, ...folding })
}

const shape = ({ items }: View): readonly string[] =>
  items.map((item) => (item.type === 'step' ? item.id : `${item.shape} of ${item.steps.length}`))

/** `first`, so many lanes of so many steps each, `last`. */
function fan(lanes: number, length: number): readonly StepManifest[] {
  const inner = numbers(lanes).flatMap((lane) =>
    numbers(length).map((part) => codeStep(`lane${lane}-${part}`, [part === 1 ? 'first' : `lane${lane}-${part - 1}`])),
  )
  return [codeStep('first'), ...inner, codeStep('last', numbers(lanes).map((lane) => `lane${lane}-${length}`))]
}

const row = (length: number): readonly StepManifest[] =>
  numbers(length).map((part) => codeStep(`s${part}`, part === 1 ? [] : [`s${part - 1}`]))

test('nothing is folded unless it is asked for', () => {
  expect(shape(view(fan(3, 1), { folds: false }))).toEqual(['first', 'lane1-1', 'lane2-1', 'lane3-1', 'last'])
})

test('steps side by side between the same steps become one', () => {
  const { edges } = view(fan(12, 1))
  expect(shape(view(fan(12, 1)))).toEqual(['first', 'lanes of 12', 'last'])
  expect(edges.map(({ from, to }) => [from, to])).toEqual([
    ['first', expect.stringContaining('lanes:')],
    [expect.stringContaining('lanes:'), 'last'],
  ])
})

test('few steps side by side stay as they are', () => {
  expect(shape(view(fan(3, 1)))).toEqual(['first', 'lane1-1', 'lane2-1', 'lane3-1', 'last'])
})

test('lanes of several steps fold, too, and unfold level by level', () => {
  const lanes = view(fan(5, 3))
  expect(shape(lanes)).toEqual(['first', 'lanes of 15', 'last'])
  const opened = new Set(lanes.items.map(({ id }) => id))
  const rows = view(fan(5, 3), { opened })
  expect(shape(rows)).toEqual(['first', ...numbers(5).map(() => 'row of 3'), 'last'])
  const second = rows.items[2]?.id ?? ''
  expect(shape(view(fan(5, 3), { opened: new Set([...opened, second]) }))).toEqual([
    'first',
    'row of 3',
    'lane2-1',
    'lane2-2',
    'lane2-3',
    ...numbers(3).map(() => 'row of 3'),
    'last',
  ])
})

test('a long row folds in parts that still say something', () => {
  expect(shape(view(row(30)))).toEqual(['row of 10', 'row of 10', 'row of 10'])
  expect(shape(view(row(2)))).toEqual(['s1', 's2'])
})

describe('never folded', () => {
  test('a step that is kept stands apart, and the others stay folded', () => {
    expect(shape(view(fan(12, 1), { kept: new Set(['lane7-1']) }))).toEqual(['first', 'lanes of 11', 'lane7-1', 'last'])
  })

  test('what was opened stays open when another of its steps is kept', () => {
    const opened = new Set(view(fan(12, 1)).items.map(({ id }) => id))
    expect(view(fan(12, 1), { opened, kept: new Set(['lane1-1']) }).items).toHaveLength(14)
  })

  test('a step that a person decides on', () => {
    expect(shape(view([...row(4), approvalStep('approve', ['s4']), codeStep('after', ['approve'])]))).toEqual([
      'row of 4',
      'approve',
      'after',
    ])
  })

  test('both ends of loops and fallbacks', () => {
    const steps = row(5).map((step): StepManifest => {
      return step.id === 's3' ? { ...step, loop: { to: [step.id], max: 2, onLimit: 'fail' } } : step
    })
    expect(shape(view(steps))).toEqual(['s1', 's2', 's3', 's4', 's5'])
  })
})

test('every step is shown by exactly one item, and every edge is between two that are there', () => {
  const graphs = fc.array(fc.array(fc.nat(30), { maxLength: 3 }), { minLength: 1, maxLength: 40 }).map((wanted) =>
    wanted.map((needs, place) => {
      const before = new Set(needs.filter((need) => need < place))
      return codeStep(`s${place}`, Array.from(before, (need) => `s${need}`))
    }),
  )
  fc.assert(
    fc.property(graphs, fc.array(fc.nat(40)), (steps, kept) => {
      const { items, edges, itemOf } = view(steps, { kept: new Set(kept.map((place) => `s${place}`)) })
      const shown = items.flatMap((item) => (item.type === 'step' ? [item.id] : item.steps))
      expect(shown.toSorted()).toEqual(steps.map(({ id }) => id).toSorted())
      const ids = new Set(items.map(({ id }) => id))
      for (const { from, to } of edges) expect(ids.has(from) && ids.has(to)).toBe(true)
      for (const place of kept) {
        const step = steps[place]
        if (step !== undefined) expect(itemOf.get(step.id)).toBe(step.id)
      }
    }),
  )
})
