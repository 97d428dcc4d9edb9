import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json, JsonSchema } from '../json.ts'
import { asItWas } from './as-it-was.ts'
import { type Hidden, type Path, pointer } from './hidden.ts'
import { hide, sensitivePlaces } from './hide.ts'
import { sensitiveTexts } from './marks.ts'
import { sample, secret } from './schema-value.fixture.ts'

const mark = (path: Path): Hidden => ({ $hidden: 'sensitive', at: pointer(path), is: 'x' })
const shown = (schema: JsonSchema, value: Json): Json => hide([schema], value, mark)
const placesOf = (schema: JsonSchema, value: Json): string[] => sensitivePlaces([schema], value).map(({ path }) => pointer(path))

const text = { type: 'string' }
const pin = { type: 'string', sensitive: true }

test('nothing that a schema marks is left, wherever it stands', () => {
  fc.assert(fc.property(sample, ({ schema, value }) => !JSON.stringify(shown(schema, value)).includes(secret)))
})

test('nothing is hidden that no schema marks, unless a union leaves it open', () => {
  fc.assert(
    fc.property(sample, ({ schema, value, holdsSecret, isExact }) => {
      if (!isExact) return
      for (const place of sensitivePlaces([schema], value)) expect(JSON.stringify(place.value)).toContain(secret)
      if (!holdsSecret) expect(shown(schema, value)).toEqual(value)
    }),
  )
})

test('what is hidden is known as texts, the names of a record too', () => {
  fc.assert(
    fc.property(sample, ({ schema, value, holdsSecret }) => {
      if (holdsSecret) expect(sensitiveTexts([schema], value)).toContain(secret)
    }),
  )
  const accounts = { sensitive: true, properties: { of: { additionalProperties: { properties: { sum: {} } } }, kind: text } }
  expect(sensitiveTexts([accounts], { of: { 'FR76-3000': { sum: 69 } }, kind: 'debit' })).toEqual(['69', 'debit', 'FR76-3000'])
})

test('what is left as it was shown is what it was', () => {
  fc.assert(
    fc.property(sample, ({ schema, value }) => {
      const original = { whole: value, path: [], schemas: [schema], scrub: null }
      expect(asItWas(shown(schema, value), original)).toEqual({ value })
    }),
  )
})

test('to hide what is hidden changes nothing of what is not', () => {
  fc.assert(
    fc.property(sample, ({ schema, value }) => {
      const once = shown(schema, value)
      expect(JSON.stringify(shown(schema, once))).not.toContain(secret)
    }),
  )
})

describe('a place is hidden where', () => {
  test('a property, an item, a value of a record or of a tuple is marked', () => {
    expect(placesOf({ properties: { a: pin, b: text } }, { a: '1', b: '2' })).toEqual(['/a'])
    expect(placesOf({ items: { properties: { a: pin } } }, [{ a: 1 }, { b: 2 }, { a: 3 }])).toEqual(['/0/a', '/2/a'])
    expect(placesOf({ additionalProperties: pin, properties: { a: text } }, { a: 1, b: 2 })).toEqual(['/b'])
    expect(placesOf({ prefixItems: [text, pin], items: pin }, ['a', 'b', 'c'])).toEqual(['/1', '/2'])
    expect(placesOf({ patternProperties: { '^x': pin } }, { x1: 1, y: 2 })).toEqual(['/x1'])
  })

  test('the branch of a union that the value is of says so', () => {
    const card = { properties: { kind: { const: 'card' }, number: pin }, required: ['kind', 'number'] }
    const cash = { properties: { kind: { const: 'cash' }, number: text }, required: ['kind', 'number'] }
    const schema = { oneOf: [card, cash] }
    expect(placesOf(schema, { kind: 'card', number: '1' })).toEqual(['/number'])
    expect(placesOf(schema, { kind: 'cash', number: '1' })).toEqual([])
  })

  test('any branch of a union could say so: one that fits, or each where none does', () => {
    expect(placesOf({ anyOf: [pin, { type: 'null' }] }, null)).toEqual([''])
    expect(placesOf({ anyOf: [{ properties: { a: pin } }, { properties: { a: text } }] }, { a: 1 })).toEqual(['/a'])
    expect(placesOf({ anyOf: [{ properties: { a: pin, k: { const: 1 } } }, { properties: { k: { const: 2 } } }] }, { a: 1, k: 3 })).toEqual(['/a'])
  })

  test('a reference leads to a mark, also within itself, and where it leads nowhere', () => {
    const tree = { properties: { pin, kids: { items: { $ref: '#' } } } }
    expect(placesOf(tree, { pin: 1, kids: [{ pin: 2, kids: [{ pin: 3 }] }] })).toEqual(['/pin', '/kids/0/pin', '/kids/0/kids/0/pin'])
    expect(placesOf({ $defs: { 'a/b': pin }, properties: { x: { $ref: '#/$defs/a~1b' } } }, { x: 1, y: 2 })).toEqual(['/x'])
    expect(placesOf({ $defs: { pin }, properties: { x: { $ref: '#/$defs/gone' } } }, { x: 1 })).toEqual(['/x'])
    const loop = { $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' }, pin }, $ref: '#/$defs/a' }
    expect(placesOf(loop, { x: 1 })).toEqual([])
  })

  test('one of several schemas says so', () => {
    expect(sensitivePlaces([{ properties: { a: pin } }, { properties: { b: pin } }], { a: 1, b: 2, c: 3 })).toHaveLength(2)
  })
})

describe('a mark that comes back', () => {
  const schemas = [{ properties: { list: { items: { properties: { name: text, iban: pin } } }, open: text } }]
  const whole = { list: [{ name: 'a', iban: 'one' }, { name: 'b', iban: 'two' }], open: 'word' }
  const original = { whole, path: ['list'], schemas, scrub: null }
  const at = (pointed: string): Hidden => ({ $hidden: 'sensitive', at: pointed, is: 'x' })

  test('goes with its item, wherever that is moved', () => {
    expect(asItWas([{ name: 'b', iban: at('/list/1/iban') }], original)).toEqual({ value: [{ name: 'b', iban: 'two' }] })
  })

  test('is refused where what it stands for would be seen', () => {
    expect(asItWas([{ name: at('/list/1/iban'), iban: 'new' }], original)).toEqual({ refused: [['0', 'name']] })
  })

  test('is refused where it stands for nothing', () => {
    expect(asItWas([{ name: 'b', iban: at('/list/7/iban') }], original)).toEqual({ refused: [['0', 'iban']] })
    expect(asItWas({ iban: { $hidden: 'whatever' } }, original)).toEqual({ refused: [['iban']] })
    expect(asItWas({ a: 'x [hidden: sensitive] y' }, null)).toEqual({ refused: [['a']] })
  })
})
