import { expect, test } from 'vitest'
import { ChildAhead } from '../../../../model/child-ahead.ts'
import { StepId } from '../../../../model/ids.ts'
import { certainTouches } from './wording.ts'

test('who confirms is told of each effect that is certain, of the run and of each child run', () => {
  const touch = { step: StepId.parse('pay'), kind: 'code', phase: 'run', repeat: 'unsafe', key: 'k', summary: null, certain: true, before: [] } as const
  const perhaps = { ...touch, key: 'l', certain: false }
  const child = { path: ['letter'], workflow: 'letters', run: null, becomes: 'begins', certain: true, why: null, runs: [], outside: [perhaps, touch], compensates: [], inDoubt: [], unknown: null }
  const children = [ChildAhead.parse(child), ChildAhead.parse({ ...child, outside: [perhaps] })]
  const told = certainTouches({ outside: [{ ...touch, before: [] }, { ...perhaps, before: [] }], children })
  expect(told.map(({ by, touches }) => [by?.workflow, touches.map(({ key }) => key)])).toEqual([[undefined, ['k']], ['letters', ['k']]])
})
