import { z } from 'zod'

/** What a step may take and return: anything that RFC 8259 can write down. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

export const Json: z.ZodType<Json> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(Json), z.record(z.string(), Json)]),
)

/** A JSON Schema as data. Its keywords are read where a form or a check is made from it. */
export const JsonSchema = z.record(z.string(), Json)
export type JsonSchema = z.infer<typeof JsonSchema>
