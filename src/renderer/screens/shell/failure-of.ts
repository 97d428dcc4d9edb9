import type { Failure } from '../../../model/failure.ts'

/** What was thrown, whatever it is, as failures are shown. */
export function failureOf(thrown: unknown): Failure {
  if (!(thrown instanceof Error)) return { class: 'permanent', name: 'Thrown', message: String(thrown) }
  const { name, message, stack } = thrown
  return { class: 'permanent', name, message, ...(stack === undefined ? {} : { stack }) }
}
