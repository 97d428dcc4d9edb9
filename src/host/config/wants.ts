import { z } from 'zod'

/** What may be written where a schema reads it, in words that go on after "should be". */
export function wantsOf(schema: z.core.$ZodType): string {
  const said = z.globalRegistry.get(schema)?.['wants']
  if (typeof said === 'string') return said
  if (schema instanceof z.ZodNullable) return `${wantsOf(schema.def.innerType)}, or null`
  if (schema instanceof z.ZodEnum) return either(schema.options.map(String))
  if (schema instanceof z.ZodLiteral) return either([...schema.values].map(String))
  if (schema instanceof z.ZodBoolean) return 'true or false'
  if (schema instanceof z.ZodNumber) return numberWords(schema)
  if (schema instanceof z.core.$ZodString) return 'a text'
  if (schema instanceof z.ZodArray) return `a list, of ${wantsOf(schema.def.element)} each`
  if (schema instanceof z.ZodUnion) return either(schema.options.map(wantsOf))
  if (schema instanceof z.ZodObject) return `settings: ${Object.keys(schema.shape).join(', ')}`
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional) return wantsOf(schema.def.innerType)
  if (schema instanceof z.ZodPipe) return wantsOf(schema.def.in)
  return 'a value'
}

function numberWords({ minValue, maxValue, format }: z.ZodNumber): string {
  const noun = format?.includes('int') === true ? 'a whole number' : 'a number'
  const [least, most] = [bound(minValue), bound(maxValue)]
  if (least === undefined) return most === undefined ? noun : `${noun} up to ${most}`
  return most === undefined ? `${noun} of ${least} or more` : `${noun} from ${least} to ${most}`
}

/** Undefined where it is but the end of what numbers there are. */
function bound(value: number | null): number | undefined {
  return value === null || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? undefined : value
}

/** `a`, `a or b`, `a, b or c`. */
function either(options: readonly string[]): string {
  const last = options.at(-1) ?? ''
  return options.length < 2 ? last : `${options.slice(0, -1).join(', ')} or ${last}`
}
