import { expect, test } from 'vitest'
import { within } from './within.ts'

test('places below the folder are named from there, others stay as they are', () => {
  const stack = [
    'Error: /home/ada/ws/notes is full',
    '    at write (/home/ada/ws/workflows/letter.ts:3:9)',
    '    at file:///home/ada/ws/workflows/letter.ts:1:1',
    '    at read (/home/ada/ws-old/workflows/letter.ts:3:9)',
    '    at read (/mnt/home/ada/ws/workflows/letter.ts:3:9)',
  ]
  expect(within('/home/ada/ws/', stack.join('\n')).split('\n')).toEqual([
    'Error: notes is full',
    '    at write (workflows/letter.ts:3:9)',
    '    at workflows/letter.ts:1:1',
    stack[3],
    stack[4],
  ])
})

test('folders are taken to the letter, and the root is none', () => {
  expect(within('C:\\a+b', 'at write (C:\\a+b\\letter.ts:1:1)')).toBe('at write (letter.ts:1:1)')
  expect(within('/a.b', 'at write (/aXb/letter.ts:1:1)')).toBe('at write (/aXb/letter.ts:1:1)')
  expect(within('/', 'at write (/letter.ts:1:1)')).toBe('at write (/letter.ts:1:1)')
})
