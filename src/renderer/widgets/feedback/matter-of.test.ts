import { ORPCError } from '@orpc/client'
import { expect, test } from 'vitest'
import { matterOf } from './matter-of.ts'

test('what passes is told with what needs somebody, what is damaged with the integrity of the store', () => {
  expect(matterOf(new ORPCError('UNAVAILABLE', { message: 'the disk is full' })).to).toBe('/attention')
  expect(matterOf(new ORPCError('CORRUPTION', { message: 'the journal is corrupt' })).to).toBe('/integrity')
  expect(matterOf(new Error('not known')).to).toBe('/integrity')
})
