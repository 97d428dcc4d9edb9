import { expect, test } from 'vitest'
import { ending, type Gone } from './endings.ts'

const aborted: Gone = { code: null, signal: 'SIGABRT', memory: 512 }
const said = (printed: string): string => ending(1, { type: 'exit' }, aborted, printed).failure.message

const dump = `----- Native stack trace -----

 1: 0x931db0  [node]

----- JavaScript stack trace -----

1: runCode (file:///executor.js:815:24)
`

test('a process that ended tells what it printed last', () => {
  expect(said('the licence has run out\n')).toBe('the process that it ran in ended with SIGABRT: the licence has run out')
  expect(said('')).toBe('the process that it ran in ended with SIGABRT')
})

test('but not where in the machine it was: that says nothing to whom it is told', () => {
  expect(said(dump)).toBe('the process that it ran in ended with SIGABRT')
  expect(said(`an assertion does not hold\n${dump}`)).toBe('the process that it ran in ended with SIGABRT: an assertion does not hold')
})
