/** What the address of the errors screen says: which errors, and which group of them is open. */
import { z } from 'zod'
import { FailureClass } from '../../../model/failure.ts'
import { type Millis, WorkflowName } from '../../../model/ids.ts'
import { ErrorStatus } from '../../../model/status.ts'

export const Within = z.enum(['1h', '24h', '7d', '30d', '120d'])
export type Within = z.infer<typeof Within>

const hour = 3_600_000
const day = 24 * hour

export const ranges: Readonly<Record<Within, { readonly length: Millis; readonly words: string; readonly label: string }>> = {
  '1h': { length: hour, words: 'last hour', label: '1 h' },
  '24h': { length: day, words: 'last 24 hours', label: '24 h' },
  '7d': { length: 7 * day, words: 'last 7 days', label: '7 d' },
  '30d': { length: 30 * day, words: 'last 30 days', label: '30 d' },
  '120d': { length: 120 * day, words: 'last 120 days', label: '120 d' },
}

export const ErrorsSearch = z.object({
  /** The last 24 hours where it is left out. */
  within: Within.optional().catch(undefined),
  class: FailureClass.optional().catch(undefined),
  workflow: WorkflowName.optional().catch(undefined),
  /** How they stand. */
  outcome: ErrorStatus.optional().catch(undefined),
  /** The group that is looked at, by its fingerprint. */
  group: z.string().max(4_000).optional().catch(undefined),
})
export type ErrorsSearch = z.infer<typeof ErrorsSearch>

/** Which errors are listed, whichever of them is open. */
export type Asked = Omit<ErrorsSearch, 'group' | 'within'> & { readonly within: Within }

export function askedOf({ within = '24h', class: of, workflow, outcome }: ErrorsSearch): Asked {
  return { within, class: of, workflow, outcome }
}

/** Whether errors are left out for anything but their time. */
export function isFiltered({ class: of, workflow, outcome }: Omit<Asked, 'within'>): boolean {
  return of !== undefined || workflow !== undefined || outcome !== undefined
}
