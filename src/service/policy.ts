import type { ServiceParts } from './parts.ts'
import type { Procedures } from './procedures.ts'

export function policy({ policy: procedure }: Procedures, parts: Pick<ServiceParts, 'policy'>) {
  return { get: procedure.get.handler(() => parts.policy()) }
}
