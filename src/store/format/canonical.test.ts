import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sampleLineage } from '../../../test/conformance/samples.ts'
import type { Json } from '../../model/json.ts'
import { ValueRefused } from '../../model/storage-errors.ts'
import { canonicalBytes, canonicalText } from './canonical.ts'
import type { Path } from './crossing.ts'
import { sealValue } from './value.ts'

const limit = 10_000
const text = (value: unknown) => Buffer.from(canonicalBytes(value, limit)).toString()
const refusal = (value: unknown, most = limit): ValueRefused => {
  try {
    canonicalBytes(value, most)
  } catch (error) {
    if (error instanceof ValueRefused) return error
    throw error
  }
  return expect.fail('it was not refused')
}

describe('the canonical form', () => {
  test('is that of RFC 8785', () => {
    expect(text({ b: 1, a: [1e21, 0.000001, -0], '€': 'ö\u0007' })).toBe('{"a":[1e+21,0.000001,0],"b":1,"€":"ö\\u0007"}')
  })

  test('law: two values have one address exactly where they are equal', () => {
    const address = (value: Json) => sealValue(sampleLineage(1), value, null, limit).address
    const json = fc.jsonValue({ stringUnit: 'grapheme' })
    const pair = fc.oneof(
      fc.tuple(json, json),
      json.map((value) => [value, turned(value)] as const),
      json.map((value) => [value, { wrapped: value }] as const),
    )
    fc.assert(
      fc.property(pair, ([one, other]) => {
        const equal = isDeepStrictEqual(parsed(one), parsed(other))
        expect(address(parsed(one)) === address(parsed(other))).toBe(equal)
      }),
    )
  })
})

describe('what is no JSON is refused, by its path', () => {
  const cyclic: { inner: unknown[] } = { inner: [] }
  cyclic.inner.push(cyclic)

  test.each<[string, unknown, string]>([
    ['undefined', undefined, ''],
    ['a missing item', { list: [1, undefined] }, 'list[1]'],
    ['a hole in a list', { list: Array.from({ length: 2 }).fill(0, 1) }, 'list[0]'],
    ['NaN', { recipient: { score: Number.NaN } }, 'recipient.score'],
    ['infinity', [[Number.NEGATIVE_INFINITY]], '[0][0]'],
    ['a bigint', { n: 1n }, 'n'],
    ['a function', { toJSON: () => 1 }, 'toJSON'],
    ['a date', { at: new Date(0) }, 'at'],
    ['a map', { map: new Map() }, 'map'],
    ['half a surrogate pair', { a: 'x\ud800' }, 'a'],
    ['half a surrogate pair in a key', { list: [{ '\udfff': 1 }] }, 'list[0]'],
    ['what contains itself', cyclic, 'inner[0]'],
  ])('%s', (_, value, path) => {
    const { path: found, message } = refusal(value)
    expect(found).toBe(path)
    expect(message).toContain(path === '' ? 'the value' : path)
  })

  test('a million levels', () => {
    let deep: unknown = 0
    for (let level = 0; level < 1_000_000; level++) deep = [deep]
    expect(refusal(deep, Number.MAX_SAFE_INTEGER).message).toContain('nested more than 1000 levels')
  })

  test('our own records are never undefined', () => expect(() => canonicalText(undefined)).toThrow(TypeError))
})

describe('the limit', () => {
  test('is of bytes, to the byte', () => {
    const value = { key: ['ö', true, null, 12, {}, []] }
    const size = Buffer.byteLength(JSON.stringify(value))
    expect(canonicalBytes(value, size).byteLength).toBe(size)
    expect(refusal(value, size - 1).message).toContain(`more than ${size - 1} bytes`)
  })

  test.each<[string, unknown, string]>([
    ['a text that is longer as bytes than as it is counted', { letter: { body: 'é'.repeat(1_000) } }, 'letter.body'],
    ['a text that is longer as it is written', { list: [1, { a: '\n'.repeat(1_100) }] }, 'list[1].a'],
    ['what is over by brackets and names alone', { a: { b: 'x'.repeat(1_990) } }, 'a.b'],
    ['the last of many', { numbers: Array.from({ length: 1_000 }, () => 7) }, 'numbers[993]'],
    ['a long name', { of: { to: 'Ada', ['n'.repeat(2_000)]: 1 } }, `of.${'n'.repeat(200)}…`],
    ['what comes first as it is written, not as it was put', { b: 'x'.repeat(3_000), a: 'é'.repeat(1_000) }, 'a'],
    ['what comes after what is no JSON', { b: 'x'.repeat(3_000), a: [1n, undefined] }, 'b'],
    ['a text and nothing else', 'é'.repeat(1_000), ''],
  ])('names where it is crossed by %s', (_, value, path) => {
    const { path: found, message } = refusal(value, 2_000)
    expect(found).toBe(path)
    expect(message).toContain(path === '' ? 'the value takes more than 2000 bytes:' : `the value takes more than 2000 bytes (reached at ${path}):`)
  })

  test('law: what is over it is refused by the path at which its bytes cross it', () => {
    const json = fc.jsonValue({ stringUnit: fc.constantFrom('a', 'é', '€', '😀', '\n', '"', '\u0001') })
    fc.assert(
      fc.property(json, fc.nat(), (given, short) => {
        const value = parsed(given)
        const limit = short % Buffer.byteLength(canonicalText(value))
        expect(refusal(value, limit).path).toBe(written(crossing(value, limit)))
      }),
    )
  })

  test('stops a graph that would unfold to terabytes', () => {
    let shared: unknown = 'leaf'
    for (let level = 0; level < 60; level++) shared = { left: shared, right: shared }
    expect(refusal(shared).path).toMatch(/^left/)
  })

  test('law: what is within it is never refused', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const size = Buffer.byteLength(canonicalText(value))
        expect(canonicalBytes(value, size).byteLength).toBe(size)
      }),
    )
  })
})

/** The first place up to which what is written takes more than the limit, once it is closed there. */
function crossing(value: Json, limit: number): Path {
  const first = places(value).find((path) => Buffer.byteLength(canonicalText(upTo(value, path))) > limit)
  return first ?? expect.fail('it fits')
}

/** Every place, as it is come by. */
function places(value: Json, path: Path = []): Path[] {
  return [path, ...entriesOf(value).flatMap(([key, item]) => places(item, [...path, key]))]
}

/** The value without all that comes after the path, and what is within it there. */
function upTo(value: Json, [key, ...rest]: Path): Json {
  if (key === undefined) return Array.isArray(value) ? [] : typeof value === 'object' && value !== null ? {} : value
  const entries = entriesOf(value)
  const kept = entries.slice(0, entries.findIndex(([own]) => own === key) + 1).map(([own, item]) => [own, own === key ? upTo(item, rest) : item] as const)
  return Array.isArray(value) ? kept.map(([, item]) => item) : Object.fromEntries(kept)
}

/** As RFC 8785 has them. */
function entriesOf(value: Json): (readonly [string | number, Json])[] {
  if (value === null || typeof value !== 'object') return []
  if (Array.isArray(value)) return [...value.entries()]
  return Object.entries<Json>(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
}

function written(path: Path): string {
  return path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('').replace(/^\./, '')
}

/** The same value with the keys of every object the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).toReversed().map(([key, item]) => [key, turned(item)]))
}

/** As it comes over a wire: without -0, which JSON does not tell from 0. */
function parsed(value: unknown): Json {
  const json: Json = JSON.parse(JSON.stringify(value))
  return json
}
