import Elk from 'elkjs/lib/elk.bundled.js'
import { expect, test } from 'vitest'
import { codeStep, manifestOf } from '../../../model/manifest.fixture.ts'
import { StepId } from '../../../model/ids.ts'
import { collapse } from './collapse.ts'
import { graphOf } from './graph-of.ts'
import { layOut } from './layout.ts'

const to = (step: string) => ({ to: [StepId.parse(step)], max: 3, onLimit: 'fail' as const })
const graph = graphOf(
  manifestOf('outreach', [
    codeStep('route'),
    codeStep('draft', ['route']),
    codeStep('grammar', ['draft']),
    codeStep('style', ['draft']),
    codeStep('approve', ['grammar', 'style'], { loop: to('draft') }),
    codeStep('send', ['approve', 'route'], { fallback: StepId.parse('later'), loop: to('send') }),
    codeStep('later', ['approve'], { onlyAsFallback: true }),
  ]),
)
const layout = await layOut(collapse(graph, { folds: false, kept: new Set(), opened: new Set() }), new Elk())
const box = (id: string) => layout.boxes.get(id) ?? expect.fail(`${id} stands nowhere`)

test('needs lead from left to right', () => {
  for (const { kind, from, to: next } of graph.edges) {
    if (kind === 'need') expect(box(next).x).toBeGreaterThan(box(from).x + box(from).width)
  }
})

test('nothing stands on anything else', () => {
  const all = [...layout.boxes]
  for (const [id, a] of all) {
    for (const [other, b] of all) {
      const isApart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
      expect(id === other || isApart, `${id} and ${other}`).toBe(true)
    }
  }
})

test('a fallback stands right below its step', () => {
  expect(box('later').x).toBe(box('send').x)
  expect(box('later').y).toBeGreaterThan(box('send').y + box('send').height)
})

test('every edge is led, and loops pass below what lies between', () => {
  expect(layout.edges.map(({ id }) => id).toSorted()).toEqual(
    graph.edges.map(({ kind, from, to: next }) => `${kind}:${from}>${next}`).toSorted(),
  )
  const back = layout.edges.find(({ id }) => id === 'loop:approve>draft')
  const lowest = Math.max(...['draft', 'grammar', 'style', 'approve'].map((id) => box(id).y + box(id).height))
  expect(back?.label?.y).toBeGreaterThan(lowest)
  expect(layout.bounds.y + layout.bounds.height).toBeGreaterThan(back?.label?.y ?? 0)
})
