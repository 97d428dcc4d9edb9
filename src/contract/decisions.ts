import { z } from 'zod'
import { Consequence } from '../model/consequence.ts'
import { DecisionId, RunId } from '../model/ids.ts'
import { Json } from '../model/json.ts'
import { RunRecord } from '../model/run.ts'
import { DecisionList, DecisionView } from '../model/views.ts'
import { act, actor, words } from './act.ts'
import { procedure } from './procedure.ts'

const tags = ['decisions']
/** Where `restore` is to go back to; left out or null, where the decision says. */
const checkpoint = z.int().nonnegative().nullable().optional()

export const decisions = {
  list: procedure
    .route({ method: 'GET', path: '/decisions', tags, summary: 'Pending decisions, or all of one run' })
    .input(z.strictObject({ run: RunId.optional() }))
    .output(DecisionList),

  get: procedure
    .route({ method: 'GET', path: '/runs/{run}/decisions/{decision}', tags, summary: 'A decision and what it shows' })
    .input(z.strictObject({ run: RunId, decision: DecisionId }))
    .output(DecisionView),

  decide: procedure
    .route({ method: 'POST', path: '/runs/{run}/decisions/{decision}', tags, summary: 'Answer a pending decision' })
    .input(
      z.strictObject({
        ...act,
        decision: DecisionId,
        action: z.string().min(1).max(64),
        note: words,
        /** The edited value, or the output that a person vouches for. */
        edit: Json.optional(),
        checkpoint,
      }),
    )
    .output(RunRecord),

  consequences: procedure
    .route({
      method: 'POST',
      path: '/runs/{run}/decisions/{decision}/consequences',
      tags,
      summary: 'What each answer to a pending decision would lead to; nothing is changed',
    })
    .input(
      z.strictObject({
        run: RunId,
        decision: DecisionId,
        note: words,
        /** As it would be given with the answer: a definition may go by it. */
        edit: Json.optional(),
        checkpoint,
        actor,
      }),
    )
    /** `version` is the run's that this was seen on; an action that names it as `seen` conflicts with another person's. */
    .output(z.object({ version: z.int().nonnegative(), actions: z.array(Consequence) })),
}
