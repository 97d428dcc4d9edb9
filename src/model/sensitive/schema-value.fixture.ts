/** Schemas with values that fit them, for properties: what is marked holds the secret, and nothing else does. */
import fc from 'fast-check'
import type { Json, JsonSchema } from '../json.ts'

export const secret = 'zQ9-canary-7731'

export interface Sample {
  readonly schema: JsonSchema
  readonly value: Json
  /** Within a marked place, or made of one. */
  readonly holdsSecret: boolean
  /** No union or reference leaves it open what speaks of the value. */
  readonly isExact: boolean
}

const plain = fc.oneof(
  fc.string({ maxLength: 6 }).map((value) => ({ schema: { type: 'string' }, value })),
  fc.integer().map((value) => ({ schema: { type: 'integer' }, value })),
  fc.boolean().map((value) => ({ schema: { type: 'boolean' }, value })),
  fc.constant({ schema: { type: 'null' }, value: null }),
  fc.constant({ schema: {}, value: { free: ['text'] } }),
)

const leaf: fc.Arbitrary<Sample> = plain.map((sample) => ({ ...sample, holdsSecret: false, isExact: true }))

const marked: fc.Arbitrary<Sample> = fc.constantFrom<Sample>(
  { schema: { type: 'string', sensitive: true }, value: secret, holdsSecret: true, isExact: true },
  { schema: { type: 'object', sensitive: true }, value: { deep: [{ in: secret }] }, holdsSecret: true, isExact: true },
  {
    schema: { type: 'object', propertyNames: { type: 'string', sensitive: true }, additionalProperties: {} },
    value: { [secret]: 1 },
    holdsSecret: true,
    isExact: true,
  },
)

const name = fc.constantFrom('a', 'b', 'sensitive', 'c/d', 'e~f', '0', 'items')

export const sample: fc.Arbitrary<Sample> = fc.letrec<{ any: Sample }>((tie) => {
  const properties = fc.dictionary(name, tie('any'), { maxKeys: 4 }).map((parts): Sample => ({
    schema: { type: 'object', properties: schemasOf(parts), required: Object.keys(parts), additionalProperties: false },
    value: Object.fromEntries(Object.entries(parts).map(([key, part]) => [key, part.value])),
    ...of(Object.values(parts)),
  }))
  const record = fc.tuple(tie('any'), fc.uniqueArray(name, { maxLength: 3 })).map(([part, names]): Sample => ({
    schema: { type: 'object', additionalProperties: part.schema },
    value: Object.fromEntries(names.map((key) => [key, part.value])),
    holdsSecret: part.holdsSecret && names.length > 0,
    isExact: part.isExact,
  }))
  const list = fc.tuple(tie('any'), fc.nat(3)).map(([part, count]): Sample => ({
    schema: { type: 'array', items: part.schema },
    value: Array.from({ length: count }, () => part.value),
    holdsSecret: part.holdsSecret && count > 0,
    isExact: part.isExact,
  }))
  const tuple = fc.array(tie('any'), { maxLength: 3 }).map((parts): Sample => ({
    schema: { type: 'array', prefixItems: parts.map(({ schema }) => schema) },
    value: parts.map(({ value }) => value),
    ...of(parts),
  }))
  const both = tie('any').map((part): Sample => ({ ...part, schema: { allOf: [{}, part.schema] } }))
  const union = fc.tuple(tie('any'), fc.array(tie('any'), { maxLength: 2 }), fc.constantFrom('anyOf', 'oneOf')).map(
    ([meant, others, word]): Sample => ({
      ...meant,
      schema: { [word]: [...others.map(({ schema }) => schema), meant.schema] },
      isExact: false,
    }),
  )
  const any = fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, marked, properties, record, list, tuple, both, union)
  return { any }
}).any

function schemasOf(parts: Readonly<Record<string, Sample>>): JsonSchema {
  return Object.fromEntries(Object.entries(parts).map(([key, { schema }]) => [key, schema]))
}

function of(parts: readonly Sample[]): Pick<Sample, 'holdsSecret' | 'isExact'> {
  return { holdsSecret: parts.some(({ holdsSecret }) => holdsSecret), isExact: parts.every(({ isExact }) => isExact) }
}
