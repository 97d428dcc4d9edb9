import { inheritedEnvironment } from '../executor/environment.ts'

/** What says which attempt a program runs for. */
export interface Origin {
  readonly idempotencyKey: string
  readonly correlation: string
  readonly attempt: number
}

/**
 * The environment of a program: of the host's the few names that executors get too, what its step says, and which attempt
 * it runs for. What else the host knows, its tokens and keys above all, is not handed on. A name that the step sets to
 * null is taken away.
 */
export function environmentOf(own: Readonly<Record<string, string | null>>, { idempotencyKey, correlation, attempt }: Origin): Record<string, string> {
  const inherited = Object.entries(inheritedEnvironment()).filter(([name]) => !Object.keys(own).some((other) => isSame(name, other)))
  const set = Object.entries(own).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]))
  return {
    ...Object.fromEntries([...inherited, ...set]),
    CAIRN_IDEMPOTENCY_KEY: idempotencyKey,
    CAIRN_CORRELATION_ID: correlation,
    CAIRN_ATTEMPT: String(attempt),
  }
}

/** Windows does not tell Path from PATH. */
function isSame(one: string, other: string): boolean {
  return process.platform === 'win32' ? one.toUpperCase() === other.toUpperCase() : one === other
}
