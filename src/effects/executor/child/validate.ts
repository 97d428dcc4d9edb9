import type { z } from 'zod'
import type { Json } from '../../../model/json.ts'
import { lostName, whyLost } from '../../../model/lost-name.ts'
import { Invalid, objection } from './invalid.ts'
import { asJson, NotJson } from './json.ts'
import { textsMarked } from './marked.ts'
import { withheld } from './withheld.ts'

/**
 * What the schema makes of the value, as JSON. `path` is where the value stands, `wayOut` what a person can do. What is thrown tells
 * nothing of the value that the schema marks as sensitive.
 * @throws Invalid, and whatever code of the schema throws
 */
export async function validate(schema: z.ZodType, value: unknown, path: string, wayOut: string): Promise<Json> {
  try {
    return await accepted(schema, value, path, wayOut)
  } catch (error) {
    throw withheld(error, textsMarked(schema, value))
  }
}

/** @throws Invalid, and whatever code of the schema throws */
async function accepted(schema: z.ZodType, value: unknown, path: string, wayOut: string): Promise<Json> {
  // Looked through before it is parsed: what the schema makes of it may have dropped it.
  assertNames(value, path)
  const parsed = await schema.safeParseAsync(value)
  if (parsed.success) return jsonOf(parsed.data, path, wayOut)
  throw invalid(parsed.error.issues, path, wayOut)
}

/** @throws Invalid where the value has a name in it that would be lost on its way */
export function assertNames(value: unknown, path: string): void {
  const lost = lostName(value)
  if (lost === undefined) return
  const at = [path, ...lost].join('.')
  throw new Invalid([objection(at, `${at} ${whyLost.what}`, whyLost.wayOut)])
}

export function invalid(issues: readonly z.core.$ZodIssue[], path: string, wayOut: string): Invalid {
  const [first, ...more] = issues.map((issue) => {
    const at = [path, ...issue.path.map(String)].join('.')
    return objection(at, `${at}: ${issue.message}`, wayOut)
  })
  return new Invalid([first ?? objection(path, `${path} is not as its schema says`, wayOut), ...more])
}

/** What a schema has made, as JSON. @throws Invalid */
export function jsonOf(value: unknown, path: string, wayOut: string): Json {
  try {
    return asJson(value ?? null, path)
  } catch (error) {
    if (error instanceof NotJson) throw new Invalid([objection(error.path, error.message, wayOut)])
    throw error
  }
}
