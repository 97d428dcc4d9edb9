import { expect, test } from 'vitest'
import { mayUse } from './permissions.ts'

test('the console may write to the clipboard', () => {
  expect(mayUse('clipboard-sanitized-write', 'app://console/runs')).toBe(true)
})

test.each([
  ['clipboard-read', 'app://console/'],
  ['geolocation', 'app://console/'],
  ['media', 'app://console/'],
  ['notifications', 'app://console/'],
  ['openExternal', 'app://console/'],
  ['fileSystem', 'app://console/'],
  ['clipboard-sanitized-write', 'https://example.com/'],
  ['clipboard-sanitized-write', ''],
])('%s is denied to %s', (permission, address) => {
  expect(mayUse(permission, address)).toBe(false)
})
