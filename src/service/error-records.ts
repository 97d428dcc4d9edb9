import { z } from 'zod'
import { usualPolicy } from '../model/policy/policy.ts'
import { saidFor } from '../model/policy/policy-view.ts'
import { ofRun } from './existing-run.ts'
import type { ServiceParts } from './parts.ts'
import type { Procedures } from './procedures.ts'

const day = 86_400_000

export function errorRecords({ errorRecords: procedure }: Procedures, { clock, figures, policy, queries }: ServiceParts) {
  return {
    groups: procedure.groups.handler(async ({ input: { since = Math.max(0, clock.now() - day) } }) => ({
      groups: [...(await figures.errors(since))],
    })),

    /** Oldest first; of one instant, what follows from another comes after that. */
    ofRun: procedure.ofRun.handler(async ({ input: { run } }) => {
      const { errors, record } = await ofRun(queries, run, queries.run(run))
      const inOrder = errors.toSorted((one, other) => one.openedAt - other.openedAt || Number(one.causedBy !== null) - Number(other.causedBy !== null))
      const limit = z.int().parse(saidFor(policy(), 'recovery.limit', record.workflow) ?? usualPolicy.usual.recovery.limit)
      return { errors: inOrder, recoveries: { made: record.recoveries, limit } }
    }),
  }
}
