import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Json, JsonSchema } from '../../../model/json.ts'
import { problemsOf } from './check.ts'
import { fieldOf } from './field.ts'
import { blankItem, filled } from './filled.ts'
import { pathBelow, pathText, readAt, writeAt } from './path.ts'
import { carriedOver, chosenOption } from './union.ts'

const schemaOf = (schema: z.ZodType): JsonSchema => JsonSchema.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))
const found = (schema: z.ZodType, value: Json | undefined) => problemsOf(schemaOf(schema), value).map(({ path, message }) => `${pathText(path)} ${message}`)

test.each([
  ['text', z.string()],
  ['text', z.email()],
  ['number', z.int().min(1)],
  ['boolean', z.boolean()],
  ['choice', z.enum(['a', 'b'])],
  ['choice', z.literal([1, 2])],
  ['choice', z.union([z.literal('a'), z.literal('b')])],
  ['choice', z.enum(['a', 'b']).nullable()],
  ['object', z.record(z.enum(['a', 'b']), z.number())],
  ['constant', z.literal('a')],
  ['constant', z.null()],
  ['object', z.object({ a: z.string() })],
  ['object', z.record(z.string(), z.number())],
  ['list', z.array(z.string())],
  ['tuple', z.tuple([z.string(), z.number()])],
  ['union', z.string().nullable()],
  ['union', z.discriminatedUnion('by', [z.object({ by: z.literal('a') }), z.object({ by: z.literal('b') })])],
  ['anything', z.unknown()],
] as const)('a person is asked for %s', (kind, schema) => expect(fieldOf(schemaOf(schema), {}).kind).toBe(kind))

test('a text that may be long gets room', () => {
  expect(fieldOf(schemaOf(z.string().max(400)), {})).toMatchObject({ isLong: true })
  expect(fieldOf(schemaOf(z.string().meta({ multiline: true })), {})).toMatchObject({ isLong: true })
  expect(fieldOf(schemaOf(z.string().max(80)), {})).toMatchObject({ isLong: false })
  expect(fieldOf(schemaOf(z.email().max(254)), {})).toMatchObject({ isLong: false })
})

const Line = z.object({ item: z.string().min(1), count: z.int().min(1).default(1) })
const Payment = z.discriminatedUnion('method', [
  z.object({ method: z.literal('card'), holder: z.string().min(1), last: z.string().length(4) }),
  z.object({ method: z.literal('transfer'), holder: z.string().min(1), iban: z.string().min(15) }),
])
const Order = z.object({
  customer: z.object({ name: z.string(), email: z.email() }),
  lines: z.array(Line).min(1),
  payment: Payment,
  note: z.string().nullable().optional(),
  labels: z.record(z.string().max(3), z.string()).optional(),
  gift: z.boolean(),
})

test('what a schema knows by itself is filled in, and nothing else', () => {
  expect(filled(schemaOf(Order), undefined, schemaOf(Order))).toEqual({ customer: {}, lines: [{ count: 1 }], gift: false })
  expect(filled(schemaOf(Order), { gift: true, lines: [{ item: 'x' }] }, schemaOf(Order))).toEqual({ customer: {}, lines: [{ item: 'x', count: 1 }], gift: true })
  expect(filled(schemaOf(Payment), undefined, {})).toBeUndefined()
  expect(blankItem(schemaOf(z.string()), {})).toBe('')
  expect(blankItem(schemaOf(z.number()), {})).toBeNull()
})

test('each problem is at its field, in words', () => {
  expect(
    found(Order, {
      customer: { name: 'x', email: 'x' },
      lines: [{ item: '', count: 0.5 }, { item: null }],
      payment: { method: 'transfer', holder: 'x' },
      labels: { long: 'x' },
    }),
  ).toEqual([
    'customer.email must be an e-mail address like ana@example.com',
    'lines.0.item must not be empty',
    'lines.0.count must be a whole number',
    'lines.1.item must be given',
    'payment.iban must be given',
    'labels.long has a name that must have 3 characters at most',
    'gift must be given',
  ])
  expect(found(Order, undefined)).toEqual([' must be given'])
})

test('what fits has no problem', () => {
  const payment = { method: 'card', holder: 'x', last: '1234' }
  expect(found(Order, { customer: { name: '', email: 'a@b.example' }, lines: [{ item: 'x' }], payment, note: null, gift: false })).toEqual([])
})

test('the option of a union is known by its constants, then by what fits, then by what is like it', () => {
  const options = z.array(z.json()).parse(schemaOf(Payment)['oneOf'])
  expect(chosenOption(options, { method: 'transfer' }, {})).toBe(1)
  expect(chosenOption([{ type: 'string' }, { type: 'null' }], null, {})).toBe(1)
  expect(chosenOption([{ type: 'string', minLength: 9 }, { type: 'null' }], 'x', {})).toBe(0)
  expect(chosenOption([{ type: 'string' }, { type: 'null' }], 1, {})).toBe(-1)
  expect(chosenOption(options, undefined, {})).toBe(-1)
})

test('another option keeps what it has in common with the one before', () => {
  const options = z.array(JsonSchema).parse(schemaOf(Payment)['oneOf'])
  expect(carriedOver({ method: 'card', holder: 'x', last: '1234' }, options[1] ?? {}, {})).toEqual({ holder: 'x' })
  expect(carriedOver('x', { type: 'null' }, {})).toBeUndefined()
})

interface Folder {
  readonly name: string
  readonly folders: readonly Folder[]
}

test('a schema that refers to itself is followed as far as the value goes', () => {
  const Folder: z.ZodType<Folder> = z.object({ name: z.string(), folders: z.array(z.lazy(() => Folder)) })
  expect(found(Folder, { name: 'a', folders: [{ name: 'b', folders: [{ folders: [] }] }] })).toEqual(['folders.0.folders.0.name must be given'])
  expect(filled(schemaOf(Folder), undefined, schemaOf(Folder))).toEqual({ folders: [] })
})

test('a part is read and written where it is', () => {
  const value = { a: [{ b: 1 }, { b: 2 }] }
  expect(readAt(value, ['a', '1', 'b'])).toBe(2)
  expect(writeAt(value, ['a', '1', 'b'], 3)).toEqual({ a: [{ b: 1 }, { b: 3 }] })
  expect(writeAt(value, ['a'], undefined)).toEqual({})
  expect(writeAt(undefined, ['c', 'd'], 1)).toEqual({ c: { d: 1 } })
})

test('what a failure names is found in the form', () => {
  expect(pathBelow('input', 'input.recipient.email')).toEqual(['recipient', 'email'])
  expect(pathBelow('input', 'input')).toEqual([])
  expect(pathBelow('input', 'context.tenant')).toBeUndefined()
})
