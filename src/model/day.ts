import type { Instant } from './ids.ts'

/** The day of an instant, as `2026-11-20`, in UTC. */
export function dayOf(instant: Instant): string {
  // Sweden writes days as ISO 8601 does.
  return new Intl.DateTimeFormat('sv', { timeZone: 'UTC' }).format(instant)
}
