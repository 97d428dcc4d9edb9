import { expect, test } from 'vitest'
import { codeStep, manifestOf } from '../../../model/manifest.fixture.ts'
import { StepId } from '../../../model/ids.ts'
import { graphOf } from './graph-of.ts'

test('a definition has edges of three kinds', () => {
  const draft = StepId.parse('draft')
  const graph = graphOf(
    manifestOf('outreach', [
      codeStep('draft'),
      codeStep('review', ['draft'], { loop: { to: [draft], max: 3, onLimit: 'fail' } }),
      codeStep('send', ['review', 'draft'], { fallback: StepId.parse('later') }),
      codeStep('later', [], { onlyAsFallback: true }),
    ]),
  )
  expect(graph.edges.map(({ kind, from, to }) => `${kind} ${from} ${to}`)).toEqual([
    'need draft review',
    'loop review draft',
    'need review send',
    'need draft send',
    'fallback send later',
  ])
  expect(graph.dependents.get(draft)).toEqual(['review', 'send'])
})
