import { expect, test } from 'vitest'
import { Checkpoint, type StepFact } from '../../../../model/checkpoint.ts'
import { StepId } from '../../../../model/ids.ts'
import { Preview } from '../../../../model/preview.ts'
import { isAsTold, momentBefore, reachesNoFurther, verbOf } from './wish.ts'

const revision = { hash: 'a'.repeat(64), version: 1 }
const nothing = { version: 4, revision, migration: null, checkpoint: 5, parent: 0, leaves: 0, branch: 1, becomes: 'running', reused: [], runs: [], outside: [], undone: [], stops: [], inDoubt: [] }
const previewOf = (more: object): Preview => Preview.parse({ ...nothing, withdraws: { decisions: [], timers: [] }, ...more })
const outside = { step: 'send', kind: 'email', phase: 'run', repeat: 'unsafe', key: 'ABCDEFGHIJ/send/1/1', summary: 'ana@example.com', certain: true, before: [] }

test('what is asked for once more says so by its dots', () => {
  expect([verbOf(previewOf({})), verbOf(previewOf({ outside: [outside] }))]).toEqual(['Restore checkpoint 5', 'Restore checkpoint 5…'])
})

test('what was told holds until somebody else sends the run back, or it asks for something else', () => {
  const asks = (id: string) => ({ withdraws: { decisions: [{ step: 'ask', iteration: 1, id, kind: 'approval' }], timers: [] } })
  const told = previewOf(asks('01J0000000000000000000000A'))
  expect(isAsTold(told, { ...told, version: 9 })).toBe(true)
  expect(isAsTold(told, { ...told, branch: 2 })).toBe(false)
  expect(isAsTold(told, previewOf({}))).toBe(false)
  expect(isAsTold(told, previewOf(asks('01J0000000000000000000000B')))).toBe(false)
})

test('a run that goes on reaches no further than was told while it comes to nothing new outside', () => {
  const doubt = { step: 'pay', iteration: 1, since: 7 }
  const told = previewOf({ outside: [outside], inDoubt: [doubt] })
  expect(reachesNoFurther(told, { ...told, version: 9, inDoubt: [] })).toBe(true)
  expect(reachesNoFurther(told, previewOf({ outside: [outside, { ...outside, key: 'ABCDEFGHIJ/send/2/1' }] }))).toBe(false)
  const child = { path: ['letter'], workflow: 'letters', run: null, becomes: 'begins', certain: true, why: null, runs: [], compensates: [], inDoubt: [], unknown: null }
  expect(reachesNoFurther(told, previewOf({ children: [{ ...child, outside: [] }] }))).toBe(true)
  expect(reachesNoFurther(told, previewOf({ children: [{ ...child, outside: [{ ...outside, key: null }] }] }))).toBe(false)
  expect(reachesNoFurther(told, previewOf({ inDoubt: [{ ...doubt, iteration: 2 }] }))).toBe(false)
})

function checkpoint(number: number, at: number, facts: Readonly<Record<string, StepFact>> = {}): Checkpoint {
  const changes = Object.entries(facts).map(([step, fact]) => ({ key: `step/${step}`, fact }))
  const of = { step: null, iteration: null, note: null, run: '01J0000000000000000000000A', parent: null, checksum: 'e'.repeat(64) }
  return Checkpoint.parse({ number, branch: 0, type: 'step_complete', changes, at, ...of })
}

test('a pass is run from the newest moment at which it had not begun', () => {
  const line = [
    checkpoint(0, 0),
    checkpoint(1, 10, { draft: { iteration: 1, status: 'completed' } }),
    checkpoint(2, 20, { check: { iteration: 1, status: 'completed' } }),
    checkpoint(3, 20, { draft: { iteration: 2, status: 'pending' }, check: { iteration: 2, status: 'pending' } }),
    checkpoint(4, 30, { draft: { iteration: 2, status: 'completed' } }),
  ]
  const from = (step: string, iteration: number, startedAt: number) => momentBefore(line, { step: StepId.parse(step), iteration, startedAt })
  expect(from('draft', 1, 0)).toBe(0)
  expect(from('check', 1, 10)).toBe(1)
  expect(from('draft', 2, 20)).toBe(3)
  expect(from('check', 2, 30)).toBe(4)
  expect(from('send', 1, 25)).toBe(3)
  expect(momentBefore([], { step: StepId.parse('draft'), iteration: 1, startedAt: 0 })).toBeUndefined()
})
