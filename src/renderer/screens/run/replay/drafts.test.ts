import { expect, test } from 'vitest'
import { keptOf } from './drafts.ts'

const edit = { value: 1, written: null, isChange: true, isSecret: false }

test('what is sensitive, or too large for the browser to keep, stays in the page', () => {
  const edits = { input: edit, 'output/pin/1': { ...edit, isSecret: true }, 'output/big/1': { ...edit, value: 'x'.repeat(300_000) } }
  expect(keptOf({ run: { reason: 'why', definition: 'present', edits } })).toEqual({ run: { reason: 'why', definition: 'present', edits: { input: edit } } })
})
