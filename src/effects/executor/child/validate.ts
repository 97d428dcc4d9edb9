import type { z } from 'zod'
import type { Failure } from '../../../model/failure.ts'
import type { Json } from '../../../model/json.ts'
import { lostName, whyLost } from '../../../model/lost-name.ts'
import { asJson, NotJson } from './json.ts'

/** A value that a schema of the definition refused: one failure for each of its objections. */
export class Invalid extends Error {
  override readonly name = 'Invalid'
  readonly failures: readonly [Failure, ...Failure[]]

  constructor(failures: readonly [Failure, ...Failure[]]) {
    super(failures[0].message)
    this.failures = failures
  }
}

/**
 * What the schema makes of the value, as JSON. `path` is where the value stands, `wayOut` what a person can do.
 * @throws Invalid
 */
export async function validate(schema: z.ZodType, value: unknown, path: string, wayOut: string): Promise<Json> {
  // Looked through before it is parsed: what the schema makes of it may have dropped it.
  const lost = lostName(value)
  if (lost !== undefined) {
    const at = [path, ...lost].join('.')
    throw new Invalid([objection(at, `${at} ${whyLost.what}`, whyLost.wayOut)])
  }
  const parsed = await schema.safeParseAsync(value)
  if (parsed.success) return jsonOf(parsed.data, path, wayOut)
  const [first, ...more] = parsed.error.issues.map((issue) => {
    const at = [path, ...issue.path.map(String)].join('.')
    return objection(at, `${at}: ${issue.message}`, wayOut)
  })
  throw new Invalid([first ?? objection(path, `${path} is not as its schema says`, wayOut), ...more])
}

function jsonOf(value: unknown, path: string, wayOut: string): Json {
  try {
    return asJson(value ?? null, path)
  } catch (error) {
    if (error instanceof NotJson) throw new Invalid([objection(error.path, error.message, wayOut)])
    throw error
  }
}

/** What is wrong with a value, and what a person can do. */
export function objection(path: string, message: string, wayOut: string): Failure {
  return { class: 'validation', name: 'Invalid', message, path, wayOut }
}
