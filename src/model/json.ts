import { z } from 'zod'
import { lostName, whyLost } from './lost-name.ts'

/** What a step may take and return: anything that RFC 8259 can write down. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

const Written: z.ZodType<Json> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(Written), z.record(z.string(), Written)]),
)

/** Looked through before it is parsed: a record drops the lost name itself. */
export const Json: z.ZodType<Json> = z
  .unknown()
  .superRefine((value, context) => {
    const path = lostName(value)
    if (path !== undefined) context.addIssue({ code: 'custom', path: [...path], message: `${whyLost.what}: ${whyLost.wayOut}` })
  })
  .pipe(Written)

/** Reads a text that somebody wrote. @throws SyntaxError where it is no JSON, or has a name that would be lost */
export function readJson(text: string): Json {
  const value: unknown = JSON.parse(text)
  const path = lostName(value)
  if (path !== undefined) throw new SyntaxError(`${path.join('.')} ${whyLost.what}: ${whyLost.wayOut}`)
  return Written.parse(value)
}

/** A JSON Schema as data. Its keywords are read where a form or a check is made from it. */
export const JsonSchema = z.record(z.string(), Json)
export type JsonSchema = z.infer<typeof JsonSchema>
