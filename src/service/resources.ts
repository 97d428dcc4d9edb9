import type { ServiceParts } from './parts.ts'
import type { Procedures } from './procedures.ts'

export function resources({ resources: procedure }: Procedures, { control }: Pick<ServiceParts, 'control'>) {
  return { list: procedure.list.handler(() => ({ resources: [...control.resources()], queue: control.queue() })) }
}
