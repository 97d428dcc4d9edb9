import { expect, test } from 'vitest'
import { statusesIn, withoutStatus, withStatuses } from './status-terms.ts'

test('statuses are read wherever they stand', () => {
  expect(statusesIn('workflow:a status:failed,paused "b c" status:waiting:decision')).toEqual(['failed', 'paused', 'waiting:decision'])
  expect(statusesIn('-status:failed')).toEqual([])
})

test.each([
  ['', ['failed'], 'status:failed'],
  ['status:failed', [], ''],
  ['workflow:a  status:failed   "b  c"', ['paused'], 'status:paused workflow:a "b  c"'],
  ['-status:failed', ['running', 'paused'], 'status:running,paused -status:failed'],
  ['status:', ['failed'], 'status:failed'],
])('%j with %j is %j', (query, statuses, changed) => expect(withStatuses(query, statuses)).toBe(changed))

test('all but the status stays as it was written', () => {
  expect(withoutStatus('Draft status:failed -step:"x y"')).toBe('Draft -step:"x y"')
})
