import { answering } from './answering.ts'
import { newsStream } from './news-stream.ts'
import type { ServiceParts } from './parts.ts'
import type { Procedures } from './procedures.ts'

export function news({ news: procedure }: Procedures, parts: ServiceParts) {
  return {
    watch: procedure.watch.handler(({ signal }) => answering(parts, newsStream(parts, signal))),
  }
}
