import { NotFound } from '../model/control-errors.ts'
import type { ServiceParts } from './parts.ts'
import type { Procedures } from './procedures.ts'

export function mail({ mail: procedure }: Procedures, { mailbox }: ServiceParts) {
  return {
    list: procedure.list.handler(async () => ({ mail: [...(await mailbox.list())] })),

    get: procedure.get.handler(async ({ input }) => {
      const found = await mailbox.find(input.id)
      if (found === undefined) throw new NotFound('message', input.id, 'mail.list names what was received')
      return found
    }),
  }
}
