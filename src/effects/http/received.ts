import type { Failure } from '../../model/failure.ts'
import type { Millis } from '../../model/ids.ts'

/** An answer. Headers have their names in small letters. */
export interface Received {
  readonly status: number
  readonly reason: string
  readonly headers: Readonly<Record<string, string>>
  /** All of the body, and of that what may be told, or why it is not there. */
  readonly body: { readonly text: string; readonly disclosed: string; readonly bytes: number } | { readonly failure: Failure }
  /** From the start of the connection to the end of the body. */
  readonly took: Millis
}
