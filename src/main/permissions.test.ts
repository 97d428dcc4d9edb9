import { expect, test } from 'vitest'
import { type Guarded, mayUse, setupPermissions } from './permissions.ts'

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

test('a page that asks, and one that only looks whether it may, are answered alike', () => {
  const handlers: { asks?: Parameters<Guarded['setPermissionRequestHandler']>[0]; checks?: Parameters<Guarded['setPermissionCheckHandler']>[0] } = {}
  setupPermissions({
    setPermissionRequestHandler: (handler) => (handlers.asks = handler),
    setPermissionCheckHandler: (handler) => (handlers.checks = handler),
  })
  const answers = (permission: string, url: string) => {
    const given: unknown[] = []
    handlers.asks?.(null, permission, (mayUse) => given.push(mayUse), { requestingUrl: url })
    given.push(handlers.checks?.({ getURL: () => url }, permission, 'app://console'), handlers.checks?.(null, permission, url))
    return given
  }
  expect(answers('clipboard-sanitized-write', 'app://console/runs')).toEqual([true, true, true])
  expect(answers('clipboard-sanitized-write', 'https://example.com/')).toEqual([false, false, false])
  expect(answers('geolocation', 'app://console/')).toEqual([false, false, false])
})
