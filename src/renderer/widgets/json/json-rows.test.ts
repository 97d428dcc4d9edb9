import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Json } from '../../../model/json.ts'
import { lostName } from '../../../model/lost-name.ts'
import { findInJson, idOf, jsonRows, openAtFirst, opened, pageOfItems, writePath } from './json-rows.ts'

const nothing = { open: new Set<string>(), items: new Map<string, number>() }
/** No value has a property of the name that is refused everywhere. */
const keeps = (value: unknown): boolean => lostName(value) === undefined
const json = fc.jsonValue({ maxDepth: 4 }).filter(keeps).map((value) => Json.parse(structuredClone(value)))

test('only what is open is there', () => {
  const value = { a: [1, 2], b: { c: 'x' } }
  expect(jsonRows(value, nothing).map(({ id }) => id)).toEqual([''])
  const open = new Set(['', '/a'])
  expect(jsonRows(value, { ...nothing, open }).map(({ id, kind }) => [id, kind])).toEqual([
    ['', 'branch'],
    ['/a', 'branch'],
    ['/a/0', 'leaf'],
    ['/a/1', 'leaf'],
    ['/b', 'branch'],
  ])
})

test('every row has an id of its own, whatever the keys', () => {
  fc.assert(
    fc.property(json, (value) => {
      const ids = jsonRows(value, { ...nothing, open: openAtFirst(value, 1_000) }).map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
    }),
  )
})

test('a key is told from what stands for the items that are not shown', () => {
  const value = Object.fromEntries(['…', '~more', '~', '', 'more'].concat(Array.from({ length: pageOfItems }, (_, index) => `k${index}`)).map((key) => [key, 1]))
  const ids = jsonRows(value, { ...nothing, open: new Set(['']) }).map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('a long list shows its first items, and how many are left', () => {
  const value = Array.from({ length: 250 }, (_, index) => index)
  const rows = jsonRows(value, { ...nothing, open: new Set(['']) })
  expect(rows.at(-1)).toMatchObject({ kind: 'more', count: 150 })
  expect(rows).toHaveLength(pageOfItems + 2)
})

test('what is found can be opened', () => {
  fc.assert(
    fc.property(json, (value) => {
      for (const path of findInJson(value, 'a', 20)) {
        expect(jsonRows(value, opened(nothing, path)).map(({ id }) => id)).toContain(idOf(path))
      }
    }),
  )
  const far = Array.from({ length: 500 }, (_, index) => ({ name: `row ${index}` }))
  const [path = []] = findInJson(far, 'ROW 444')
  expect(writePath(path)).toBe('[444].name')
  expect(jsonRows(far, opened(nothing, path)).some(({ id }) => id === '/444/name')).toBe(true)
})

test('a large value is opened at its outermost level only', () => {
  const large = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`k${index}`, { inner: index }]))
  expect([...openAtFirst(large)]).toEqual([''])
  expect([...openAtFirst({ a: { b: 1 } })]).toEqual(['', '/a'])
})

test('paths are written as code names them', () => {
  expect(writePath(['outputs', 'draft', 2, 'a b', '0'])).toBe('outputs.draft[2]["a b"]["0"]')
})
