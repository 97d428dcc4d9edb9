import type { RetentionItem } from '../contract/retention.ts'
import type { Actor } from '../model/actor.ts'
import type { RetentionProgress } from '../model/retention.ts'
import { person } from './acting.ts'
import { answering } from './answering.ts'
import { createBacklog } from './backlog.ts'
import type { Retention, ServiceParts } from './parts.ts'
import type { Procedures } from './procedures.ts'

export function retention({ retention: procedure }: Procedures, parts: ServiceParts) {
  return {
    plan: procedure.plan.handler(() => parts.retention.plan()),
    apply: procedure.apply.handler(({ input, signal }) =>
      answering(parts, applying(parts.retention, person(parts, input.actor), signal)),
    ),
  }
}

/** Only the newest progress is worth telling. What was begun goes on, whether anybody listens or not. */
async function* applying(retention: Retention, actor: Actor, abort: AbortSignal | undefined): AsyncGenerator<RetentionItem, void> {
  const progress = createBacklog<RetentionProgress>(1, abort)
  const applied = retention.apply(actor, progress.push)
  void applied.then(progress.close, progress.close)
  while (await progress.more()) yield* progress.take().items
  if (abort?.aborted !== true) yield { type: 'finished', ...(await applied) }
}
