import { z } from 'zod'
import type { ErrorQuery } from '../model/error-query.ts'
import { toldError } from '../model/error-record.ts'
import type { Instant } from '../model/ids.ts'
import { usualPolicy } from '../model/policy/policy.ts'
import { saidFor } from '../model/policy/policy-view.ts'
import { ofRun } from './existing-run.ts'
import type { ServiceParts } from './parts.ts'
import type { Procedures } from './procedures.ts'

const day = 86_400_000

type Which = { readonly [K in keyof ErrorQuery]?: NonNullable<ErrorQuery[K]> | undefined }

export function errorRecords({ errorRecords: procedure }: Procedures, { clock, figures, policy, queries }: ServiceParts) {
  /** What is left out is any; of the time, the last 24 hours. */
  const queryOf = ({ until, since = Math.max(0, (until ?? clock.now()) - day), class: of, workflow, status }: Which): ErrorQuery => ({
    since,
    until: until ?? null,
    class: of ?? null,
    workflow: workflow ?? null,
    status: status ?? null,
  })

  return {
    groups: procedure.groups.handler(({ input: { after = null, limit, ...which } }) => figures.errorGroups(queryOf(which), after, limit)),

    ofGroup: procedure.ofGroup.handler(({ input: { fingerprint, after = null, limit, ...which } }) =>
      figures.errorsOfGroup(fingerprint, queryOf(which), after, limit),
    ),

    figures: procedure.figures.handler(({ input }) => {
      const until: Instant = input.until ?? clock.now()
      return figures.errorFigures({ ...queryOf({ ...input, until }), until })
    }),

    /** Oldest first; of one instant, what follows from another comes after that. */
    ofRun: procedure.ofRun.handler(async ({ input: { run } }) => {
      const { errors, record } = await ofRun(queries, run, queries.run(run))
      const inOrder = errors.toSorted((one, other) => one.openedAt - other.openedAt || Number(one.causedBy !== null) - Number(other.causedBy !== null))
      const limit = z.int().parse(saidFor(policy(), 'recovery.limit', record.workflow) ?? usualPolicy.usual.recovery.limit)
      return { errors: inOrder.map(toldError), recoveries: { made: record.recoveries, limit } }
    }),
  }
}
