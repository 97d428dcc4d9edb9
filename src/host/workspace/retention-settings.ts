import { z } from 'zod'
import { parseDuration } from '../../model/duration.ts'
import type { Millis } from '../../model/ids.ts'
import type { RetentionBounds, RetentionPolicy } from '../../model/retention.ts'
import { parseSize } from '../../model/size.ts'

const count = 'a whole number of runs, like 1000; null for any number'
const branches = 'a whole number of branches, like 5; null for any number'
const checkpoints = 'a whole number of checkpoints of 1 or more, like 10000; null for any number'
const age = 'a length of time of 1m or more, like 90d; null for any'
const size = 'a size of 1MB or more, like 2GB; null for any'
const pause = 'a length of time of 1m to 30d, like 1h'

function wanted<T>(parse: (text: string) => T | undefined, fits: (value: T) => boolean, message: string) {
  return z.string(message).transform((text, context): T => {
    const value = parse(text)
    if (value !== undefined && fits(value)) return value
    context.issues.push({ code: 'custom', message, input: text })
    return z.NEVER
  })
}

const minute: Millis = 60_000
const month: Millis = 30 * 86_400_000

const bounds = {
  /** So many ended runs of each workflow stay, the newest. */
  max_runs: z.int(count).nonnegative(count).nullable().optional(),
  /** A run stays so long after its end. */
  max_age: wanted(parseDuration, (millis) => millis >= minute, age).nullable().optional(),
  /** The newest ended runs of each workflow stay, as many as take no more room than this. */
  max_size: wanted(parseSize, (bytes) => bytes >= 1_000_000, size).nullable().optional(),
  /** Of a run that stays, so many branches that it left stay, the newest, beside those that have a name. */
  max_branches: z.int(branches).nonnegative(branches).nullable().optional(),
  /** Of a branch that stays, so many checkpoints stay, the newest. */
  max_checkpoints: z.int(checkpoints).min(1, checkpoints).nullable().optional(),
}

/** What is written of one workflow stands in the place of what is written of all; null lifts a bound. */
export const workflowRetention = z.strictObject(bounds)

/** What of the past is kept. Nothing is ever removed unless a bound is written here. */
export const retention = z.strictObject({
  ...bounds,
  /** From the end of one removal to the next. */
  every: wanted(parseDuration, (millis) => millis >= minute && millis <= month, pause).default(60 * minute),
  workflows: z.record(z.string(), workflowRetention, 'settings, by the name of a workflow').default({}),
})
export type RetentionSettings = z.infer<typeof retention>

export function policyOf({ workflows, ...usual }: RetentionSettings): RetentionPolicy {
  return {
    usual: boundsOf(usual),
    workflows: Object.fromEntries(Object.entries(workflows).map(([name, own]) => [name, boundsOf({ ...usual, ...own })])),
  }
}

function boundsOf(written: z.infer<typeof workflowRetention>): RetentionBounds {
  const { max_runs: runs = null, max_age: age = null, max_size: size = null } = written
  const { max_branches: branches = null, max_checkpoints: checkpoints = null } = written
  return { runs, age, size, branches, checkpoints }
}
