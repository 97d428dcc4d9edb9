import type { z } from 'zod'
import { IndexBroken } from './index-broken.ts'

/** What stands in the index is whatever the file holds. @throws IndexBroken */
export function parsed<S extends z.ZodType>(schema: S, found: unknown): z.output<S> {
  const { success, data, error } = schema.safeParse(found)
  if (!success) throw new IndexBroken(error.message)
  return data
}
