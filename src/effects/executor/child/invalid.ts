import type { Failure } from '../../../model/failure.ts'

/** A value that a schema of the definition refused: one failure for each of its objections. */
export class Invalid extends Error {
  override readonly name = 'Invalid'
  readonly failures: readonly [Failure, ...Failure[]]

  constructor(failures: readonly [Failure, ...Failure[]]) {
    super(failures[0].message)
    this.failures = failures
  }
}

/** What is wrong with a value, and what a person can do. */
export function objection(path: string, message: string, wayOut: string): Failure {
  return { class: 'validation', name: 'Invalid', message, path, wayOut }
}
