import type { ServiceParts } from './parts.ts'
import type { Procedures } from './procedures.ts'

export function storage({ storage: procedure }: Procedures, { figures, backups, beside }: ServiceParts) {
  return {
    get: procedure.get.handler(async () => {
      const [use, made, others] = await Promise.all([figures.storage(), backups.list(), beside()])
      return { ...use, backups: { count: made.length, bytes: made.reduce((sum, { bytes }) => sum + bytes, 0) }, beside: others }
    }),
  }
}
