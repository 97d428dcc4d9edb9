/** What is known of the requests of a pass beside what was told of each: how often one was sent, and as what. */
import { idempotencyKey } from '../../../../model/idempotency-key.ts'
import type { RunId } from '../../../../model/ids.ts'
import type { StepManifest } from '../../../../model/manifest.ts'
import type { AttemptRecord, StepRecord } from '../../../../model/step.ts'

type Http = Extract<StepManifest, { kind: 'http' }>

/** Failures by which nothing was sent. */
const unsent: ReadonlySet<string> = new Set(['NotSent', 'RequestRefused'])

/** How many attempts of the pass have sent their request, or may have. `attempts` are of the pass. */
export function timesSent({ effect }: Pick<Http, 'effect'>, attempts: readonly AttemptRecord[]): number {
  const asking = attempts.filter(({ phase }) => phase === 'run')
  if (effect !== null) return asking.filter((attempt) => attempt.effect === 'begun' && !isUnsent(attempt)).length
  return asking.filter((attempt) => !isUnsent(attempt)).length
}

function isUnsent({ failure }: AttemptRecord): boolean {
  return failure !== null && unsent.has(failure.name)
}

/** What the receiver knows each try of the pass by; null where it is told none. */
export function keyOf(run: RunId, { idempotencyHeader }: Pick<Http, 'idempotencyHeader'>, record: StepRecord): string | null {
  return idempotencyHeader === null ? null : idempotencyKey(run, record, 'run')
}
