import { expect, test } from 'vitest'
import { StepId } from '../../../../model/ids.ts'
import { certainOutside } from './wording.ts'

test('who confirms is told of each effect that is certain, and of one that happened already on a branch that was left', () => {
  const touch = { step: StepId.parse('pay'), kind: 'code', phase: 'run', repeat: 'unsafe', key: 'k', summary: null, certain: true, before: null } as const
  const way = { action: 'approve', role: 'primary', outcome: 'goes_on', ends: null, to: null, iteration: null, checkpoint: null } as const
  const told = (outside: readonly (Omit<typeof touch, 'before' | 'certain'> & { readonly certain: boolean; readonly before: number | null })[]) =>
    certainOutside({ ...way, kept: [], runs: [], children: [], compensates: [], refused: [], outside: [...outside] }, (step) => step)
  expect(told([touch, { ...touch, certain: false }])).toEqual(['“pay”'])
  expect(told([{ ...touch, before: 70 }])).toEqual(['“pay”: it already happened once, on a branch that the run has left'])
})
