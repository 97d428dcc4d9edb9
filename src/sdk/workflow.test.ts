import { expect, test } from 'vitest'
import { definitionOf } from './brand.ts'
import { PermanentError, TransientError, workflow, z } from './index.ts'

const start = workflow('sample', { version: 3, input: z.object({}) })

test('carries a definition, with what the author left out filled in', () => {
  const handler = () => 1
  const definition = definitionOf(start.step('one', handler))
  expect(definition).toMatchObject({
    name: 'sample',
    version: 3,
    title: undefined,
    externals: [],
    migrations: [],
    steps: [{ id: 'one', kind: 'code', options: {}, handler }],
  })
})

test('each call gives a new workflow and leaves the old one', () => {
  const one = start.step('one', () => 1)
  const left = one.wait('left', { for: '1m' })
  const right = one.migrate(1, (state) => state)
  expect(definitionOf(one)).toMatchObject({ steps: [{ id: 'one' }], migrations: [] })
  expect(definitionOf(left)).toMatchObject({ steps: [{ id: 'one' }, { id: 'left', kind: 'wait' }], migrations: [] })
  expect(definitionOf(right)).toMatchObject({ steps: [{ id: 'one' }], migrations: [{ from: 1 }] })
})

test('a context of any object is the default', () => {
  const definition = definitionOf(start)
  expect(definition).toHaveProperty('context')
  const { context } = z.object({ context: z.instanceof(z.ZodType) }).parse(definition)
  expect(context.safeParse({ tenant: 'a' }).success).toBe(true)
  expect(context.safeParse('tenant').success).toBe(false)
})

test('nothing but a workflow carries a definition', () => {
  for (const value of [undefined, null, 'sample', () => 1, {}, { definition: {} }]) {
    expect(definitionOf(value)).toBeUndefined()
  }
})

test('errors keep their code and cause', () => {
  const cause = new Error('socket')
  const error = new TransientError('busy', { code: 'BUSY', cause })
  expect(error).toMatchObject({ name: 'TransientError', message: 'busy', code: 'BUSY', cause })
  expect(new PermanentError('gone')).toMatchObject({ name: 'PermanentError', code: undefined })
  expect('cause' in new PermanentError('gone')).toBe(false)
})
