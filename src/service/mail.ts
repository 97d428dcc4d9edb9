import { NotFound } from '../model/control-errors.ts'
import { answering } from './answering.ts'
import { mailStream } from './mail-stream.ts'
import type { ServiceParts } from './parts.ts'
import type { Procedures } from './procedures.ts'

export function mail({ mail: procedure }: Procedures, parts: ServiceParts) {
  const { mailbox } = parts

  return {
    list: procedure.list.handler(async ({ input: { run } }) => {
      const received = await mailbox.list()
      return { mail: received.filter(({ sentBy }) => run === undefined || sentBy?.run === run) }
    }),

    get: procedure.get.handler(async ({ input }) => {
      const found = await mailbox.find(input.id)
      if (found === undefined) throw new NotFound('message', input.id, 'mail.list names what was received')
      return found
    }),

    watch: procedure.watch.handler(({ signal }) => answering(parts, mailStream(mailbox, signal))),
  }
}
