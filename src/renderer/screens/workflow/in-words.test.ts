import { expect, test } from 'vitest'
import { z } from 'zod'
import { JsonSchema } from '../../../model/json.ts'
import { schemaNodes } from './schema-nodes.ts'
import { loopInWords, retryInWords } from './settings.ts'

test('a retry policy is a sentence', () => {
  expect(retryInWords({ attempts: 1, initial: 1_000, factor: 2, max: 60_000, jitter: 0 })).toBe('Tried once')
  expect(retryInWords({ attempts: 3, initial: 500, factor: 2, max: 60_000, jitter: 0.2 })).toBe(
    'Tried 3 times in all, first again after 500 ms, each wait 2 times the one before, 1 min at most, up to 20% shorter by chance',
  )
})

test('a loop says where it leads, how often, and what then', () => {
  expect(loopInWords({ to: [], max: 3, onLimit: 'continue' })).toContain('3 times at most; then it goes on')
})

test('a schema is read as names with types, what is required, and what they are for', () => {
  const schema = z.object({
    lines: z.array(z.object({ count: z.int() })).meta({ description: 'What is bought' }),
    note: z.string().nullable().optional(),
  })
  expect(schemaNodes(JsonSchema.parse(z.toJSONSchema(schema, { io: 'input' })))).toMatchObject([
    { name: 'lines', type: 'list of object', required: true, description: 'What is bought', parts: [{ name: 'count', type: 'whole number' }] },
    { name: 'note', type: 'one of', required: false, parts: [{ name: 'Text' }, { name: 'None' }] },
  ])
})
