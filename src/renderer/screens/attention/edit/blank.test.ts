import { expect, test } from 'vitest'
import { blankOf } from './blank.ts'

test('a blank has every part that is required, and nothing in it', () => {
  const schema = {
    type: 'object',
    properties: {
      receipt: { type: 'string' },
      cents: { type: 'integer' },
      note: { type: 'string' },
      by: { anyOf: [{ type: 'object', properties: { name: { type: 'string' } }, required: ['name'] }, { type: 'null' }] },
      kind: { enum: ['card', 'cash'] },
    },
    required: ['receipt', 'cents', 'by', 'kind'],
  }
  expect(blankOf(schema)).toEqual({ receipt: '', cents: 0, by: { name: '' }, kind: 'card' })
  expect(blankOf({})).toBeNull()
})
