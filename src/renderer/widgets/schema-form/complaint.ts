import type { Json, JsonSchema } from '../../../model/json.ts'
import { wordOf } from './field.ts'
import { isList, numberOf, textOf } from './schema.ts'
import { counted } from '../../../model/counted.ts'

/** What a keyword of a schema asks that was not met, as it follows on the name of a field. */
export function complaint(keyword: string, schema: JsonSchema): string {
  const asked = schema[keyword]
  return complaints[keyword]?.(asked ?? null) ?? `does not meet ${keyword} ${JSON.stringify(asked)}`
}

const number = (value: Json): number => numberOf(value) ?? 0
const text = (value: Json): string => textOf(value) ?? ''

const complaints: Readonly<Record<string, (asked: Json) => string>> = {
  type: (asked) => `must be ${(isList(asked) ? asked : [asked]).map((type) => types[text(type)] ?? text(type)).join(' or ')}`,
  enum: (asked) => `must be one of ${(isList(asked) ? asked : []).map(wordOf).join(', ')}`,
  const: (asked) => `must be ${wordOf(asked)}`,
  minLength: (asked) => (number(asked) === 1 ? 'must not be empty' : `must have ${counted(number(asked), 'character')} at least`),
  maxLength: (asked) => `must have ${counted(number(asked), 'character')} at most`,
  minimum: (asked) => `must be ${number(asked)} or more`,
  maximum: (asked) => `must be ${number(asked)} or less`,
  exclusiveMinimum: (asked) => `must be more than ${number(asked)}`,
  exclusiveMaximum: (asked) => `must be less than ${number(asked)}`,
  multipleOf: (asked) => `must be a multiple of ${number(asked)}`,
  minItems: (asked) => `must have ${counted(number(asked), 'item')} at least`,
  maxItems: (asked) => `must have ${counted(number(asked), 'item')} at most`,
  uniqueItems: () => 'must not have the same item twice',
  minProperties: (asked) => `must have ${counted(number(asked), 'entry', 'entries')} at least`,
  maxProperties: (asked) => `must have ${counted(number(asked), 'entry', 'entries')} at most`,
  pattern: (asked) => `must look like ${text(asked)}`,
  format: (asked) => formats[text(asked)] ?? `must be of the format ${text(asked)}`,
}

const types: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'yes or no',
  null: 'none',
  array: 'a list',
  object: 'an object',
}

const formats: Readonly<Record<string, string>> = {
  email: 'must be an e-mail address like ana@example.com',
  uri: 'must be a web address like https://example.com',
  date: 'must be a date like 2026-11-21',
  'date-time': 'must be a date and time like 2026-11-21T14:30:00Z',
  time: 'must be a time like 14:30:00',
  uuid: 'must be a UUID like 123e4567-e89b-12d3-a456-426614174000',
  ipv4: 'must be an IP address like 192.0.2.1',
}
