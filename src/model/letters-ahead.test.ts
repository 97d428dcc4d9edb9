import { expect, test } from 'vitest'
import type { Consequence } from './consequence.ts'
import { StepId, WorkflowName } from './ids.ts'
import { lettersAhead } from './letters-ahead.ts'

const [orders, mails] = [WorkflowName.parse('orders'), WorkflowName.parse('mails')]
const [pay, ship, note] = [StepId.parse('pay'), StepId.parse('ship'), StepId.parse('note')]

const nothing: Consequence = {
  action: 'retry', role: 'primary', outcome: 'goes_on', ends: null, to: null, iteration: null, checkpoint: null,
  kept: [], runs: [], outside: [], children: [], compensates: [], refused: [],
}
const runs = (step: StepId, certain = true) => ({ step, kind: 'code' as const, certain, typical: null })
const reaches = (step: StepId, certain = true, phase: 'run' | 'compensate' = 'run') => ({ step, kind: 'code' as const, phase, repeat: 'safe' as const, key: 'k', summary: null, certain, before: [] })

test('each thing is told once, with in how many runs it happens', () => {
  const one = { ...nothing, runs: [runs(pay), runs(ship, false)], outside: [reaches(pay), reaches(pay), reaches(ship, false)] }
  const other = { ...nothing, runs: [runs(pay)], outside: [reaches(pay), reaches(note, true, 'compensate')], compensates: [note] }
  expect(lettersAhead([one, other].map((consequence) => ({ workflow: orders, consequence })))).toEqual({
    runs: [{ what: 'pay', runs: 2 }],
    mayRun: [{ what: 'ship', runs: 1 }],
    outside: [{ what: 'pay', runs: 2 }, { what: 'ship, perhaps', runs: 1 }, { what: 'note is undone', runs: 1 }],
    undone: [{ what: 'note', runs: 1 }],
    refused: [],
  })
})

test('a child is told with the steps that lead to it, also where what it does cannot be told', () => {
  const child = { path: [pay], workflow: mails, run: null, becomes: 'begins' as const, certain: true, why: null, runs: [], compensates: [], inDoubt: [] }
  const children = [{ ...child, outside: [{ ...reaches(ship), key: null }], unknown: null }, { ...child, outside: [], unknown: 'it is not loaded' }]
  expect(lettersAhead([{ workflow: orders, consequence: { ...nothing, children } }]).outside.map(({ what }) => what)).toEqual(['pay > ship', 'pay, perhaps: it is not loaded'])
})

test('of several workflows each step is told with its own, and a refusal with its way out', () => {
  const refused = [{ class: 'validation' as const, name: 'Refused', message: 'it is gone', wayOut: 'look again' }]
  const told = lettersAhead([{ workflow: orders, consequence: { ...nothing, runs: [runs(pay)] } }, { workflow: mails, consequence: { ...nothing, runs: [runs(pay)], refused } }])
  expect(told).toMatchObject({ runs: [{ what: 'orders: pay', runs: 1 }, { what: 'mails: pay', runs: 1 }], refused: [{ what: 'mails: it is gone; look again' }] })
})
