import { z } from 'zod'
import type { FailureClass } from './failure.ts'

/** How bad an error is, whatever is done about it; the worst last. */
export const Severity = z.enum(['low', 'medium', 'high', 'critical'])
export type Severity = z.infer<typeof Severity>

/** By class alone: what may pass by itself is less than what somebody has to mend. */
const byClass: Readonly<Record<FailureClass, Severity>> = {
  transient: 'low',
  timeout: 'medium',
  crash: 'medium',
  resource: 'medium',
  permanent: 'high',
  validation: 'high',
  loop_limit: 'high',
  loop: 'high',
  deadlock: 'high',
  stuck: 'high',
  rejected: 'medium',
  expired: 'medium',
  corruption: 'critical',
}

/** What failed: a step as its definition has it, or the run as a whole. */
export type Afflicted = { readonly optional: boolean; readonly critical: boolean } | null

/** One more than its class says for a step that its author calls critical and for a run as a whole, one less for an optional step. */
export function severityOf(failed: FailureClass, of: Afflicted): Severity {
  const levels = Severity.options
  const base = levels.indexOf(byClass[failed])
  const shift = of === null || of.critical ? 1 : of.optional ? -1 : 0
  return levels[Math.min(levels.length - 1, Math.max(0, base + shift))] ?? 'critical'
}
