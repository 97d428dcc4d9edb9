import { describe, expect, test } from 'vitest'
import type { Json } from '../../../src/model/json.ts'
import { CorruptionFound, ValueRefused } from '../../../src/model/storage-errors.ts'
import { lineageId, nowhere, sampleLineage, type SampleRun } from '../samples.ts'
import type { Given } from './given.ts'

/** Values come back as they were given, under an address of their own. */
export function keepsValues(given: Given): void {
  describe('values', () => {
    const kept = async (run: SampleRun, value: Json, sensitive = false): Promise<Json> => {
      const sealed = run.seal(value, sensitive)
      await given.storage.commit(run.next({ values: [sealed] }))
      return given.storage.value(run.lineage.id, sealed.address)
    }

    test.each<[string, Json]>([
      ['null', null],
      ['text', 'Grüße, 日本, 🏔️'],
      ['a long text', 'prose and more prose. '.repeat(1_000)],
      ['numbers', [0, 1, -1.5, 1e21, 5e-324]],
      ['a tree', { b: [true, { c: null }], a: {} }],
    ])('%s comes back as it was', async (_, value) => expect(await kept(await given.created(), value)).toEqual(value))

    test('names that objects have of old are data like any other', async () => {
      const value: Json = JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": 1}}')
      expect(JSON.stringify(await kept(await given.created(), value))).toBe(JSON.stringify(value))
      expect(Reflect.get({}, 'polluted')).toBeUndefined()
    })

    test('have one address, however they are written', () => {
      const lineage = sampleLineage(1)
      const one = given.storage.seal(lineage, { a: 1, b: [1.0, 'x'] }, false)
      expect(given.storage.seal(lineage, { b: [1, 'x'], a: 1 }, false)).toEqual(one)
      expect(given.storage.seal(lineage, { b: ['x', 1], a: 1 }, false).address).not.toBe(one.address)
      expect(given.storage.seal(sampleLineage(2), { a: 1, b: [1, 'x'] }, false).address).not.toBe(one.address)
    })

    test('that are sensitive hide that they are equal', async () => {
      const run = await given.created()
      const [one, other] = [run.seal('4111', true), run.seal('4111', true)]
      expect(one.address).not.toBe(other.address)
      expect(one.address).not.toBe(run.seal('4111').address)
      expect(await kept(run, '4111', true)).toBe('4111')
    })

    test('that are not there are reported, not made up', async () => {
      const run = await given.created()
      expect(() => given.storage.value(run.lineage.id, nowhere)).toThrow(CorruptionFound)
      expect(() => given.storage.value(lineageId(8), run.record.input)).toThrow(CorruptionFound)
    })

    test('that are no JSON are refused', () => {
      const seal = (value: Json) => () => given.storage.seal(sampleLineage(1), value, false)
      expect(seal(Number.NaN)).toThrow(ValueRefused)
      expect(seal({ a: [Number.POSITIVE_INFINITY] })).toThrow(ValueRefused)
      expect(seal({ a: '\ud800' })).toThrow(ValueRefused)
      expect(seal({ '\udc00': 1 })).toThrow(ValueRefused)
    })
  })
}
