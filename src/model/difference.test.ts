import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Difference, differences } from './difference.ts'
import { type Json, readJson } from './json.ts'

const json: fc.Arbitrary<Json> = fc.jsonValue({ maxDepth: 4 }).map((value) => readJson(JSON.stringify(value).replaceAll('__proto__', 'proto')))

/** The value with what differs put in. */
function patched(value: Json, { path: [key, ...rest], ...difference }: Difference): Json {
  if (key === undefined) return 'after' in difference ? difference.after : null
  const entries = new Map<string, Json>(typeof value === 'object' && value !== null ? Object.entries(value) : [])
  const inside = entries.get(key)
  if (rest.length === 0 && difference.kind === 'removed') entries.delete(key)
  else entries.set(key, patched(inside ?? null, { ...difference, path: rest }))
  return Array.isArray(value) ? [...entries.values()] : Object.fromEntries(entries)
}

describe('differences', () => {
  test('of a value and itself there are none', () => {
    fc.assert(fc.property(json, (value) => differences(value, structuredClone(value)).length === 0))
  })

  test('put into the one they make the other', () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        const put = differences(before, after).toReversed()
        // What is added to a list comes in order, what is removed from it from its end.
        const added = put.filter(({ kind }) => kind !== 'removed').toReversed()
        const removed = put.filter(({ kind }) => kind === 'removed')
        expect([...added, ...removed].reduce(patched, before)).toEqual(after)
      }),
    )
  })

  test('are told at the deepest key at which they are', () => {
    expect(differences({ a: { b: [1, 2], c: 1 }, d: null }, { a: { b: [1, 3, 4] }, e: {}, d: [] })).toEqual([
      { path: ['a', 'b', '1'], kind: 'changed', before: 2, after: 3 },
      { path: ['a', 'b', '2'], kind: 'added', after: 4 },
      { path: ['a', 'c'], kind: 'removed', before: 1 },
      { path: ['d'], kind: 'changed', before: null, after: [] },
      { path: ['e'], kind: 'added', after: {} },
    ])
  })

  test('a list is no object of the same keys', () => {
    expect(differences(['a'], { 0: 'a' })).toEqual([{ path: [], kind: 'changed', before: ['a'], after: { 0: 'a' } }])
  })
})
