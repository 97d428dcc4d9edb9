import { ORPCError } from '@orpc/client'
import { errors } from '../../../../contract/errors.ts'
import type { Failure } from '../../../../model/failure.ts'
import type { RunStatus } from '../../../../model/status.ts'

/** What stood in the way of an answer: nothing was changed by it. */
export type Obstacle =
  | { readonly type: 'conflict'; readonly status: RunStatus; readonly version: number; readonly message: string }
  | { readonly type: 'refused'; readonly failures: readonly Failure[] }

/** Undefined where the error is none that an answer can meet. */
export function obstacleOf(error: Error): Obstacle | undefined {
  if (!(error instanceof ORPCError)) return undefined
  if (error.code === 'CONFLICT') {
    const now = errors.CONFLICT.data.safeParse(error.data)
    return now.success ? { type: 'conflict', ...now.data, message: error.message } : undefined
  }
  const refused = error.code === 'REFUSED' ? errors.REFUSED.data.safeParse(error.data) : undefined
  return refused?.success === true ? { type: 'refused', failures: refused.data.failures } : undefined
}
