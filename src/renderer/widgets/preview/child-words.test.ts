import { expect, test } from 'vitest'
import { ChildAhead, reachesOut } from '../../../model/child-ahead.ts'
import { becomesInWords, stepsInWords, touchesOf } from './child-words.ts'

const mail = { step: 'send', kind: 'email', phase: 'run', repeat: 'unsafe', key: null, summary: null, certain: true, before: [] }
const childOf = (more: object): ChildAhead =>
  ChildAhead.parse({ path: ['letter'], workflow: 'letters', run: null, becomes: 'begins', certain: true, why: null, runs: [], outside: [], compensates: [], inDoubt: [], unknown: null, ...more })

test('what becomes of a child says whether that is certain', () => {
  expect([childOf({}), childOf({ certain: false }), childOf({ becomes: 'undone' }), childOf({ becomes: 'gone' })].map(becomesInWords)).toEqual(['begins', 'may begin', 'is undone', 'cannot be undone'])
})

test('what runs stands before what may', () => {
  const runs = [
    { step: 'later', kind: 'code', certain: false, typical: null },
    { step: 'write', kind: 'code', certain: true, typical: null },
    { step: 'send', kind: 'email', certain: true, typical: null },
  ]
  expect(stepsInWords(childOf({ runs }))).toBe('runs write, send; may run later')
  expect(stepsInWords(childOf({}))).toBeNull()
})

test('what a run that has yet to begin touches has no key', () => {
  expect(touchesOf(childOf({ outside: [mail] }))[0]).not.toHaveProperty('key')
  expect(touchesOf(childOf({ outside: [{ ...mail, key: 'A/send/1/0' }] }))[0]?.key).toBe('A/send/1/0')
})

test('a child of which nothing can be told may touch anything', () => {
  expect([childOf({}), childOf({ outside: [mail] }), childOf({ unknown: 'no file holds it' })].map(reachesOut)).toEqual([false, true, true])
})
