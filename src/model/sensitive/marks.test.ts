import { expect, test } from 'vitest'
import { codeStep, manifestOf } from '../manifest.fixture.ts'
import { StepId } from '../ids.ts'
import { marksOf } from './marks.ts'

test('what a fallback puts out is marked as that of the step that it stands in for, whoever of the two says so', () => {
  const output = { properties: { token: { sensitive: true } } }
  const stands = (of: object, by: object) => marksOf([manifestOf('sample', [codeStep('draft', [], { fallback: StepId.parse('later'), ...of }), codeStep('later', [], by)])])?.outputs
  for (const outputs of [stands({ output, sensitive: true }, {}), stands({}, { output, sensitive: true })]) {
    expect(Object.fromEntries(outputs ?? [])).toEqual({ draft: [output], later: [output] })
  }
})
