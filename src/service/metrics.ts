import type { ServiceParts } from './parts.ts'
import type { Procedures } from './procedures.ts'

const hour = 3_600_000

export function metrics({ metrics: procedure }: Procedures, { clock, figures, integrity, queries }: ServiceParts) {
  return {
    get: procedure.get.handler(({ input }) => {
      const { to = clock.now(), from = Math.max(0, to - hour), workflow = null } = input
      return figures.metrics({ from, to, workflow })
    }),

    now: procedure.now.handler(async () => ({
      at: clock.now(),
      ...(await queries.present()),
      integrity: integrity.latest(),
    })),
  }
}
