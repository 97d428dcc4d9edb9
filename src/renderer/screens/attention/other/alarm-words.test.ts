import { expect, test } from 'vitest'
import { alarmWords } from './alarm-words.ts'

test.each([
  ['corruption', 'StorePutBack', 'The store may not be what it was'],
  ['corruption', 'JournalBehindAnchor', 'The store may not be what it was'],
  ['corruption', 'CorruptionFound', 'The store raised an alarm'],
  ['resource', 'StoreCannotBeWritten', 'Nothing can be stored now'],
] as const)('%s, %s: %s', (of, name, title) => {
  expect(alarmWords({ class: of, name }).title).toBe(title)
})
