import type { ServiceParts } from './parts.ts'
import type { Procedures } from './procedures.ts'

export function storage({ storage: procedure }: Procedures, { figures, backups }: ServiceParts) {
  return {
    get: procedure.get.handler(async () => {
      const [use, made] = await Promise.all([figures.storage(), backups.list()])
      return { ...use, backups: { count: made.length, bytes: made.reduce((sum, { bytes }) => sum + bytes, 0) } }
    }),
  }
}
