import { expect, test } from 'vitest'
import { mayLeave, mayShow } from './leaving.ts'

test.each(['https://example.com/a?b#c', 'mailto:ada@example.com', 'HTTPS://example.com'])('%s may be opened elsewhere', (address) => {
  expect(mayLeave(address)).toBe(true)
})

test.each([
  'http://example.com',
  'file:///etc/passwd',
  'smb://example.com/share',
  'javascript:alert(1)',
  'data:text/html,hello',
  'ms-settings:privacy',
  'cairn://runs/01ABC',
  'app://console/',
  'https://bank.example@evil.example/',
  ' /etc/passwd',
  '',
])('%s may not', (address) => {
  expect(mayLeave(address)).toBe(false)
})

test.each([
  ['app://console/runs', true],
  ['about:srcdoc', true],
  ['about:blank', false],
  ['https://example.com', false],
  ['data:text/html,hello', false],
  ['blob:app://console/1', false],
  ['file:///etc/passwd', false],
])('a frame may show %s: %s', (address, may) => {
  expect(mayShow(address)).toBe(may)
})
