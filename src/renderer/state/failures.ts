import { ORPCError } from '@orpc/client'
import { errors } from '../../contract/errors.ts'
import type { Failure } from '../../model/failure.ts'

/** What the host refused, failure by failure; none where the error is another. */
export function failuresOf(error: Error | null): readonly Failure[] {
  if (!(error instanceof ORPCError) || error.code !== 'REFUSED') return []
  return errors.REFUSED.data.safeParse(error.data).data?.failures ?? []
}
