import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { Json } from '../../../../model/json.ts'
import { Invalid } from '../invalid.ts'
import { edited } from './edited.ts'

const letterOf = (text: z.ZodType): z.ZodType =>
  z.object({ body: text, from: z.object({ name: text, age: z.number() }), lines: z.array(z.object({ title: text, size: z.number() })), more: z.record(z.string(), text) })

// What is written never reads as what was made of something.
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'é', ' ') })
const line = fc.record({ title: text, size: fc.nat(9) })
const letter = fc.record({
  body: text,
  from: fc.record({ name: text, age: fc.nat(9) }),
  lines: fc.array(line, { maxLength: 4 }),
  more: fc.dictionary(fc.constantFrom('x', 'y', 'z'), text),
})

/** One item of a list goes, comes or is another. */
const listEdit = fc.record({ at: fc.nat(4), removes: fc.boolean(), adds: fc.option(line, { nil: undefined }) })

/** A letter, and the same as it is to be: some of its parts are others. */
const pairs = fc
  .tuple(letter, letter, fc.subarray(['body', 'from', 'more'] as const), listEdit)
  .map(([was, other, same, { at, removes, adds }]) => {
    const lines = was.lines.toSpliced(at, removes ? 1 : 0, ...(adds === undefined ? [] : [adds]))
    const kept = Object.fromEntries(same.map((name) => [name, was[name]]))
    return { was, is: { ...other, ...kept, lines }, at: Math.min(at, was.lines.length), removes: removes && at < was.lines.length, adds: adds !== undefined }
  })

test('law: of what was edited the schema makes another, and all else stays as it was made', async () => {
  const schema = letterOf(z.string().transform((each) => `${each}!`))
  const made = async (value: unknown): Promise<Json> => Json.parse(await schema.parseAsync(value))
  await fc.assert(
    fc.asyncProperty(pairs, async ({ was, is, at, removes, adds }) => {
      const [before, after] = [await made(was), await made(is)]
      const lines = was.lines.map((_, index) => entry(entry(before, 'lines'), String(index)))
      const given = { ...asGiven(was, is, before), lines: lines.toSpliced(at, removes ? 1 : 0, ...(adds ? is.lines.slice(at, at + 1) : [])) }
      expect(await edited(schema, { value: Json.parse(given), before, path: 'letter', wayOut: 'mend it' })).toEqual(after)
    }),
  )
})

test('law: nothing is taken that the schema has anything against, whatever was made of other parts', async () => {
  const schema = z.object({ label: z.string().transform(Number), from: z.number().max(9), to: z.union([z.number().max(9), z.boolean()]) })
  const part = fc.oneof(fc.nat(12), fc.boolean(), fc.string())
  await fc.assert(
    fc.asyncProperty(part, part, async (from, to) => {
      const before = { label: 3, from: 1, to: 2 }
      const given = { label: 3, from, to }
      const fits = schema.safeParse({ ...given, label: '3' }).success
      const taken = edited(schema, { value: given, before, path: 'letter', wayOut: 'mend it' })
      if (fits) await expect(taken).resolves.toEqual(given)
      else await expect(taken).rejects.toThrow(Invalid)
    }),
  )
})

/** What a person gives who sees what was made, and writes what is to be another. */
function asGiven(was: object, is: object, before: Json): Record<string, Json> {
  return Object.fromEntries(Object.entries(is).map(([name, item]) => [name, part(entry(was, name), Json.parse(item), entry(before, name))]))
}

function part(was: unknown, is: Json, before: Json): Json {
  if (isDeepStrictEqual(was, is)) return before
  const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject(was) && isObject(is) && isObject(before) ? asGiven(was, is, before) : is
}

function entry(value: unknown, name: string): Json {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Json.parse(Reflect.get(value, name)) : null
}
