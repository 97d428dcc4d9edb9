import { z } from 'zod'
import { writeDuration } from './duration.ts'
import { Millis } from './ids.ts'

/** What attempts may take where that is not what is usual: time, memory in bytes, processor time. What is left out is as usual. */
export const Allowance = z.object({
  timeout: Millis.optional(),
  memory: z.int().positive().optional(),
  processor: Millis.optional(),
})
export type Allowance = z.infer<typeof Allowance>

/** What an attempt took too much of, and how much it was let take: milliseconds, or bytes of memory. */
export const Exceeded = z.object({ of: z.enum(['time', 'memory', 'processor']), limit: z.int().nonnegative() })
export type Exceeded = z.infer<typeof Exceeded>

/** `2m, 1000 MB of memory, 2h of processor time`: as much of it as there is. */
export function allowanceInWords({ timeout, memory, processor }: Allowance): string {
  return [
    ...(timeout === undefined ? [] : [writeDuration(timeout)]),
    ...(memory === undefined ? [] : [`${Math.round(memory / 1e6)} MB of memory`]),
    ...(processor === undefined ? [] : [`${writeDuration(processor)} of processor time`]),
  ].join(', ')
}
