import { NotFound } from '../model/control-errors.ts'
import type { ServiceParts } from './parts.ts'
import type { Procedures } from './procedures.ts'

export function workflows({ workflows: procedure }: Procedures, { catalog, control }: ServiceParts) {
  return {
    list: procedure.list.handler(() => ({ workflows: [...catalog.list()] })),

    get: procedure.get.handler(({ input }) => {
      const revision = catalog.find(input.workflow)
      if (revision === undefined)
        throw new NotFound('workflow', input.workflow, 'workflows.list names those of this workspace')
      return { revision: revision.hash, manifest: revision.manifest }
    }),

    check: procedure.check.handler(async ({ input: { workflow, input, context } }) => ({
      failures: [...(await control.check({ workflow, input, context: context ?? {} }))],
    })),
  }
}
