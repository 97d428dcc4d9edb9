import { expect, test } from 'vitest'
import { isConsole } from './senders.ts'

test('the console itself is heard', () => {
  expect(isConsole({ url: 'app://console/runs', parent: null })).toBe(true)
})

test.each([
  ['a frame that is gone', null],
  ['a frame within it', { url: 'app://console/', parent: {} }],
  ['another page', { url: 'https://console/', parent: null }],
  ['a frame without an address', { url: '', parent: null }],
])('%s is not', (_, sender) => {
  expect(isConsole(sender)).toBe(false)
})
