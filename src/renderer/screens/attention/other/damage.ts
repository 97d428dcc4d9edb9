import { ORPCError } from '@orpc/client'
import { errors } from '../../../../contract/errors.ts'

export interface Damage {
  /** What is not as it was written; null where all that was asked for is. */
  readonly what: { readonly object: string; readonly key: string } | null
  /** The newest checkpoint that was named whole, or null. */
  readonly nearest: number | null
}

/** Reads a state to see what stands in the way. @throws whatever is no damage */
export async function damageOf(read: () => Promise<unknown>): Promise<Damage> {
  try {
    await read()
    return { what: null, nearest: null }
  } catch (error) {
    const found = error instanceof ORPCError ? errors.CORRUPTION.data.safeParse(error.data).data : undefined
    if (found === undefined) throw error
    return { what: found, nearest: found.nearest ?? null }
  }
}
