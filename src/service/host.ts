import type { ServiceParts } from './parts.ts'
import type { Procedures } from './procedures.ts'

export function host({ host: procedure }: Procedures, { feed, info }: ServiceParts) {
  return {
    info: procedure.info.handler(() => info()),
    health: procedure.health.handler(() => ({ status: 'ok' as const, position: feed.head() })),
  }
}
