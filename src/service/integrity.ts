import type { VerifyItem } from '../contract/integrity.ts'
import { answering } from './answering.ts'
import { createBacklog } from './backlog.ts'
import type { IntegrityWatch, ServiceParts } from './parts.ts'
import type { Procedures } from './procedures.ts'

export function integrity({ integrity: procedure }: Procedures, parts: ServiceParts) {
  return {
    get: procedure.get.handler(() => ({ check: parts.integrity.latest(), findings: [...parts.integrity.findings()] })),
    verify: procedure.verify.handler(({ signal }) => answering(parts, verifying(parts.integrity, signal))),
  }
}

/** Only the newest progress is worth telling: who is slow to hear misses the rest. */
async function* verifying(watch: Pick<IntegrityWatch, 'verify'>, abort: AbortSignal | undefined): AsyncGenerator<VerifyItem, void> {
  const waiting = createBacklog<VerifyItem>(1, abort)
  const walk = watch.verify((progress) => waiting.push({ type: 'progress', ...progress }))
  // However it ends, there is no further progress to wait for.
  void walk.then(waiting.close, waiting.close)
  while (await waiting.more()) yield* waiting.take().items
  if (abort?.aborted !== true) yield { type: 'finished', ...(await walk) }
}
