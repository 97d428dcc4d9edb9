import { ofRun } from './existing-run.ts'
import type { ServiceParts } from './parts.ts'
import type { Procedures } from './procedures.ts'

const day = 86_400_000

export function errorRecords({ errorRecords: procedure }: Procedures, { clock, figures, queries }: ServiceParts) {
  return {
    groups: procedure.groups.handler(async ({ input: { since = Math.max(0, clock.now() - day) } }) => ({
      groups: [...(await figures.errors(since))],
    })),

    /** Oldest first; of one instant, what follows from another comes after that. */
    ofRun: procedure.ofRun.handler(async ({ input: { run } }) => {
      const { errors } = await ofRun(queries, run, queries.run(run))
      return { errors: errors.toSorted((one, other) => one.openedAt - other.openedAt || Number(one.causedBy !== null) - Number(other.causedBy !== null)) }
    }),
  }
}
