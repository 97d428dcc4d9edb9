import { expect, test } from 'vitest'
import { isOurs } from './address.ts'

test.each(['app://console', 'app://console/', 'app://console/runs/01ABC?step=draft#x', 'APP://console/'])('%s is ours', (address) => {
  expect(isOurs(address)).toBe(true)
})

test.each([
  'app://other/',
  'app://console.evil.example/',
  'app://console:80/',
  'app://me@console/',
  'app://CONSOLE/',
  'app:/console/',
  'app:console',
  'apps://console/',
  'https://console/',
  'file:///console/',
  'about:blank',
  'javascript:alert(1)',
  'null',
  '',
])('%s is not', (address) => {
  expect(isOurs(address)).toBe(false)
})
