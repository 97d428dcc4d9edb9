import { person } from './acting.ts'
import type { ServiceParts } from './parts.ts'
import type { Procedures } from './procedures.ts'

export function breakers({ breakers: procedure }: Procedures, parts: ServiceParts) {
  const { control } = parts
  return {
    list: procedure.list.handler(() => ({ breakers: [...control.breakers()] })),

    reset: procedure.reset.handler(async ({ input: { workflow, dependency, reason = null, actor } }) => {
      await control.resetBreaker({ name: { workflow, dependency }, actor: person(parts, actor), reason })
      return { breakers: [...control.breakers()] }
    }),
  }
}
