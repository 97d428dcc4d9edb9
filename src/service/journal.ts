import { answering, resumeFrom } from './answering.ts'
import type { ServiceParts } from './parts.ts'
import type { Procedures } from './procedures.ts'
import { journalStream, startOf } from './streams.ts'

export function journal({ journal: procedure }: Procedures, parts: ServiceParts) {
  return {
    list: procedure.list.handler(async ({ input }) => ({
      entries: [...(await parts.queries.journal(input.after, input.limit, null))],
    })),

    watch: procedure.watch.handler(({ input, signal, lastEventId }) =>
      answering(parts, journalStream(parts, startOf(parts.feed, resumeFrom(lastEventId, input.after)), signal)),
    ),
  }
}
