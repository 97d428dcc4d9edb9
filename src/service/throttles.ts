import { person } from './acting.ts'
import type { ServiceParts } from './parts.ts'
import type { Procedures } from './procedures.ts'

export function throttles({ throttles: procedure }: Procedures, parts: ServiceParts) {
  const { control } = parts
  return {
    list: procedure.list.handler(() => ({ throttles: [...control.throttles()] })),

    reset: procedure.reset.handler(async ({ input: { workflow, dependency, reason = null, actor } }) => {
      await control.resetThrottle({ name: { workflow, dependency }, actor: person(parts, actor), reason })
      return { throttles: [...control.throttles()] }
    }),
  }
}
